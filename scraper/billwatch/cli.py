"""The commands. Each says in one line what went wrong, and ends with 0, 1 (a bill was answered by no source) or 2."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import click
import msgspec

from billwatch import __version__
from billwatch.cli_alerts import alert, alerted
from billwatch.cli_signup import signup
from billwatch.cli_subscribers import subscribers
from billwatch.config import Config, now
from billwatch.errors import BillwatchError, UsageError
from billwatch_site import OwnCorrection, Settings, Stance, build, serve, settle

EXIT_UNANSWERED, EXIT_USAGE = 1, 2


class Work(msgspec.Struct):
    """What the global options say: configuration, data directory, how much to print."""

    config: Config
    data: Path
    quiet: bool

    @property
    def database(self) -> Path:
        return self.data / "bills.db"

    def existing(self) -> Path:
        if not self.database.exists():
            raise UsageError(f"there is no store in {self.data}; run 'billwatch update' first, or name it with --data")
        return self.database

    def say(self, text: str) -> None:
        if not self.quiet:
            click.echo(text)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--config", "config_file", type=click.Path(path_type=Path), help="Configuration [billwatch.toml]")
@click.option("--data", type=click.Path(path_type=Path), default=Path("data"), show_default=True, help="Data directory")
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but errors.")
@click.version_option(__version__, prog_name="billwatch")
@click.pass_context
def cli(context: click.Context, config_file: Path | None, data: Path, quiet: bool) -> None:
    """Follow legislative bills, remember every change, publish what changed."""
    context.obj = Work(Config.load(config_file, os.environ), data, quiet)


OUT = click.option(
    "--out", type=click.Path(path_type=Path), default=Path("public"), show_default=True, help="Site folder"
)
PORT = click.option("--port", default=8000, show_default=True, help="0 takes a free one.")


@cli.command()
@click.option("--no-serve", is_flag=True, help="Only build.")
@click.option("--out", type=click.Path(path_type=Path), help="Site folder [a new temporary one]")
@PORT
@click.pass_obj
def demo(work: Work, no_serve: bool, out: Path | None, port: int) -> None:
    """Run everything offline on bundled recordings of some twenty New York bills."""
    from billwatch.demo import play
    from billwatch.store import Store

    folder = Path(tempfile.mkdtemp(prefix="billwatch-"))
    site = out or folder / "public"
    with closing(Store(folder / "bills.db")) as store:
        present = play(store, folder / "archive")
        report = build(store.db, site, Settings(title="Online speech and privacy bills: a demonstration"), present)
    settle(site)
    work.say(f"{report.bills} bills, {report.changes} changes, {report.files} files in {site}")
    if not no_serve:
        serve(site, port)


@cli.command()
@click.argument("bills", nargs=-1)
@click.pass_obj
def update(work: Work, bills: tuple[str, ...]) -> None:
    """Ask the sources and remember what changed; of BILLS (ny/2025/S404) only, where some are named."""
    sys.exit(_updated(work, bills))


@cli.command("build")
@OUT
@click.pass_obj
def build_site(work: Work, out: Path) -> None:
    """Write the site from the store."""
    _built(work, out)


@cli.command()
@OUT
@click.pass_obj
def run(work: Work, out: Path) -> None:
    """Update, build, alert: what a scheduled run does."""
    status = _updated(work, ())
    _built(work, out)
    sys.exit(max(status, alerted(work)))


@cli.command("serve")
@OUT
@PORT
def serve_site(out: Path, port: int) -> None:
    """Show a built site on this machine."""
    if not (out / "index.html").exists():
        raise UsageError(f"there is no site in {out}; run 'billwatch build' first, or name it with --out")
    serve(out, port)


@cli.command()
@click.argument("legislature")
@click.argument("number", nargs=-1, required=True)
@click.pass_obj
def show(work: Work, legislature: str, number: tuple[str, ...]) -> None:
    """Print what is known of a number, each session's bill apart: billwatch show ny S.9191"""
    from billwatch.legislatures import legislature as package
    from billwatch.show import shown
    from billwatch.store import Store

    numbers = package(legislature).numbers_in(" ".join(number))
    if not numbers:
        raise UsageError(f"'{' '.join(number)}' is not a bill number; write it as S9191, or S9191-2017 for one session")
    with closing(Store(work.existing())) as store:
        found = ["\n".join(shown(store, legislature, [n.identifier], n.session)) for n in numbers]
    if not any(found):
        raise UsageError(f"no bill {' '.join(number)} is in the store; name it under [follow] bills and update")
    click.echo("\n\n".join(text for text in found if text))


