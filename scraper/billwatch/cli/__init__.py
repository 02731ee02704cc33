"""The commands. Each says in one line what went wrong, and ends with 0, 1 (a bill was answered by no source) or 2."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from billwatch import __version__
from billwatch.cli.alerts import alert, alerted
from billwatch.cli.bills import check, receipt, record, show, topics, update, updated
from billwatch.cli.history import dump, load
from billwatch.cli.signup import signup
from billwatch.cli.site import OUT, build_site, built, demo, serve_site
from billwatch.cli.subscribers import subscribers
from billwatch.cli.work import EXIT_UNANSWERED, EXIT_USAGE, Work
from billwatch.config import Config
from billwatch.errors import BillwatchError, UsageError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--config", "config_file", type=click.Path(path_type=Path), help="Configuration [billwatch.toml]")
@click.option("--data", type=click.Path(path_type=Path), default=Path("data"), show_default=True, help="Data directory")
@click.option("--quiet", "-q", is_flag=True, help="Print nothing but errors.")
@click.version_option(__version__, prog_name="billwatch")
@click.pass_context
def cli(context: click.Context, config_file: Path | None, data: Path, quiet: bool) -> None:
    """Follow legislative bills, remember every change, publish what changed."""
    context.obj = Work(Config.load(config_file, os.environ), data, quiet)


@cli.command()
@OUT
@click.pass_obj
def run(work: Work, out: Path) -> None:
    """Update, build, alert: what a scheduled run does."""
    status = updated(work, ())
    site = _attempted(lambda: built(work, out))  # subscribers hear of what changed also where no site could be built
    untold = min(
        _attempted(lambda: alerted(work)), EXIT_UNANSWERED
    )  # whatever keeps mail from going out: the rest is done
    sys.exit(max(status, site, untold))


def _attempted(step: Callable[[], int | None]) -> int:
    """The exit status of a step, whose failure keeps no other step from its work."""
    try:
        return step() or 0
    except BillwatchError as error:
        return _told(error)


def _told(error: BillwatchError) -> int:
    """What went wrong in one line on stderr; the exit status."""
    click.echo(f"billwatch: {error}", err=True)
    return EXIT_USAGE if isinstance(error, UsageError) else EXIT_UNANSWERED


_OTHERS = (
    demo,
    update,
    build_site,
    serve_site,
    show,
    receipt,
    check,
    topics,
    record,
    dump,
    load,
    alert,
    subscribers,
    signup,
)
for _command in _OTHERS:
    cli.add_command(_command)


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
        sys.exit(_told(error))
