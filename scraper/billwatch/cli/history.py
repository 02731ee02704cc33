"""The commands that carry a store through git: dump, load."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from billwatch.cli import reaching
from billwatch.cli.work import Work


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_obj
def dump(work: Work, folder: Path) -> None:
    """Write the store as sorted lines of JSON, which diff well, for keeping in git; with what channels were told."""
    from billwatch.store import Store
    from billwatch.store import dump as history
    from billwatch_site.alerts.marks import keep

    marks = _marks(work)  # before the store: what is told meanwhile may be told again, and is never left out
    with closing(Store(work.existing())) as store:
        rows = history.dump(store.db, folder)
    keep(marks, folder)
    work.say(f"{rows} rows written to {folder}")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_obj
def load(work: Work, folder: Path) -> None:
    """Fill an empty store from a dump; channels go on from what they were told."""
    from billwatch.database import locked
    from billwatch.store import Store
    from billwatch.store import dump as history

    _tried(work, folder)  # before the store is filled: it is loaded only where it is empty
    with locked(work.data), closing(Store(work.database)) as store:
        rows = history.load(folder, store.db)
        _bring_back(work, folder)
    work.say(f"{rows} rows read from {folder}")


def _marks(work: Work) -> bytes:
    """What channels were told; nothing where there are none, or nobody was ever told anything."""
    if not work.config.channel or not reaching.subscribers_file(work).exists():
        return b""
    from billwatch_site.alerts.marks import marks_of

    with closing(reaching.people(work)) as people:
        return marks_of(people)


def _tried(work: Work, folder: Path) -> None:
    """That what channels were told can be read is found out in memory: a `StoreError` while nothing is loaded."""
    if not work.config.channel:
        return
    from billwatch_site.alerts.marks import bring_back
    from billwatch_site.alerts.subscriptions import Subscribers

    with closing(Subscribers(":memory:")) as people:
        bring_back(people, folder)


def _bring_back(work: Work, folder: Path) -> None:
    if not work.config.channel:
        return
    from billwatch_site.alerts.marks import bring_back

    with closing(reaching.people(work)) as people:
        bring_back(people, folder)
