"""The commands that make and show the site: demo, build, serve."""

from __future__ import annotations

import os
import tempfile
from contextlib import closing
from pathlib import Path

import click

from billwatch.cli.work import Work
from billwatch.config import now
from billwatch.errors import UsageError
from billwatch_site import OwnCorrection, Settings, Stance, build, serve, settle

OUT = click.option(
    "--out", type=click.Path(path_type=Path), default=Path("public"), show_default=True, help="Site folder"
)
PORT = click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one."
)


@click.command()
@click.option("--no-serve", is_flag=True, help="Only build.")
@click.option("--out", type=click.Path(path_type=Path), help="Site folder [a new temporary one]")
@PORT
@click.pass_obj
def demo(work: Work, no_serve: bool, out: Path | None, port: int) -> None:
    """Run everything offline on bundled recordings of some twenty New York bills."""
    from billwatch.demo import play
    from billwatch.store import Store

    site = out or Path(tempfile.mkdtemp(prefix="billwatch-")) / "public"
    with tempfile.TemporaryDirectory(prefix="billwatch-") as folder, closing(Store(Path(folder, "bills.db"))) as store:
        present = play(store, Path(folder, "archive"))
        report = build(store.db, site, Settings(title="Online speech and privacy bills: a demonstration"), present)
    settle(site)
    work.say(f"{report.bills} bills, {report.changes} changes, {report.files} files in {site}")
    if not no_serve:
        serve(site, port)


@click.command("build")
@OUT
@click.pass_obj
def build_site(work: Work, out: Path) -> None:
    """Write the site from the store."""
    built(work, out)


@click.command("serve")
@OUT
@PORT
def serve_site(out: Path, port: int) -> None:
    """Show a built site on this machine."""
    if not (out / "index.html").exists():
        raise UsageError(f"there is no site in {out}; run 'billwatch build' first, or name it with --out")
    serve(out, port)


def built(work: Work, out: Path) -> None:
    site = work.config.site
    stances = {b.id: Stance(b.position, b.priority, b.note) for b in work.config.bill}
    corrections = tuple(OwnCorrection(c.on, c.text, c.bill) for c in work.config.correction)
    settings = Settings(
        title=site.title,
        url=site.url,
        contact=site.contact,
        stances=stances,
        corrections=corrections,
        search=site.search,
        cards=site.cards,
        service_url=work.config.mail.service_url,
    )
    report = build(work.existing(), out, settings, now(os.environ))
    gone = f"; {report.removed} files are gone" if report.removed else ""
    made = f"{report.written} of {report.files} files new in {out}{gone}"
    work.say(f"{report.bills} bills, {report.changes} changes: {made}")
