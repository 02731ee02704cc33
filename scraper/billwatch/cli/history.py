"""The commands that carry a store through git: dump, load."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from billwatch.cli.work import Work


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_obj
def dump(work: Work, folder: Path) -> None:
    """Write the store as sorted lines of JSON, which diff well, for keeping in git."""
    from billwatch.store import Store
    from billwatch.store import dump as history

    with closing(Store(work.existing())) as store:
        work.say(f"{history.dump(store.db, folder)} rows written to {folder}")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_obj
def load(work: Work, folder: Path) -> None:
    """Fill an empty store from a dump."""
    from billwatch.database import locked
    from billwatch.store import Store
    from billwatch.store import dump as history

    with locked(work.data), closing(Store(work.database)) as store:
        work.say(f"{history.load(folder, store.db)} rows read from {folder}")
