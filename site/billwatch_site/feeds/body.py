"""What an entry says: a title that stands alone, and a body with what was, what is now, and from where we know it.

Everything that came from a source is escaped here; the body is HTML and nothing but paragraphs, lists and links.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from billwatch.bill import parts_of
from billwatch_site.records import Change
from billwatch_site.words import links
from billwatch_site.words.official import legislature
from billwatch_site.words.sentences import bill_words, counted, day, listed, moment, sentence_of
from billwatch_site.words.stories import Item
from billwatch_site.words.xml import text


def title(item: Item, corrections: Sequence[Change], called: Mapping[str, str]) -> str:
    """ "S4505: Passed the Senate. Relates to warning labels ..."; one about several bills says how many."""
    mark = _mark(item, corrections)
    late = "Earlier, seen now: " if item.backfill and not mark and item.lead.kind != "listed" else ""
    if item.folded:
        return f"{mark}{late}{item.sentence}"
    bill = item.lead.bill
    return f"{mark}{late}{links.called(bill, item.seen_on)}: {item.sentence} {called[bill]}".strip()


def told(item: Item, corrections: Sequence[Change], called: Mapping[str, str], following: str = "") -> str:
    """The body, but for why it is in a feed, which each feed adds; `called` are the headlines of the bills inside,
    `following` says what comes next, where that is said here."""
    parts = [_correction(change, f"{bill_words(change.bill)}: " if item.folded else "") for change in corrections]
    parts.append(f"<p>{text(item.sentence)}</p>")
    if item.folded:
        parts.append(_bills(item, corrections, called))
    else:
        parts.extend(dict.fromkeys(part for change in item.in_order for part in _was_and_now(change)))
    if following:
        parts.append(f"<p><strong>Next:</strong> {text(following)}</p>")
    parts.append(f"<p>{_provenance(item)}</p>")
    return "".join(parts)


def _mark(item: Item, corrections: Sequence[Change]) -> str:
    """That it is a correction, and of which bill, where not all inside were corrected."""
    if item.correction or not item.folded:
        return "Correction: " if item.correction or corrections else ""
    numbers = [links.called(bill, item.seen_on) for bill in links.in_order({c.bill for c in corrections})]
    return f"Correction of {listed(numbers)}: " if numbers else ""


def _correction(change: Change, bill: str) -> str:
    """What the correction says, with was and now, and when we saw it; of which bill, among several."""
    values = "".join(_was_and_now(change))
    return f"<p>Correction, seen on {moment(change.seen_at)}: {text(bill + sentence_of(change))}</p>{values}"


def _bills(item: Item, corrections: Sequence[Change], called: Mapping[str, str]) -> str:
    return f"<ul>{''.join(_lines(item, corrections, called))}</ul>"


def _lines(item: Item, corrections: Sequence[Change], called: Mapping[str, str]) -> Iterator[str]:
    """A line for each bill; what happened to it, where that is not the same for all, as it was put right since."""
    changes, mended = item.in_order, {change.corrects: change for change in corrections}
    right = {change.bill for change in changes if change.id in mended}
    for bill in item.bills:
        told = () if item.shared and bill not in right else (c for c in changes if c.bill == bill)
        said = " ".join(["", *(_mended(c, mended[c.id]) if c.id in mended else _dated(c) for c in told)])
        yield f"<li>{text(f'{bill_words(bill)}:{said} {called[bill]}{item.behind(bill)}'.strip())}</li>"


def _mended(change: Change, correction: Change) -> str:
    """What happened, in the words of the record that was put right; that it is no longer there, where it was taken
    out."""
    if not correction.now:
        return sentence_of(correction)
    return _dated(msgspec.structs.replace(change, now=correction.now, happened_on=parts_of(correction.now)[0]))


def _dated(change: Change) -> str:
    on = f" It happened on {day(change.happened_on)}." if change.kind == "action" and change.happened_on else ""
    return sentence_of(change) + on


def _was_and_now(change: Change) -> Iterator[str]:
    now = "On the record" if change.kind == "action" else "Now"
    if change.was:
        yield f"<p><strong>Was:</strong> {text(bill_words(change.was))}</p>"
    if change.now:
        yield f"<p><strong>{now}:</strong> {text(bill_words(change.now))}</p>"


def _provenance(item: Item) -> str:
    """ "From Open Legislation, checked on 12 June 2025, 14:05 UTC. It happened on ..."."""
    lead = item.lead
    source = text(legislature(lead.bill.split("/", 1)[0]).source_label(lead.source))
    address = "" if item.folded else links.safe(lead.url)
    source = f'<a href="{text(address)}">{source}</a>' if address else source
    happened = f" It happened on {day(item.happened_on)}." if item.happened_on else ""
    more = f", on {counted(len(item.bills), 'bill')}" if item.folded else ""
    return f"From {source}{more}, checked on {moment(lead.seen_at)}.{text(happened)}"
