"""What a bill belongs to, and since when: its legislature, its topics and their areas, its sponsors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from billwatch_site.printing import links
from billwatch_site.reading import people
from billwatch_site.reading.records import Brief
from billwatch_site.words.official import legislature
from billwatch_site.words.subjects import is_topic, topic_name
from billwatch_site.words.wording import name_case

Stay = tuple[datetime | None, datetime | None]  # from one change to another, both included; None: not limited
Move = tuple[datetime, bool]  # when, and whether it came or went

ALWAYS: Sequence[Stay] = ((None, None),)


def paths_of(record: Brief) -> set[str]:
    """Every subject that a bill belongs to, or belonged to."""
    return {*here(record), *_moves(record)}


def here(record: Brief) -> dict[str, tuple[str, str]]:
    """What it belongs to now: by its path what it is called, and the reason for an entry."""
    name = legislature(record.legislature).name
    found = {f"{record.legislature}/": (name, f"you follow {name}, where {{bills}} is followed")}
    for topic in record.topics:
        for slug in filter(is_topic, (topic.topic, topic.area)):
            words = topic_name(slug)
            found[links.topic_path(slug)] = (words, f"you follow “{words}”, and {{bills}} is about it")
    for path, name in people.paths_of(record).items():
        person = name_case(name)
        found[path] = (person, f"you follow {person}, who sponsors {{bills}}")
    return found


def stays_at(record: Brief, path: str) -> Sequence[Stay]:
    """When a bill belonged to a subject. In an area it is while it is in a topic of it."""
    moves = _moves(record)
    if not moves:
        return ALWAYS
    topics = [links.topic_path(t.topic) for t in record.topics if links.topic_path(t.area) == path]
    found = [stay for topic in topics or [path] for stay in _stays(record, topic, moves)]
    return ALWAYS if ALWAYS[0] in found else found


def _stays(record: Brief, path: str, moves: Mapping[str, Sequence[Move]]) -> Sequence[Stay]:
    return stays_of(path in here(record), moves[path]) if path in moves else ALWAYS


def inside(stays: Iterable[Stay], at: datetime) -> bool:
    """Whether an instant falls in one of the stays."""
    return any((since is None or since <= at) and (until is None or at <= until) for since, until in stays)


def _moves(record: Brief) -> dict[str, list[Move]]:
    """Each coming and going that was seen, by path, the earliest first."""
    found: dict[str, list[Move]] = defaultdict(list)
    known = _known(record) if record.moves else {}
    for move in record.moves:
        for value, came in ((move.was, False), (move.now, True)):
            if path := _path(record, move.kind, value, known) if value else "":
                found[path].append((move.seen_at, came))
    return dict(found)


def _known(record: Brief) -> dict[str, str]:
    """Who is on the bill, by the names that they have on it, full and short."""
    paths = ((sponsor, people.path_of(record, sponsor)) for sponsor in record.sponsors)
    return {name.upper(): path for sponsor, path in paths for name in (sponsor.short, sponsor.name) if name}


def _path(record: Brief, kind: str, value: str, known: Mapping[str, str]) -> str:
    """The subject that a change names: a topic, or whoever has this name; "" for a topic that is none of ours."""
    if kind.startswith("topic-"):
        return links.topic_path(value) if is_topic(value) else ""
    return known.get(value.upper()) or people.path_by_name(record, value, short=False)


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
