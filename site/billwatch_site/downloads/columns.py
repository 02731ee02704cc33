"""The columns of the downloads about bills and about changes: name, kind, meaning, and how the value is found.

Kinds are text, date, instant, number, flag and list. A column that the store has too means what it means there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import msgspec

from billwatch_site import links
from billwatch_site.downloads.dictionary import meaning
from billwatch_site.records import BillRecord, Change
from billwatch_site.sentences import sentence_of
from billwatch_site.settings import Settings

Value = str | int | bool | list[str]


class Column(msgspec.Struct, frozen=True):
    """One column of a table whose rows are made from `T`, one thing a row."""

    name: str
    kind: str
    meaning: str
    value: Callable[[Any, Settings], Value]


def _held(table: str, name: str, kind: str = "text") -> Column:
    """A column that the store has too, taken as it is."""
    return Column(name, kind, meaning(table, name), _READERS[kind](name))


def _as_text(name: str) -> Callable[[Any, Settings], Value]:
    return lambda thing, settings: str(getattr(thing, name))


def _as_flag(name: str) -> Callable[[Any, Settings], Value]:
    return lambda thing, settings: bool(getattr(thing, name))


def _as_list(name: str) -> Callable[[Any, Settings], Value]:
    return lambda thing, settings: list(getattr(thing, name))


def _as_instant(name: str) -> Callable[[Any, Settings], Value]:
    def value(thing: Any, settings: Settings) -> Value:
        found: datetime = getattr(thing, name)
        return found.isoformat()

    return value


_READERS = {"text": _as_text, "date": _as_text, "flag": _as_flag, "list": _as_list, "instant": _as_instant}


def _page(record: BillRecord, settings: Settings) -> Value:
    return settings.address(links.bill_path(record.id))


def _place(change: Change, settings: Settings) -> Value:
    return settings.address(f"{links.bill_path(change.bill)}#{links.anchor(change.id)}")


def _names(record: BillRecord, settings: Settings) -> Value:
    return [sponsor.name for sponsor in record.sponsors]


def _topics(record: BillRecord, settings: Settings) -> Value:
    return [topic.topic for topic in record.topics]


def _areas(record: BillRecord, settings: Settings) -> Value:
    return sorted({topic.area for topic in record.topics})


def _same_as(record: BillRecord, settings: Settings) -> Value:
    return [r.other for r in record.relations if r.kind == "same-as" and r.sure]


def _earlier(record: BillRecord, settings: Settings) -> Value:
    return [r.other for r in record.relations if r.kind == "previous-version" and r.sure and not r.incoming]


def _checked_at(record: BillRecord, settings: Settings) -> Value:
    return max((check.checked_at.isoformat() for check in record.checks), default="")


BILLS: Sequence[Column] = (
    *(_held("bills", name) for name in ("id", "legislature", "session", "identifier", "title", "abstract")),
    _held("bills", "stage"),
    _held("bills", "stage_since", "date"),
    *(_held("bills", name) for name in ("chamber", "committee", "status", "sentence", "next", "official")),
    _held("bills", "disagreement"),
    _held("bills", "marks", "list"),
    _held("bills", "ended", "flag"),
    _held("bills", "sponsor"),
    Column("sponsors", "list", "everybody on the bill, the sponsor first", _names),
    _held("bills", "introduced_on", "date"),
    _held("bills", "last_action_on", "date"),
    *(_held("bills", name) for name in ("last_action", "law_section", "law_code", "version")),
    Column("topics", "list", "the subtopics it belongs to", _topics),
    Column("areas", "list", "the areas of these: `speech`, `privacy`", _areas),
    Column("same_as", "list", "the same bill in the other house, as a source states it", _same_as),
    Column("previous_versions", "list", "earlier versions, as a source states them", _earlier),
    _held("bills", "followed", "flag"),
    _held("bills", "follow_reason"),
    _held("bills", "first_seen_at", "instant"),
    _held("bills", "changed_at", "instant"),
    Column("checked_at", "instant", "when a source was last asked about it; empty where none was", _checked_at),
    _held("bills", "unlisted_since"),
    Column("page", "text", "the page of the bill on this site", _page),
)

CHANGES: Sequence[Column] = (
    *(_held("changes", name) for name in ("id", "bill", "kind")),
    Column("sentence", "text", "what changed, in plain words", lambda change, settings: sentence_of(change)),
    *(_held("changes", name) for name in ("was", "now")),
    _held("changes", "happened_on", "date"),
    _held("changes", "seen_at", "instant"),
    *(_held("changes", name) for name in ("severity", "cause")),
    _held("changes", "backfill", "flag"),
    *(_held("changes", name) for name in ("source", "url", "corrects")),
    Column("corrected_by", "text", "the change that corrects this one", _as_text("corrected_by")),
    Column("page", "text", "the place of the change on this site", _place),
)
