"""What a run came to, for the person who started it: a live line while it goes on, a short table at its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import TracebackType

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn

from billwatch.run.runs import Run
from billwatch.update import Report

NAMED = 3  # bills, in a line about many


class Watching:
    """A line that moves while a run goes on; nothing where nobody watches."""

    def __init__(self, quiet: bool) -> None:
        console = Console(stderr=True)
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            console=console,
            transient=True,
            disable=quiet or not console.is_terminal,
        )
        self._task = self._progress.add_task("starting", total=None)

    def __enter__(self) -> Watching:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def show(self, run: Run) -> None:
        self._progress.update(self._task, description=_line(run))


def report_lines(report: Report) -> Iterator[str]:
    """Per source asked, answered, unchanged, failed, changes found; then what no rule knows and what waits."""
    for run in report.runs:
        yield _line(run)
        if run.error:
            yield f"  failed: {run.error}"
        for text, times in run.tally.unclassified.most_common(5):
            yield f"  unclassified action, {times} times: {text}"
        if run.waiting:
            yield f"  {run.waiting} bills wait for the next run: the budget of requests is spent (requests_per_run)"
    if report.let_go:
        yield _let_go(report.let_go)
    yield from report.notices


def _line(run: Run) -> str:
    tally = run.tally
    return (
        f"{run.legislature}/{run.source}: {run.asked} asked, {tally.answered} bills answered, "
        f"{tally.unchanged} unchanged, {run.failed} failed, {tally.changes.total()} changes, "
        f"{len(tally.unclassified)} unclassified actions"
    )


def _let_go(bills: Sequence[str]) -> str:
    """The first of them by name: more often than a configuration, a mistake in it lets many go."""
    number = "1 bill is" if len(bills) == 1 else f"{len(bills)} bills are"
    more = f" and {len(bills) - NAMED} more" if len(bills) > NAMED else ""
    return f"{number} no longer followed, and will be gone from the site: {', '.join(bills[:NAMED])}{more}"
