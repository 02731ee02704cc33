"""A letter as text: 72 columns, in the order in which a person reads it. Addresses are never broken. Pure."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from billwatch_site.alerts.letter import Block, Foot, Letter, Line

WIDTH = 72
_UNWANTED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def text_of(letter: Letter) -> str:
    """The whole message as text."""
    parts = [
        "\n".join(_wrapped(f"{letter.site}\n{letter.heading}")),
        *("\n".join(_block(block)) for block in letter.blocks),
    ]
    if letter.earlier:
        parts.append("\n".join(_wrapped("HAPPENED EARLIER, SEEN ONLY NOW")))
        parts += ["\n".join(_block(block)) for block in letter.earlier]
    if letter.notes:
        parts.append("\n\n".join("\n".join(_wrapped(note)) for note in letter.notes))
    rule = "-" * WIDTH
    return harmless(f"\n\n{rule}\n\n".join([*parts, "\n".join(_foot(letter.foot))]) + "\n")


def _block(block: Block) -> Iterator[str]:
    yield from _wrapped(f"{block.number.upper() if block.bills else block.number} · {block.place}")
    yield from _wrapped(block.title)
    yield ""
    for line in block.lines:
        yield from _line(line)
    if block.seen:
        yield from _wrapped(block.seen, "  ")
    for bill in block.bills:
        yield from _wrapped(f"{bill.number}: {bill.about}", "  ", "    ")
    if block.more:
        yield from _wrapped(block.more, "  ")
    yield ""
    for label, text in (("Where it stands", block.standing), ("Next", block.next), ("Why you get this", block.why)):
        if text:
            yield from _wrapped(f"{label}: {text}")
    if block.url:
        yield f"{block.url}"
    if block.official:
        yield f"{block.official.label}: {block.official.url}"


def _line(line: Line) -> Iterator[str]:
    if line.sentence:
        mark = f"{line.mark.upper()}: " if line.mark else ""
        yield from _wrapped(f"{mark}{line.sentence}", "* ", "  ")
    if line.when:
        yield from _wrapped(line.when, "  ")
    for label, text in line.facts:
        yield from _wrapped(f"{label}: {text}", "  ", "    ")


def _foot(foot: Foot) -> Iterator[str]:
    yield from _wrapped(foot.why)
    for label, address in (("Change what you get", foot.manage), ("Unsubscribe", foot.unsubscribe)):
        if address:
            yield f"{label}:"
            yield address
    yield from _wrapped(f"Questions and corrections: {foot.contact}")


def _wrapped(text: str, first: str = "", then: str | None = None) -> list[str]:
    """Lines of at most 72 columns; a line that begins in the text begins one here."""
    then = first if then is None else then
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += textwrap.wrap(
            paragraph,
            WIDTH,
            initial_indent=then if lines else first,
            subsequent_indent=then,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
    return lines


def harmless(text: str) -> str:
    """Without control characters and halves of characters, which no message may hold; lines stay lines."""
    return _UNWANTED.sub("", text)
