"""Search: a page that finds bills in the browser, the static index that it reads, and lists for whoever has no script.

The index is `search/index.json` and one file for each session of a legislature. A row of the latter is

    [number, headline, sponsor, stage, [topic, ...], day of the last action, 1 if followed, place]

where sponsor and place, the committee or floor that has it, count in the file's own lists, stage and topic in those of
`search/index.json`; -1 is none. The browser reads the latest sessions first, 5,000 bills or more; `static/matching.js`
says which bills answer a search.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby

import msgspec

from billwatch.bill import BillId
from billwatch.stages import STAGES
from billwatch_site.pages.lists import FEW
from billwatch_site.printing.press import Page, SitePress
from billwatch_site.records import Brief
from billwatch_site.words.numbers import number_parts
from billwatch_site.words.official import legislature
from billwatch_site.words.sentences import counted, stage_words
from billwatch_site.words.subjects import topic_name
from billwatch_site.words.whereabouts import whereabouts
from billwatch_site.words.wording import name_case

TITLE = 110  # letters of a title in a list of numbers
INLINE = 400  # as many numbers stand on the search page itself; more get a page for each thousand
Names = dict[str, int]  # a name and its place in its list


def search_pages(press: SitePress) -> Iterator[Page]:
    """The page, the lists it leads to, and the index."""
    bills = list(press.bills.values())
    ranges = number_ranges(press.numbers)
    numbers, titles = [] if ranges else sorted(press.numbers, key=_parts), titles_of(bills)
    yield press.page(
        "search.html",
        "search/",
        choices=_choices(bills),
        numbers=numbers,
        titles=titles,
        ranges=ranges,
        few=len(bills) <= FEW,
    )
    for path, words, group in ranges:
        yield press.page("numbers.html", path, words=words, numbers=group, titles=titles)
    yield from index(bills)


def index(bills: Iterable[Brief]) -> Iterator[Page]:
    """The directory and its shards, the latest session first."""
    sessions: dict[tuple[str, str], list[Brief]] = defaultdict(list)
    for bill in bills:
        sessions[bill.session, bill.legislature].append(bill)
    every = [bill for group in sessions.values() for bill in group]
    stages, topics = _places(_stages(every)), _places(_topics(every))
    shards = []
    for (session, code), group in sorted(sessions.items(), reverse=True):
        path = f"search/{code}-{session}.json"
        name = legislature(code).session(session)
        shards.append({"legislature": code, "session": session, "name": name, "bills": len(group), "path": path})
        yield _json(path, _shard(group, stages, topics))
    yield _json("search/index.json", _directory(sorted({code for _, code in sessions}), stages, topics, shards))


def _shard(bills: Sequence[Brief], stages: Names, topics: Names) -> object:
    sponsors = _places(sorted({name_case(bill.sponsor) for bill in bills if bill.sponsor}))
    places = _places(sorted({whereabouts(bill) for bill in bills} - {""}))
    rows = [[*_row(bill, sponsors, stages, topics), places.get(whereabouts(bill), -1)] for bill in bills]
    return {"sponsors": list(sponsors), "places": list(places), "bills": rows}


def _row(bill: Brief, sponsors: Names, stages: Names, topics: Names) -> list[object]:
    named = sorted(topics[slug] for slug in {topic.topic for topic in bill.topics})
    sponsor = sponsors[name_case(bill.sponsor)] if bill.sponsor else -1
    last = [bill.last_action_on, int(bill.followed)]
    return [bill.identifier, bill.headline, sponsor, stages[bill.stage], named, *last]


def _directory(codes: Iterable[str], stages: Names, topics: Names, shards: Sequence[object]) -> object:
    return {
        "legislatures": {code: _place(code) for code in codes},
        "stages": [(stage, stage_words(stage)) for stage in stages],
        "topics": [(topic, topic_name(topic)) for topic in topics],
        "shards": shards,
    }


def _place(code: str) -> dict[str, str]:
    """A legislature's name, and where its own page of any bill stands: SESSION and NUMBER are to be filled in."""
    house = legislature(code)
    pages = house.pages(BillId(code, "SESSION", "NUMBER"))
    official = {"publisher": pages[0].label, "official": pages[0].url} if pages else {}
    return {"name": house.name, **official}


def _choices(bills: Sequence[Brief]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The filters: name in the address, label, and values with their words."""
    sessions = {bill.session: legislature(bill.legislature).session(bill.session) for bill in bills}
    codes = sorted({bill.legislature for bill in bills})
    return [
        ("legislature", "Legislature", [(code, legislature(code).name) for code in codes]),
        ("session", "Session", sorted(sessions.items(), reverse=True)),
        ("stage", "Stage", [(stage, stage_words(stage)) for stage in _stages(bills)]),
        ("topic", "Topic", [(topic, topic_name(topic)) for topic in _topics(bills)]),
    ]


def _stages(bills: Iterable[Brief]) -> list[str]:
    """The stages that bills are in, in the order of a bill's way; those that we do not know come last."""
    found = {bill.stage for bill in bills}
    return [stage for stage in STAGES if stage in found] + sorted(found - set(STAGES))


def _topics(bills: Iterable[Brief]) -> list[str]:
    return sorted({topic.topic for bill in bills for topic in bill.topics})


def _places(names: Iterable[str]) -> Names:
    return {name: i for i, name in enumerate(names)}


def titles_of(bills: Iterable[Brief]) -> dict[str, str]:
    """What each number stands for, "ny/S9191": the title of its latest bill here, and how many more there are."""
    found: dict[str, list[str]] = defaultdict(list)
    for bill in sorted(bills, key=lambda bill: bill.session, reverse=True):
        found[f"{bill.legislature}/{bill.identifier}"].append(bill.headline or "No title yet")
    return {number: _title(*titles) for number, titles in found.items()}


def _title(latest: str, *earlier: str) -> str:
    short = latest if len(latest) <= TITLE else f"{latest[:TITLE].rpartition(' ')[0]} …"
    return f"{short}; and {counted(len(earlier), 'bill')} before" if earlier else short


def number_ranges(numbers: Collection[str]) -> list[tuple[str, str, list[str]]]:
    """Path, words and numbers of each page of numbers, as "ny/S9191": those of a thousand; none for few."""
    if len(numbers) <= INLINE:
        return []
    groups = groupby(
        sorted(numbers, key=_parts), key=lambda number: (*_parts(number)[:2], _parts(number)[2] // 1000 * 1000)
    )
    return [(*_range(*place), list(group)) for place, group in groups]


def _parts(number: str) -> tuple[str, str, int]:
    """The legislature, the letters and the digits of "ny/S9191"."""
    code, _, identifier = number.partition("/")
    return code, *number_parts(identifier)


def _range(code: str, letters: str, first: int) -> tuple[str, str]:
    return f"search/{code}-{letters}{first}/", f"{letters}{first or 1} to {letters}{first + 999}"


def _json(path: str, content: object) -> Page:
    return Page(path, msgspec.json.encode(content))
