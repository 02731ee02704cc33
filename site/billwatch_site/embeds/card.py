"""The card of a bill: a picture of 1200 by 630 that a link to its page shows elsewhere (Open Graph).

Drawn while the site is built, with the extra `cards` (Pillow and two open fonts); without it there are no cards. One
picture has 256 shades from ink to paper and one red, which keeps both the drawing and the file small.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from billwatch_site.pictures import way
from billwatch_site.records import BillRecord, Step
from billwatch_site.settings import Settings
from billwatch_site.words.official import legislature
from billwatch_site.words.sentences import day, short_day, stage_words
from billwatch_site.words.wording import name_case

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630
_MARGIN = 80
_INK, _QUIET, _RULE, _PAPER = 0, 95, 205, 255  # shades; 1 is the red
_RED = 1
_COLOURS = {_INK: (27, 26, 23), _PAPER: (253, 252, 249), _RED: (155, 44, 26)}
_SERIF, _SANS = "font_source_serif_pro", "font_source_sans_pro"


class Card(msgspec.Struct, frozen=True):
    """What a card shows, and nothing else: two equal ones are the same picture, and need be drawn only once."""

    site: str
    place: str
    number: str
    headline: str
    sponsor: str
    stage: str
    since: str
    steps: tuple[Step, ...]


def card_of(record: BillRecord, site: str) -> Card:
    """What the card of a bill shows."""
    house = legislature(record.legislature)
    return Card(
        site=site,
        place=f"{house.name} / {house.session(record.session)}",
        number=record.identifier,
        headline=record.headline or "A bill without a title yet",
        sponsor=name_case(record.sponsor),
        stage=stage_words(record.stage),
        since=record.stage_since,
        steps=record.steps,
    )


@cache
def available() -> bool:
    """Whether cards can be drawn here."""
    return all(find_spec(name) is not None for name in ("PIL", _SERIF, _SANS))


def has_card(record: BillRecord, settings: Settings) -> bool:
    """Whether a card is drawn: for followed bills, where it can be, and where it has an address."""
    return bool(settings.url and settings.cards and record.followed and available())


def drawn(card: Card) -> bytes:
    """The card as PNG."""
    from PIL import Image, ImageDraw

    card = _in_lines(card)
    image = Image.new("L", (WIDTH, HEIGHT), _PAPER)
    draw = ImageDraw.Draw(image)
    _masthead(draw, card)
    _headline(draw, card)
    _standing(draw, card)
    _way(image, draw, card.steps, card.since)
    image = image.point([0 if shade == _RED else shade for shade in range(256)])  # red is for what is red
    ImageDraw.Draw(image).rectangle((_MARGIN, 0, _MARGIN + 96, 11), fill=_RED)
    return _png(image)


def _in_lines(card: Card) -> Card:
    """The card with blanks for all white space: what is drawn is one line at a time."""
    texts = {name: " ".join(getattr(card, name).split()) for name in card.__struct_fields__ if name != "steps"}
    steps = (Step(" ".join(s.name.split()), " ".join(s.chamber.split()), s.state, s.on) for s in card.steps)
    return Card(**texts, steps=tuple(steps))


def _masthead(draw: ImageDraw, card: Card) -> None:
    draw.text((_MARGIN, 44), card.place, font=_font(_SANS, "Regular", 30), fill=_QUIET)
    at = _MARGIN + draw.textlength(f"{card.place} ", font=_font(_SANS, "Regular", 30))
    draw.text((at, 44), "/", font=_font(_SANS, "Regular", 30), fill=_QUIET)
    at += draw.textlength("/ ", font=_font(_SANS, "Regular", 30))
    draw.text((at, 44), card.number, font=_font(_SANS, "Bold", 30), fill=_INK)
    name = _cut(draw, card.site, _font(_SANS, "Semibold", 26), 480)
    draw.text((WIDTH - _MARGIN, 48), name, font=_font(_SANS, "Semibold", 26), fill=_INK, anchor="ra")
    draw.line((_MARGIN, 96, WIDTH - _MARGIN, 96), fill=_INK, width=2)
    draw.line((_MARGIN, 101, WIDTH - _MARGIN, 101), fill=_INK, width=1)


def _headline(draw: ImageDraw, card: Card) -> None:
    """The title as large as it fits in four lines."""
    for size, most in ((58, 3), (50, 4), (43, 4)):
        font = _font(_SERIF, "Bold", size)
        lines = _wrapped(draw, card.headline, font, WIDTH - 2 * _MARGIN)
        if len(lines) <= most:
            break
    if len(lines) > most:
        lines = [*lines[: most - 1], _cut(draw, f"{lines[most - 1]} {lines[most]}", font, WIDTH - 2 * _MARGIN)]
    for i, line in enumerate(lines):
        draw.text((_MARGIN, 124 + i * round(size * 1.16)), line, font=font, fill=_INK)


def _standing(draw: ImageDraw, card: Card) -> None:
    """Where it stands, in words, above the picture."""
    big, small = _font(_SANS, "Bold", 34), _font(_SANS, "Regular", 28)
    draw.text((_MARGIN, 430), card.stage, font=big, fill=_INK, anchor="ls")
    at = _MARGIN + draw.textlength(card.stage, font=big) + 14
    since = f"since {day(card.since)}" if card.since else ""
    draw.text((at, 430), since, font=small, fill=_QUIET, anchor="ls")
    at += draw.textlength(since, font=small) + 40
    if card.sponsor:
        words = _cut(draw, card.sponsor, small, round(WIDTH - _MARGIN - at))
        draw.text((WIDTH - _MARGIN, 430), words, font=small, fill=_QUIET, anchor="rs")


def _way(image: Image, draw: ImageDraw, steps: tuple[Step, ...], ended_on: str) -> None:
    """The picture of the bill's way, as on its page: shapes tell the states apart."""
    if not steps:
        return
    drawing = way.wide(steps, ended_on)
    top = 502
    for rail in drawing.rails:
        y, shade = top + 12, _INK if rail.name == "reached" else _RULE
        draw.line((_MARGIN + rail.x1, y, _MARGIN + rail.x2, y), fill=shade, width=4 if rail.name == "reached" else 2)
    for stretch in drawing.chambers:
        left, right = _MARGIN + stretch.x1, _MARGIN + stretch.x2
        draw.line((left, top - 18, right, top - 18), fill=_RULE, width=2)
        name = _cut(draw, stretch.name, _font(_SANS, "Semibold", 22), round(right - left))
        draw.text((left, top - 24), name, font=_font(_SANS, "Semibold", 22), fill=_QUIET, anchor="ls")
    for station in drawing.stations:
        x = round(_MARGIN + station.x)
        image.paste(_INK, (x - 20, top - 8), _shape(station.state, ink=True))
        image.paste(_PAPER, (x - 20, top - 8), _shape(station.state, ink=False))
        _label(draw, x, top + 42, station)


