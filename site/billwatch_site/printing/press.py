"""The press: prints a template as a page, with the words and links that every template may use, and holds what the
pages are made from.

Templates get records and functions, never the database; everything they print is escaped, and a name they do not know
is an error.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping, MutableMapping
from datetime import datetime
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.ext import Extension
from markupsafe import Markup

from billwatch.legislatures import all_codes
from billwatch.stages import STAGE_SENTENCES
from billwatch_site.embeds import badge, card, json_ld, snippet
from billwatch_site.pictures import squares, strips, way
from billwatch_site.printing import pieces
from billwatch_site.printing.policy import policy
from billwatch_site.printing.static import Static
from billwatch_site.reading.health import Outage, Watch
from billwatch_site.reading.measures import Measures
from billwatch_site.reading.news import Chronicle, Month
from billwatch_site.reading.view import View
from billwatch_site.records import BillRecord, Brief, Card, Change, Doubt, Line, SourceRun
from billwatch_site.settings import Settings
from billwatch_site.words import links, opinions, passages, sentences, stories, subjects, votes, wording
from billwatch_site.words.official import legislature
from billwatch_site.words.staying import staying
from billwatch_site.words.whereabouts import whereabouts

ROWS = 20_000  # of lists that are remembered, some 10 MB


class Page(msgspec.Struct, frozen=True, gc=False):
    """One file of the site; a large one as a file elsewhere, which is there until the next page is asked for."""

    path: str
    content: bytes
    file: Path | None = None


class Group(msgspec.Struct, frozen=True):
    """Bills that are shown together: those of a topic, of a sponsor."""

    kind: str
    name: str
    bills: tuple[Brief, ...]  # in the order of their ids


class Contents(msgspec.Struct, frozen=True):
    """What the rest of a site holds: the folders with a page in order, and the sizes of the downloads in bytes."""

    folders: tuple[str, ...]
    downloads: Mapping[str, int]  # "bills.csv" -> size


class Press:
    """What every page is printed with."""

    def __init__(self, settings: Settings, static: Static, templates: Environment) -> None:
        self.settings = settings
        self.static = static
        self.templates = templates

    @property
    def bills(self) -> Mapping[str, Brief]:
        """Those it may show and link to: all with a page, or a bill and its family."""
        return {}

    def page(
        self,
        template: str,
        path: str,
        own: Container[str] | None = None,
        bills: Mapping[str, Brief] | Mapping[str, Card] | None = None,
        **values: Any,
    ) -> Page:
        """A template filled in, at its place. A path that ends with "/" is a folder's index.

        `bills` are those that it may show, `own` those to which it may link, where they are not those of the press.
        """
        bills = self.bills if bills is None else bills
        root = links.root_of(path)
        text = self.templates.get_template(template).render(
            root=root,
            path=path,
            site=self.settings,
            static=self.static.names,
            bill_link=partial(links.bill_link, own=bills if own is None else own, root=root),
            bills=bills,
            **self._pieces(root),
            **values,
        )
        return Page(f"{path}index.html" if not path or path.endswith("/") else path, text.encode())

    def _pieces(self, root: str) -> dict[str, Any]:
        """What else templates may use on a page from which this is the way to the root."""
        return {}


class BillPress(Press):
    """What the files of one bill's folder are printed with: it knows no other bills than its family."""

    def __init__(self, press: Press, record: BillRecord, blind: tuple[Outage, ...] = ()) -> None:
        super().__init__(press.settings, press.static, press.templates)
        self._record = record
        self.blind = blind  # when nothing could be read of its legislature

    @cached_property
    def bills(self) -> Mapping[str, Brief]:
        return {**self._record.kin, self._record.id: self._record}

    @cached_property
    def items(self) -> list[stories.Item]:
        """What changed, as notices, newest first, passages with their counts: worked out once for all files of the
        folder."""
        tallies = passages.recorded([self._record])
        return [passages.with_count(item, tallies) for item in stories.items_of(self._record.changes)]


