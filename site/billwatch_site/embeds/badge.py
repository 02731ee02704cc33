"""A badge: the number of a bill and where it stands, as a small SVG to embed anywhere.

It is readable in grey and without the shape, which is that of the picture of a bill's way: a full disc for a law, a
square for an end, a ring for a bill on its way. No script, no font, nothing from elsewhere.
"""

from __future__ import annotations

from billwatch.stages import ENDS
from billwatch_site.records import BillRecord
from billwatch_site.words.sentences import bill_words, stage_words
from billwatch_site.words.xml import text

HEIGHT = 20
_LONGEST = 40  # letters of a stage that we do not know, however long it is

# Widths at 11 px in the sans that most machines have (Verdana, DejaVu Sans). `textLength` makes the text fit them
# elsewhere; other letters are about as wide as a capital.
_WIDTHS = {
    letter: width
    for width, letters in {
        3: " ',.IJijl",
        4: "!()-/:;[\\]ft|",
        5: '"r',
        6: "*?FL_`cksz",
        7: "$0123456789EKPSTYabdeghnopquvxy{}",
        8: "ABCDHNRUVXZ",
        9: "#&+<=>GMOQ^w~",
        10: "%",
        11: "@Wm",
    }.items()
    for letter in letters
}
_DISC = '<circle cx="{x}" cy="10" r="4" fill="#fff"/>'
_RING = '<circle cx="{x}" cy="10" r="3.4" fill="none" stroke="#fff" stroke-width="1.6"/>'
_SQUARE = '<path d="M{left} 6.5h7v7h-7z" fill="none" stroke="#fff" stroke-width="1.6"/>'


def width_of(words: str) -> int:
    """How wide a text is drawn, in pixels."""
    return sum(_WIDTHS.get(letter, 8) for letter in words)


def badge_width(record: BillRecord) -> int:
    """How wide the badge of a bill is."""
    return width_of(record.identifier) + width_of(_stage(record)) + 40


def badge(record: BillRecord) -> bytes:
    """The badge of a bill."""
    stage = _stage(record)
    left, right = width_of(record.identifier), width_of(stage)
    split, width = left + 14, badge_width(record)
    words = text(f"{bill_words(record.id)}: {stage}")
    shape = _SQUARE if record.stage in ENDS else _DISC if record.stage == "law" else _RING
    style = 'font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{HEIGHT}" viewBox="0 0 {width} {HEIGHT}" '
        f'role="img" aria-label="{words}"><title>{words}</title>'
        f'<path d="M{split} 0h{width - split - 3}a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H{split}z" fill="#1b1a17"/>'
        f'<path d="M{split} .5H{width - 3}a2.5 2.5 0 0 1 2.5 2.5v14a2.5 2.5 0 0 1-2.5 2.5H{split}" fill="none" '
        f'stroke="#6b675e"/><path d="M{split} .5H3A2.5 2.5 0 0 0 .5 3v14A2.5 2.5 0 0 0 3 19.5h{split - 3}" '
        f'fill="#fdfcf9" stroke="#1b1a17"/>{shape.format(x=split + 11, left=split + 7.5)}<g {style}>'
        f'<text x="7" y="14" fill="#1b1a17" font-weight="bold" textLength="{left}" lengthAdjust="spacingAndGlyphs">'
        f"{text(record.identifier)}</text>"
        f'<text x="{split + 19}" y="14" fill="#fff" textLength="{right}">{text(stage)}</text></g></svg>\n'
    ).encode()


def _stage(record: BillRecord) -> str:
    words = stage_words(record.stage)
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
