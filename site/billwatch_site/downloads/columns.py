"""The columns of the downloads about bills and about changes: name, kind, meaning, and how the value is found.

Kinds are text, date, instant, number, flag and list. A column that the store has too means what it means there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any

import msgspec

from billwatch_site.downloads.dictionary import meaning
from billwatch_site.records import Change, Line
from billwatch_site.settings import Settings
from billwatch_site.words import links
from billwatch_site.words.sentences import sentence_of

Value = str | int | bool | list[str] | tuple[str, ...]


class Column(msgspec.Struct, frozen=True):
    """One column of a table. `value` finds it in a thing; None: it is the thing's attribute of that name."""

    name: str
    kind: str
    meaning: str
    value: Callable[[Any, Settings], Value] | None = None


def rows(columns: Sequence[Column], things: Iterable[Any], settings: Settings) -> Iterator[list[Value]]:
    """A row of values for each thing, in the order of the columns. What is held comes first, then what is found."""
    held = attrgetter(*(column.name for column in columns if not column.value))
    found = [column.value for column in columns if column.value]
    for thing in things:
        yield [*held(thing), *(value(thing, settings) for value in found)]


def _held(table: str, kind: str, *names: str) -> Iterator[Column]:
    """Columns that the store has too, taken as they are; a flag is 1 in a spreadsheet and true in JSON."""
    return (Column(name, kind, meaning(table, name).replace("1 when", "1 or true when")) for name in names)


def _instant(table: str, name: str) -> Column:
    """An instant of the store."""
    return Column(name, "instant", meaning(table, name), lambda thing, settings: str(getattr(thing, name).isoformat()))


def _page(record: Line, settings: Settings) -> Value:
    return settings.address(links.bill_path(record.id))


def _place(change: Change, settings: Settings) -> Value:
    return settings.address(f"{links.bill_path(change.bill)}#{links.anchor(change.id)}")


def _names(record: Line, settings: Settings) -> Value:
    return [sponsor.name for sponsor in record.sponsors]


def _topics(record: Line, settings: Settings) -> Value:
    return [topic.topic for topic in record.topics]


def _areas(record: Line, settings: Settings) -> Value:
    return sorted({topic.area for topic in record.topics})


def _same_as(record: Line, settings: Settings) -> Value:
    return [r.other for r in record.relations if r.kind == "same-as" and r.sure]


def _earlier(record: Line, settings: Settings) -> Value:
    return [r.other for r in record.relations if r.kind == "previous-version" and r.sure and not r.incoming]


def _checked_at(record: Line, settings: Settings) -> Value:
    return record.checked_at


BILLS: Sequence[Column] = (
    *_held("bills", "text", "id", "legislature", "session", "identifier", "title", "abstract", "stage"),
    *_held("bills", "date", "stage_since"),
    *_held("bills", "text", "chamber", "committee", "status", "sentence", "next", "official", "disagreement"),
    *_held("bills", "list", "marks"),
    *_held("bills", "flag", "ended"),
    *_held("bills", "text", "sponsor"),
    *_held("bills", "date", "introduced_on", "last_action_on"),
    *_held("bills", "text", "last_action", "law_section", "law_code", "version"),
    *_held("bills", "flag", "followed"),
    *_held("bills", "text", "follow_reason", "unlisted_since"),
    Column("sponsors", "list", "everybody on the bill, the sponsor first", _names),
    Column("topics", "list", "the subtopics it belongs to", _topics),
    Column("areas", "list", "the areas of these: `speech`, `privacy`", _areas),
    Column("same_as", "list", "the same bill in the other house, as a source states it", _same_as),
    Column("previous_versions", "list", "earlier versions, as a source states them", _earlier),
    _instant("bills", "first_seen_at"),
    _instant("bills", "changed_at"),
    Column("checked_at", "instant", "when a source was last asked about it; empty where none was", _checked_at),
    Column("page", "text", "the page of the bill on this site", _page),
)

CHANGES: Sequence[Column] = (
    *_held("changes", "text", "id", "bill", "kind", "was", "now"),
    *_held("changes", "date", "happened_on"),
    *_held("changes", "text", "severity", "cause"),
    *_held("changes", "flag", "backfill"),
    *_held("changes", "text", "source", "url", "corrects"),
    Column("corrected_by", "text", "the change that corrects this one"),
    _instant("changes", "seen_at"),
    Column("sentence", "text", "what changed, in plain words", lambda change, settings: sentence_of(change)),
    Column("page", "text", "the place of the change on this site", _place),
)
