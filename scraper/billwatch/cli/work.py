"""What every command works with: the global options, and the exit statuses."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from billwatch.config import Config
from billwatch.database import check_age
from billwatch.errors import UsageError

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
        """The store, for reading; one that is not there, or that a newer billwatch wrote, is refused."""
        from billwatch.store.migrations import migrations

        if not self.database.exists():
            raise UsageError(f"there is no store in {self.data}; run 'billwatch update' first, or name it with --data")
        check_age(self.database, migrations)
        return self.database

    def say(self, text: str) -> None:
        if not self.quiet:
            click.echo(text)
