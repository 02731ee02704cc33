"""What a bill belongs to, and since when: its legislature, its topics and their areas, its sponsors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

import msgspec

from billwatch_site import links, people
from billwatch_site.official import legislature
from billwatch_site.records import Brief
from billwatch_site.subjects import is_topic, topic_name
from billwatch_site.wording import name_case

Stay = tuple[datetime | None, datetime | None]  # from one change to another, both included; None: not limited
Move = tuple[datetime, bool]  # when, and whether it came or went

ALWAYS: Sequence[Stay] = ((None, None),)


class Belonging(msgspec.Struct, frozen=True):
    """By the path of each subject: its stays in time; and what it is called with the reason for an entry."""

    stays: dict[str, Sequence[Stay]]
    names: dict[str, tuple[str, str]]


def belonging(record: Brief) -> Belonging:
    """All that a bill belongs to, or belonged to."""
    home = f"{record.legislature}/"
    name = legislature(record.legislature).name
    names = {home: (name, f"you follow {name}, where {{bills}} is followed")}
    stays: dict[str, Sequence[Stay]] = {home: ALWAYS}
    moves = _moves(record)
    here = dict(_here(record))
    stays |= {path: stays_of(path in here, moves[path]) if path in moves else ALWAYS for path in (*here, *moves)}
    stays |= _areas(record, stays)
    return Belonging(stays, names | here)


def paths_of(record: Brief) -> Iterable[str]:
    """Every subject that a bill belongs to, or belonged to."""
    return belonging(record).stays


def inside(stays: Iterable[Stay], at: datetime) -> bool:
    """Whether an instant falls in one of the stays."""
    return any((since is None or since <= at) and (until is None or at <= until) for since, until in stays)


def _here(record: Brief) -> Iterator[tuple[str, tuple[str, str]]]:
    """What it belongs to now: the path, what it is called, and the reason."""
    for topic in record.topics:
        for slug in filter(is_topic, (topic.topic, topic.area)):
            words = topic_name(slug)
            yield links.topic_path(slug), (words, f"you follow “{words}”, and {{bills}} is about it")
    for path, name in people.paths_of(record).items():
        person = name_case(name)
        yield path, (person, f"you follow {person}, who sponsors {{bills}}")


def _areas(record: Brief, stays: Mapping[str, Sequence[Stay]]) -> dict[str, Sequence[Stay]]:
    """A bill is in an area while it is in a topic of it."""
    found: dict[str, list[Stay]] = defaultdict(list)
    for topic in record.topics:
        if is_topic(topic.topic) and is_topic(topic.area):
            found[links.topic_path(topic.area)] += stays[links.topic_path(topic.topic)]
    return {path: ALWAYS if ALWAYS[0] in area else area for path, area in found.items()}


def _moves(record: Brief) -> dict[str, list[Move]]:
    """Each coming and going that was seen, by path, the earliest first."""
    found: dict[str, list[Move]] = defaultdict(list)
    for move in record.moves:
        for value, came in ((move.was, False), (move.now, True)):
            for path in _paths(record, move.kind, value) if value else ():
                found[path].append((move.seen_at, came))
    return found


def _paths(record: Brief, kind: str, value: str) -> list[str]:
    """The subjects that a change names: a topic, or whoever has this name on this bill, full or short."""
    if kind.startswith("topic-"):
        return [links.topic_path(value)] if is_topic(value) else []
    known = {people.path_of(record, s) for s in record.sponsors if value.upper() in (s.name.upper(), s.short.upper())}
    return sorted(known) or [people.path_by_name(record, value, short=False)]


def stays_of(now: bool, moves: Sequence[Move]) -> list[Stay]:
    """The stays that a row of moves makes. Whose first move is a coming was not there before."""
    here = not moves[0][1]
    since: datetime | None = None
    found: list[Stay] = []
    for at, came in moves:
        if came and not here:
            since = at
        elif here and not came:
            found.append((since, at))
        here = came
    if here or now:
        found.append((since if here else moves[-1][0], None))
    return found