class SitePress(Press):
    """What pages about many bills are printed with: all briefs, the news, how the sources are, and the clock."""

    def __init__(self, press: Press, view: View, now: datetime) -> None:
        super().__init__(press.settings, press.static, press.templates)
        self._view, self._now = view, now
        self.looked_at_the_clock = False
        self.months: list[Month] = []  # in which something changed, the latest first
        self.scratch: str | None = None  # where large files are written before they have their place
        self._row = lru_cache(maxsize=ROWS)(self._printed_row)

    def _pieces(self, root: str) -> dict[str, Any]:
        return {"bill_row": partial(self._row, root)}

    def _printed_row(self, root: str, bill: str) -> Markup:
        """A bill in a list: the same in the lists of its topics and of all its sponsors."""
        link = partial(links.bill_link, own=self.bills, root=root)
        return Markup(self._lists.row(self.bills[bill], link))

    @cached_property
    def _lists(self) -> Any:
        return self.templates.get_template("lists.html").module

    @property
    def now(self) -> datetime:
        """The moment of this build. What looks at it is made again in every build."""
        self.looked_at_the_clock = True
        return self._now

    @cached_property
    def bills(self) -> Mapping[str, Brief]:
        """Every bill with a page."""
        return self._view.briefs(self._view.ids)

    @cached_property
    def followed(self) -> list[Brief]:
        return [bill for bill in self.bills.values() if bill.followed]

    @cached_property
    def numbers(self) -> list[str]:
        """Every number with a page: "ny/S9191"."""
        return sorted({f"{bill.legislature}/{bill.identifier}" for bill in self.bills.values()})

    @cached_property
    def news(self) -> Chronicle:
        """What changed: on which day, or the latest, of all bills or of some."""
        return Chronicle(self._view, self.months)

    @cached_property
    def runs(self) -> tuple[SourceRun, ...]:
        """The last run of each source that is asked now."""
        return self._view.runs()

    @cached_property
    def doubts(self) -> tuple[Doubt, ...]:
        """What a person should look at, highest doubt first."""
        return self._view.doubts()

    @cached_property
    def checked_at(self) -> datetime | None:
        """When any source last answered about any bill."""
        last = self._view.checked_at()
        good = [run.last_good_at for run in self.runs if run.last_good_at]
        return max([*good, *([datetime.fromisoformat(last)] if last else [])], default=None)

    @cached_property
    def checks(self) -> dict[str, datetime | None]:
        """When each followed bill whose end is not certain was last checked; None where it never was."""
        return {id: datetime.fromisoformat(at) if at else None for id, at in self._view.checks().items()}

    @cached_property
    def measures(self) -> Measures:
        """How the watching went: runs, lag, corrections, disagreements, sessions; read as it is asked for."""
        return self._view.measures()

    @property
    def watch(self) -> Watch:
        """What feeds tell of the watching."""
        return self._view.watch

    def lines(self) -> Iterator[Line]:
        """Every bill as a row of the downloads, read as it is asked for."""
        return self._view.lines()

    def every_change(self) -> Iterator[Change]:
        """Everything that ever changed, the newest first, read as it is asked for."""
        return self._view.every_change()

    def write_database(self, file: Path) -> None:
        """Write the SQLite file for others."""
        self._view.write_database(file)


class _Tight(Extension):
    """Takes indentation out of templates, which only weighs; nothing we print depends on it."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return re.sub(r"\n\s+", "\n", source)


class _Templates(Environment):
    """Templates whose globals are a plain dict. Jinja's chain of two is compared key by key, in Python, for every
    template that a page imports."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


@lru_cache(maxsize=1)
def templates(edition: bytes) -> Environment:
    """The templates of the site, compiled as they are asked for, once for each edition of them."""
    found = _Templates(
        loader=PackageLoader("billwatch_site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=[_Tight],
    )
    found.filters.update(_FILTERS)
    found.tests["reworded"] = stories.reworded
    found.globals.update(_FUNCTIONS)  # no legislature is imported before something is printed
    found.globals["legislatures"] = [(f"{code}/", legislature(code).name) for code in all_codes()]
    return found


# The words that templates may use: behind a bar, and as functions.
_FILTERS: dict[str, Callable[..., Any]] = {
    "time": pieces.time,
    "instant": pieces.instant,
    "outside": pieces.outside,
    "linked": pieces.linked,
    "bill_name": pieces.bill_name,
    "happened": pieces.happened,
    "marks": pieces.marks,
    "day": sentences.day,
    "moment": sentences.moment,
    "name": wording.name_case,
    "sentence": sentences.sentence_of,
    "anchor": links.anchor,
    "called": links.called,
    "fragment": links.fragment,
    "safe_url": links.safe,
    "in_words": way.in_words,
    "detours_in_words": way.detours_in_words,
    "usual_order": votes.in_order,
    "short_day": sentences.short_day,
    "stage": sentences.stage_words,
    "topic": subjects.topic_name,
    "staying": staying,
    "opinion": opinions.opinion,
    "begin": sentences.beginning,
    "small_words": wording.small_words,
    "ids": sentences.bill_words,
    "span": strips.span_words,
}
_FUNCTIONS: dict[str, Any] = {
    "counted": sentences.counted,
    "ago": sentences.ago,
    "listed": sentences.listed,
    "whereabouts": whereabouts,
    "official_differs": wording.official_differs,
    "legislature": legislature,
    "wide": way.wide,
    "tall": way.tall,
    "number_path": links.number_path,
    "day_path": links.day_path,
    "squares": squares.squares,
    "worth_of": squares.worth_of,
    "is_topic": subjects.is_topic,
    "roll_call": squares.roll_call,
    "stage_sentences": STAGE_SENTENCES,
    "json_ld": json_ld.script,
    "has_card": card.has_card,
    "has_calendar": lambda bill: bool(legislature(bill.legislature).session_end(bill.session)),
    "badge_width": badge.badge_width,
    "badge_html": snippet.badge_html,
    "quote_html": snippet.quote_html,
    "policy": policy,
}