@cli.command()
@click.pass_obj
def check(work: Work) -> None:
    """Ask each source one question and say how it is."""
    from billwatch.check import healths
    from billwatch.legislatures import legislature
    from billwatch.live import session_for

    well = True
    for code in work.config.follow.legislatures:
        place = legislature(code)
        with closing(session_for(work.config, code, os.environ)) as fetcher:
            for health in healths(place, work.config.legislature(code), fetcher):
                well = well and health.well
                click.echo(f"{'well  ' if health.well else 'FAILED'}  {code}/{health.source}: {health.said}")
    sys.exit(0 if well else EXIT_UNANSWERED)


@cli.command()
@click.option("--review", is_flag=True, help="Show the doubtful bills of the store, and what settles each.")
@click.option("--limit", default=0, show_default=True, help="With --review: only so many; 0 for all.")
@click.pass_obj
def topics(work: Work, review: bool, limit: int) -> None:
    """Read bills as JSON lines, write their topics with the words that say so."""
    if review:
        return _reviewed(work, limit)
    from billwatch.topics import Classifier, Taxonomy
    from billwatch.topics.lines import classified_lines

    classifier = Classifier(Taxonomy.load()).deciding(work.config.decisions)
    for line, problem in classified_lines(sys.stdin.buffer, classifier):
        if line:
            click.echo(line)
        if problem:
            click.echo(problem, err=True)


@cli.command()
@click.argument("bill")
@click.option("--source", required=True, help="lbdc, assembly, senate, open-legislation")
@click.option("--to", "folder", type=click.Path(path_type=Path), required=True, help="Folder of the recordings")
@click.pass_obj
def record(work: Work, bill: str, source: str, folder: Path) -> None:
    """Record one page of a source, with the facts read from it beside it for review."""
    from billwatch.bill import BillId
    from billwatch.live import recorded, session_for

    wanted = BillId.parse(bill)
    with closing(session_for(work.config, wanted.legislature, os.environ)) as fetcher:
        work.say("\n".join(map(str, recorded(fetcher, wanted, source, folder))))


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_obj
def dump(work: Work, folder: Path) -> None:
    """Write the store as sorted lines of JSON, which diff well, for keeping in git."""
    from billwatch import dump as history
    from billwatch.store import Store

    with closing(Store(work.existing())) as store:
        work.say(f"{history.dump(store.db, folder)} rows written to {folder}")


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_obj
def load(work: Work, folder: Path) -> None:
    """Fill an empty store from a dump."""
    from billwatch import dump as history
    from billwatch.database import locked
    from billwatch.store import Store

    with locked(work.data), closing(Store(work.database)) as store:
        work.say(f"{history.load(folder, store.db)} rows read from {folder}")


def _reviewed(work: Work, limit: int) -> None:
    from billwatch.review import review_lines
    from billwatch.store import Store

    with closing(Store(work.existing())) as store:
        click.echo("\n".join(review_lines(store, limit)))


def _updated(work: Work, bills: tuple[str, ...]) -> int:
    """Run an update with a live picture where a person watches, and a report at its end; the exit status."""
    from billwatch.live import live_update
    from billwatch.report import Watching, report_lines

    with Watching(work.quiet) as watching:
        report = live_update(work.config, work.data, now(os.environ), os.environ, bills, watching.show)
    work.say("\n".join(report_lines(report)))
    for bill in report.unanswered:
        click.echo(f"billwatch: no source answered for {bill}; what we knew stands, and it is asked again", err=True)
    return EXIT_UNANSWERED if report.unanswered else 0


def _built(work: Work, out: Path) -> None:
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
    work.say(f"{report.bills} bills, {report.changes} changes: {report.written} of {report.files} files new in {out}")


cli.add_command(alert)
cli.add_command(subscribers)
cli.add_command(signup)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command, the process's own where none is given; what we know can go wrong is one line on stderr."""
    try:
        cli(arguments, standalone_mode=False)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(EXIT_USAGE)
    except click.ClickException as error:
        click.echo(f"billwatch: {error.format_message()} (see billwatch --help)", err=True)
        sys.exit(EXIT_USAGE)
    except BillwatchError as error:
        click.echo(f"billwatch: {error}", err=True)
        sys.exit(EXIT_USAGE if isinstance(error, UsageError) else EXIT_UNANSWERED)
