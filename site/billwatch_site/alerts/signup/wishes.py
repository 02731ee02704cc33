"""Wishes: what somebody asks to be told, as the form's fields say it. Pure.

A field `follow` holds "kind:target", as "topic:age-verification"; fields of free text hold bill numbers and words. What
no form of ours could have sent is a `BadForm`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, Protocol, cast

import msgspec

from billwatch.bill import BillId
from billwatch.errors import UsageError
from billwatch_site.alerts.subscriptions import DATES, KINDS, RHYTHMS, STRENGTHS, Dates, Kind, Rhythm, Strength
from billwatch_site.words.subjects import is_topic

MOST = 60  # things that one form can ask for
_LONGEST_WORDS = 80  # characters of one search
_LONGEST_TEXT = 2_000  # characters of a field

Follow = tuple[Kind, str]
Numbers = Callable[[str], Iterable[tuple[str, str, str | None]]]  # typed -> (legislature, identifier, session)


class BadForm(ValueError):
    """What was sent is nothing that our form sends; the message is for whoever sent it."""


class Fields(Protocol):
    """A form's fields, as the web framework holds them."""

    def get(self, name: str, default: str) -> str: ...

    def getall(self, name: str) -> list[str]: ...


class Wishes(msgspec.Struct, frozen=True, kw_only=True):
    """What to follow, how much of it, and when to be told."""

    follow: tuple[Follow, ...] = ()
    strength: Strength = "notable"
    rhythm: Rhythm = "daily"
    urgent: bool = False
    dates: Dates = "day-first"

    @property
    def legislature(self) -> str:
        """Whose mornings these are: the legislature of the first bill; "" where no bill is named."""
        codes = (target.partition("/")[0] for kind, target in self.follow if kind in ("bill", "family", "legislature"))
        return next(codes, "")


def wishes_of(fields: Fields, known: Collection[str]) -> Wishes:
    """The wishes in a form; `known` are the codes of the legislatures that may be followed."""
    follow = [follow_of(value, known) for value in fields.getall("follow") if value]
    follow += [("words", words) for words in searches_in(fields.get("words", ""))]
    if len(follow) > MOST:
        raise BadForm(f"That is more than {MOST} things at once. Follow their topic instead.")
    return Wishes(
        follow=tuple(dict.fromkeys(follow)),
        strength=_one_of(STRENGTHS, fields.get("strength", "notable")),
        rhythm=_one_of(RHYTHMS, fields.get("rhythm", "daily")),
        urgent=fields.get("urgent", "") == "yes",
        dates=_one_of(DATES, fields.get("dates", "day-first")),
    )


def _one_of(values: Sequence[str], value: str) -> Any:
    if value not in values:
        raise BadForm("That is not a choice of the form.")
    return value


def follow_of(value: str, known: Collection[str]) -> Follow:
    """ "bill:ny/2025/S4505" as ("bill", "ny/2025/S4505")."""
    kind, _, target = value.partition(":")
    if kind not in KINDS or not _is_target(kind, target, known):
        raise BadForm("That cannot be followed here.")
    return cast(Kind, kind), " ".join(target.split())


def _is_target(kind: str, target: str, known: Collection[str]) -> bool:
    if kind in ("bill", "family"):
        try:
            return BillId.parse(target).legislature in known
        except UsageError:
            return False
    if kind == "topic":
        return is_topic(target)
    return target in known if kind == "legislature" else bool(list(searches_in(target)))


def searches_in(text: str) -> Iterator[str]:
    """The searches of a field, one a line."""
    for line in text[:_LONGEST_TEXT].splitlines():
        words = " ".join(line.split())
        if len(words) > _LONGEST_WORDS or not words.isprintable():
            raise BadForm(f"Write each search in up to {_LONGEST_WORDS} letters, one on a line.")
        if any(letter.isalnum() for letter in words):
            yield words


def value_of(follow: Follow) -> str:
    """A follow as a form's field holds it."""
    return ":".join(follow)


def numbers_of(typed: str, read: Numbers) -> list[tuple[str, str, str | None]]:
    """The bill numbers in what was typed, each once."""
    return list(dict.fromkeys(read(typed[:_LONGEST_TEXT])))[:MOST]
