"""The commands that ask about bills: update, show, receipt, check, topics, record."""

from __future__ import annotations

import os
import sys
from contextlib import closing
from functools import partial
from pathlib import Path

import click

from billwatch.cli.work import EXIT_UNANSWERED, Work
from billwatch.config import now
from billwatch.errors import UsageError


@click.command()
@click.argument("bills", nargs=-1)
@click.pass_obj
def update(work: Work, bills: tuple[str, ...]) -> None:
    """Ask the sources and remember what changed; of BILLS (ny/2025/S404) only, where some are named."""
    sys.exit(updated(work, bills))


@click.command()
@click.argument("legislature")
@click.argument("number", nargs=-1, required=True)
@click.pass_obj
def show(work: Work, legislature: str, number: tuple[str, ...]) -> None:
    """Print what is known of a number, each session's bill apart: billwatch show ny S.9191"""
    from billwatch.legislatures import legislature as package
    from billwatch.reports.show import shown
    from billwatch.store import Store

    numbers = package(legislature).numbers_in(" ".join(number))
    if not numbers:
        raise UsageError(f"'{' '.join(number)}' is not a bill number; write it as S9191, or S9191-2017 for one session")
    with closing(Store(work.existing())) as store:
        found = ["\n".join(shown(store, legislature, [n.identifier], n.session)) for n in numbers]
    if not any(found):
        raise UsageError(f"no bill {' '.join(number)} is in the store; name it under [follow] bills and update")
    click.echo("\n\n".join(text for text in found if text))


@click.command()
@click.argument("proof")
@click.pass_obj
def receipt(work: Work, proof: str) -> None:
    """Print the archived answer that PROOF names: a receipt, or the SHA-256 that stands on a bill's page."""
    from billwatch.archive import ArchivedAnswers
    from billwatch.store import Store

    with closing(Store(work.existing())) as store:
        sql = "select id from fetches where ?1 in (id, sha256) order by fetched_at desc limit 1"
        found = store.column(sql, (proof,))
    if not found:
        raise UsageError(f"the store has no receipt '{proof}'; a change's stands in the column receipt of changes")
    answer = ArchivedAnswers(work.data / "archive").answer(found[0])
    click.echo(f"{answer.url}, fetched {answer.fetched_at:%Y-%m-%d %H:%M} UTC", err=True)
    click.echo(answer.body, nl=False)


@click.command()
@click.pass_obj
def check(work: Work) -> None:
    """Ask each source one question and say how it is."""
    from billwatch.legislatures import legislature
    from billwatch.live import session_for
    from billwatch.reports.check import healths

    well = True
    for code in work.config.follow.legislatures:
        place = legislature(code)
        with closing(session_for(work.config, code, os.environ)) as fetcher:
            for health in healths(place, work.config.legislature(code), fetcher):
                well = well and health.well
                click.echo(f"{'well  ' if health.well else 'FAILED'}  {code}/{health.source}: {health.said}")
    sys.exit(0 if well else EXIT_UNANSWERED)


@click.command()
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
    read = refused = 0
    for line, problem in classified_lines(sys.stdin.buffer, classifier):
        if line:
            click.echo(line)
        if problem:
            click.echo(problem, err=True)
        read, refused = read + bool(line), refused + (not line)
    if refused and not read:
        raise UsageError(f"none of these lines is a bill ({refused} refused); see 'Follow bills' in the README")


@click.command()
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


def _reviewed(work: Work, limit: int) -> None:
    from billwatch.reports.review import review_lines
    from billwatch.store import Store

    with closing(Store(work.existing())) as store:
        click.echo("\n".join(review_lines(store, limit)))


def updated(work: Work, bills: tuple[str, ...]) -> int:
    """Run an update with a live picture where a person watches, and a report at its end; the exit status."""
    from billwatch.live import live_update
    from billwatch.reports.run import Watching, report_lines

    clock = partial(now, os.environ)
    with Watching(work.quiet) as watching:
        report = live_update(work.config, work.data, clock(), os.environ, bills, watching.show, clock)
    work.say("\n".join(report_lines(report)))
    for bill in report.unanswered:
        followed = bill not in report.unfollowed
        then = "what we knew stands, and it is asked again" if followed else "it is not followed: update it once more"
        click.echo(f"billwatch: no source answered for {bill}; {then}", err=True)
    if report.unfound:
        silent = " and ".join(report.unfound)
        click.echo(f"billwatch: no answer from {silent}; new bills stay unseen until it answers", err=True)
    return EXIT_UNANSWERED if report.unanswered or report.unfound else 0
