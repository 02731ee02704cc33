"""Bills as lines of JSON in, their topics as lines of JSON out: for anyone's own lists of bills."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from billwatch.answer import clean
from billwatch.topics import classified


class Line(msgspec.Struct):
    """What a line may say of a bill; all but the id may be missing."""

    id: str
    title: str | None = None
    abstract: str | None = None
    law: str | None = None


def classified_lines(lines: Iterable[bytes]) -> Iterator[tuple[str, str]]:
    """(a line of JSON, "") for each bill, or ("", what is wrong with line n); the rest goes on."""
    read = msgspec.json.Decoder(Line).decode
    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        try:
            bill = read(raw)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            yield "", f'line {number}: {error}; write it as {{"id": ..., "title": ...}}'
            continue
        found = classified(*(clean(text or "") for text in (bill.title, bill.abstract, bill.law)))
        out = {
            "id": bill.id,
            "areas": sorted({t.area for t in found}),
            "topics": [t.topic for t in found],
            "score": float(bool(found)),
            "evidence": {t.topic: t.evidence for t in found},
        }
        yield msgspec.json.encode(out).decode(), ""
