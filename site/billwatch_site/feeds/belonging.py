"""What a bill belongs to, and since when: its legislature, its topics and their areas, its sponsors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from billwatch_site.reading import people
from billwatch_site.records import Brief, Sponsor
from billwatch_site.words import links
from billwatch_site.words.official import legislature
from billwatch_site.words.subjects import area_of, is_topic, topic_name
from billwatch_site.words.wording import name_case

Stay = tuple[datetime | None, datetime | None]  # from one change to another, both included; None: not limited
Move = tuple[datetime, bool]  # when, and whether it came or went

ALWAYS: Sequence[Stay] = ((None, None),)


def paths_of(record: Brief) -> set[str]:
    """Every subject that a bill belongs to, or belonged to."""
    return {*here(record), *_moved(record)}


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


def belongs(record: Brief, path: str) -> bool:
    """Whether it belongs to a subject now: the same as `path in here(record)`, without a word about the others."""
    if path.startswith("topics/"):
        slugs = (slug for topic in record.topics for slug in (topic.topic, topic.area))
        return any(is_topic(slug) and links.topic_path(slug) == path for slug in slugs)
    return path == f"{record.legislature}/" or any(people.path_of(record, s) == path for s in record.sponsors)


def stays_at(record: Brief, path: str) -> Sequence[Stay]:
    """When a bill belonged to a subject. In an area it is while it is in a topic of it."""
    if not record.moves:
        return ALWAYS
    topics = _topics_in(record, path) if path.startswith("topics/") else ()
    found = [stay for topic in topics or [path] for stay in _stays(record, topic)]
    return ALWAYS if ALWAYS[0] in found else found


def _topics_in(record: Brief, area: str) -> set[str]:
    """The topics of an area that a bill belongs to, or that it was seen to come to or to leave."""
    now = {links.topic_path(t.topic) for t in record.topics if links.topic_path(t.area) == area}
    return now | {links.topic_path(slug) for slug in moved_at(record) if links.topic_path(area_of(slug)) == area}


def moved_at(record: Brief) -> set[str]:
    """The topics, and their areas, that a bill was seen to come to or to leave."""
    slugs = {move.was or move.now for move in record.moves if move.kind.startswith("topic-")}
    return {name for slug in slugs for name in (slug, area_of(slug)) if is_topic(name)}


def _stays(record: Brief, path: str) -> Sequence[Stay]:
    moves = list(_moves_at(record, path))
    return stays_of(belongs(record, path), moves) if moves else ALWAYS


def _moves_at(record: Brief, path: str) -> Iterator[Move]:
    """Each coming and going at one subject that was seen, the earliest first.

    A bill has many sponsors and a sponsor many bills, so what is not of this subject is not looked into.
    """
    of_topic = path.startswith("topics/")
    known = {} if of_topic else dict.fromkeys(_names_at(record, path), path)
    for move in record.moves:
        if move.kind.startswith("topic-") == of_topic:
            for value, came in ((move.was, False), (move.now, True)):
                if value and _path(record, move.kind, value, known) == path:
                    yield move.seen_at, came


def _names_at(record: Brief, path: str) -> Iterator[str]:
    """The names that whoever has this page has on the bill."""
    there = (sponsor for sponsor in record.sponsors if people.path_of(record, sponsor) == path)
    return (name for sponsor in there for name in _names_of(sponsor))


def _names_of(sponsor: Sponsor) -> Iterator[str]:
    """What a change may call a sponsor, in capitals."""
    return (name.upper() for name in (sponsor.short, sponsor.name) if name)


def inside(stays: Iterable[Stay], at: datetime) -> bool:
    """Whether an instant falls in one of the stays."""
    return any((since is None or since <= at) and (until is None or at <= until) for since, until in stays)


def _moved(record: Brief) -> set[str]:
    """Every subject that it was seen to come to, or to leave."""
    moves = [(move.kind, value) for move in record.moves for value in (move.was, move.now) if value]
    there = [(people.path_of(record, sponsor), sponsor) for sponsor in record.sponsors] if moves else []
    known = {name: path for path, sponsor in there for name in _names_of(sponsor)}
    topics = set(map(links.topic_path, moved_at(record)))
    return topics | {_path(record, kind, value, known) for kind, value in moves} - {""}


def _path(record: Brief, kind: str, value: str, known: Mapping[str, str]) -> str:
    """The subject that a change names: a topic, or whoever has this name; "" for a topic that is none of ours."""
    if kind.startswith("topic-"):
        return links.topic_path(value) if is_topic(value) else ""
    return known.get(value.upper()) or people.path_by_name(record, value)


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
