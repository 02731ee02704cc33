"""What is said without news: that the sources are silent, and, after a month of nothing, that all is well. Pure.

Silence is what makes people doubt a tracker: a source that is out is named in every digest, and once a week to those
who get none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import msgspec

from billwatch_site.alerts.letter import Foot, Letter
from billwatch_site.alerts.subscriptions import Subscription
from billwatch_site.records import SourceRun
from billwatch_site.settings import Settings
from billwatch_site.words.official import legislature
from billwatch_site.words.sentences import beginning, counted, listed, moment


class Health(msgspec.Struct, frozen=True):
    """How a legislature's sources are."""

    legislature: str
    silent: tuple[SourceRun, ...]  # those that have not answered for longer than they may
    runs: tuple[SourceRun, ...]

    @property
    def out(self) -> bool:
        """Whether none answers, so that nothing can be told."""
        return len(self.silent) == len(self.runs)

    @property
    def last_good_at(self) -> datetime | None:
        return max((run.last_good_at for run in self.runs if run.last_good_at), default=None)

    @property
    def line(self) -> str:
        """One sentence on what is silent; "" where all is well."""
        if not self.silent:
            return ""
        house = legislature(self.legislature)
        names = beginning(listed([house.source_label(run.source) for run in self.silent]))
        has = "has" if len(self.silent) == 1 else "have"
        good = [run.last_good_at for run in self.silent if run.last_good_at]
        since = f"since {moment(max(good))}" if good else "so far"
        it, does = ("it", "does") if len(self.silent) == 1 else ("they", "do")
        then = f"Until {it} {does}, nothing new can be told." if self.out else f"What only {it} can tell may come late."
        return f"{names} {has} not answered {since}. {then}"


def healths_of(runs: Iterable[SourceRun], settings: Settings, now: datetime) -> dict[str, Health]:
    """Each legislature's sources; one is silent when its last good answer is older than the site allows.

    Those that the last run asked nothing are left out, unless it was too long ago itself.
    """
    oldest = now - timedelta(hours=settings.stale_after_hours)
    by_house: dict[str, list[SourceRun]] = defaultdict(list)
    for run in runs:
        if not run.idle or run.finished_at < oldest:
            by_house[run.legislature].append(run)
    return {
        code: Health(code, tuple(r for r in group if not r.last_good_at or r.last_good_at < oldest), tuple(group))
        for code, group in by_house.items()
    }


def concerned(subscriptions: Iterable[Subscription], legislatures: Iterable[str]) -> set[str]:
    """The legislatures that these subscriptions are about: topics and words are about all."""
    everywhere = set(legislatures)
    found: set[str] = set()
    for one in subscriptions:
        if one.kind in ("topic", "words"):
            return everywhere
        found.add(one.target.split("/")[0])
    return found & everywhere


def outage_letter(healths: Sequence[Health], settings: Settings, foot: Foot) -> Letter:
    """That nothing can be told at the moment, and why."""
    places = listed([legislature(h.legislature).name for h in healths])
    return _letter(
        subject=f"No news from {places}: its sources do not answer",
        heading=f"The sources of {places} do not answer",
        notes=[h.line for h in healths]
        + ["What happens meanwhile is told when they are back. Until then, look at the legislature’s own pages."],
        settings=settings,
        foot=foot,
    )


def quiet_letter(
    subscriptions: Sequence[Subscription], healths: Sequence[Health], settings: Settings, days: int, foot: Foot
) -> Letter:
    """That nothing happened, and that we looked."""
    looked = max((h.last_good_at for h in healths if h.last_good_at), default=None)
    followed = counted(len(subscriptions), "thing")
    last = f" The sources last answered on {moment(looked)}." if looked else ""
    return _letter(
        subject=f"All quiet: nothing to tell in {days} days on what you follow",
        heading="All quiet",
        notes=[f"In the last {days} days there was nothing to tell you on the {followed} that you follow.{last}"]
        + [h.line for h in healths if h.line]
        + ["This message comes so that you know we are still looking; it comes once a month at most."],
        settings=settings,
        foot=foot,
    )


def _letter(*, subject: str, heading: str, notes: Sequence[str], settings: Settings, foot: Foot) -> Letter:
    return Letter(subject, notes[0], heading, settings.title, settings.url, (), (), tuple(notes), foot)


def week_of(now: datetime) -> str:
    """The name of a week, for what is said once in it."""
    return "{}-W{:02}".format(*now.isocalendar()[:2])


def is_quiet(last_at: str, now: datetime, days: int) -> bool:
    """Whether nothing has been sent for so many days. `last_at`: the last message, or the confirmation."""
    return bool(days and last_at) and datetime.fromisoformat(last_at) <= now - timedelta(days=days)