def _label(draw: ImageDraw, x: int, y: int, station: way.Station) -> None:
    reached = station.state in ("done", "here", "ended")
    for i, words in enumerate(station.lines):
        font = _font(_SANS, "Bold" if station.state in ("here", "ended") else "Regular", 22)
        draw.text((x, y + 24 * i), words, font=font, fill=_INK if reached else _QUIET, anchor="ma")
    if on := station.ended or station.on:
        below = y + 24 * len(station.lines)
        draw.text((x, below), short_day(on), font=_font(_SANS, "Regular", 18), fill=_QUIET, anchor="ma")


@cache
def _shape(state: str, *, ink: bool) -> Image:
    """A mask of 40 by 40 for a station: where ink goes, and then where paper goes on it. Drawn large, then shrunk."""
    from PIL import Image, ImageDraw

    image = Image.new("L", (320, 320), 0)
    draw = ImageDraw.Draw(image)

    def disc(radius: int) -> None:
        draw.ellipse((160 - radius, 160 - radius, 160 + radius, 160 + radius), fill=255)

    if state == "ended":
        edge = 108 if ink else 84
        draw.rectangle((160 - edge, 160 - edge, 160 + edge, 160 + edge), fill=255)
        if not ink:
            for line in ((110, 110, 210, 210), (110, 210, 210, 110)):
                draw.line(line, fill=0, width=26)
    elif state == "here":
        disc(128 if ink else 100)
        if not ink:
            draw.ellipse((100, 100, 220, 220), fill=0)
    elif state == "done":
        disc(72 if ink else 0)
    else:
        disc(72 if ink else 52)
    if state == "undone" and not ink:
        draw.line((90, 230, 230, 90), fill=0, width=22)
    return image.resize((40, 40), Image.Resampling.LANCZOS)


def _wrapped(draw: ImageDraw, words: str, font: FreeTypeFont, width: int) -> list[str]:
    """A text in lines of at most `width` pixels; a word that is longer stands alone and is cut."""
    lines: list[str] = []
    for word in words.split():
        if lines and draw.textlength(f"{lines[-1]} {word}", font=font) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(_cut(draw, word, font, width))
    return lines


def _cut(draw: ImageDraw, words: str, font: FreeTypeFont, width: int) -> str:
    """As much of a text as fits, with a sign that there is more."""
    if draw.textlength(words, font=font) <= width:
        return words
    while words and draw.textlength(f"{words}…", font=font) > width:
        words = words[:-1].rstrip()
    return f"{words}…"


@cache
def _font(family: str, weight: str, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    spec = find_spec(family)
    assert spec is not None and spec.origin is not None, "see `available`"
    name = "SourceSerifPro" if family == _SERIF else "SourceSansPro"
    file = Path(spec.origin).parent / "files" / f"{name}-{weight}.ttf"
    return ImageFont.truetype(str(file), size, layout_engine=ImageFont.Layout.BASIC)


def _png(image: Image) -> bytes:
    """The shades as colours between ink and paper, and the file."""
    ink, paper = _COLOURS[_INK], _COLOURS[_PAPER]
    ramp = [tuple(round(a + (b - a) * i / 255) for a, b in zip(ink, paper, strict=True)) for i in range(256)]
    ramp[_RED] = _COLOURS[_RED]
    image.putpalette([part for colour in ramp for part in colour])
    written = BytesIO()
    image.save(written, "PNG", compress_level=4)
    return written.getvalue()
