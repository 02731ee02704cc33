"""One true history, told by several sources as each of them would, and who hears them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import msgspec
from hypothesis import strategies as st

from billwatch.bill import Action, Bill, Sponsorship, Version, Vote
from billwatch.compare.changes import Difference, differences
from billwatch.compare.news import news_of
from billwatch.compare.voices import Voices

MEMBERS = {"LEE": "Ann Lee", "RAY": "Bo Ray", "FOX": "Cy Fox", "ORR": "Di Orr", "POE": "Ed Poe"}
EMPTY = Bill(
    legislature="ny",
    session="2025",
    identifier="S404",
    title="Relates to the beginning",
    abstract="Provides for nothing much",
    status="INTRODUCED",
    sponsors=(Sponsorship("Ann Lee", "LEE", "primary"),),
    actions=(Action("2025-01-08", "Senate", "REFERRED TO CODES"),),
    versions=(Version(""),),
    version="",
    votes=(),
    same_as=(),
    previous_versions=(),
)


@st.composite
def histories(draw: st.DrawFn) -> list[Bill]:
    """The states of one bill, each different from the one before. No text comes back once it was left, so that
    what a late source says cannot be mistaken for a return (see test_a_return_...)."""
    states = [EMPTY]
    for n in range(draw(st.integers(1, 7))):
        steps = draw(st.lists(st.sampled_from(STEPS), min_size=1, max_size=3, unique=True))
        state = states[-1]
        for step in steps:
            state = step(state, f"{n}{draw(st.integers(0, 9))}")
        states.append(state)
    return states


def _appended(bill: Bill, mark: str) -> Bill:
    lines = bill.actions or ()
    return msgspec.structs.replace(
        bill, actions=(*lines, Action(f"2025-02-{len(lines):02}", "Senate", f"REPORTED {mark}"))
    )


def _repeated(bill: Bill, mark: str) -> Bill:
    return msgspec.structs.replace(bill, actions=(*(bill.actions or ()), (bill.actions or ())[-1]))


def _rewritten(bill: Bill, mark: str) -> Bill:
    lines = list(bill.actions or ())
    at = int(mark) % len(lines)
    lines[at] = Action(lines[at].date, "Senate", f"REWRITTEN {mark}")
    return msgspec.structs.replace(bill, actions=tuple(lines))


def _retitled(bill: Bill, mark: str) -> Bill:
    return msgspec.structs.replace(bill, title=f"Relates to matter {mark}")


def _advanced(bill: Bill, mark: str) -> Bill:
    return msgspec.structs.replace(bill, status=f"STATUS_{mark}")


def _joined(bill: Bill, mark: str) -> Bill:
    names = bill.sponsors or ()
    free = [s for s in MEMBERS if s not in {n.short for n in names}]
    joined = tuple(Sponsorship(MEMBERS[s], s) for s in free[:1])
    return msgspec.structs.replace(bill, sponsors=names + joined)


def _linked(bill: Bill, mark: str) -> Bill:
    return msgspec.structs.replace(
        bill, same_as=tuple(dict.fromkeys((*(bill.same_as or ()), f"ny/2025/A{int(mark) + 1}")))
    )


def _voted(bill: Bill, mark: str) -> Bill:
    vote = Vote(f"2025-03-{int(mark) % 28 + 1:02}", "Senate", "committee", f"Codes {mark}", counts=(("aye", 5),))
    return msgspec.structs.replace(bill, votes=(*(bill.votes or ()), vote))


def _printed(bill: Bill, mark: str) -> Bill:
    letter = "ABCDEFGH"[len(bill.versions or ()) - 1]
    return msgspec.structs.replace(bill, version=letter, versions=(*(bill.versions or ()), Version(letter)))


STEPS: list[Callable[[Bill, str], Bill]] = [
    *(_appended, _appended, _repeated, _rewritten, _retitled, _advanced, _joined, _linked, _voted, _printed)
]


def api(bill: Bill) -> Bill:
    """Full and short names, all facts."""
    return bill


def lbdc(bill: Bill) -> Bill:
    """Short names in capitals, no status, a title without its ending blanks, links in another order."""
    return msgspec.structs.replace(
        bill,
        status=None,
        title=(bill.title or "").upper(),
        sponsors=tuple(Sponsorship(s.short, s.short, s.role) for s in bill.sponsors or ()),
        same_as=tuple(reversed(bill.same_as or ())),
        previous_versions=None,
    )


def site(bill: Bill) -> Bill:
    """Full names only, no title, a summary set otherwise, no prints."""
    return msgspec.structs.replace(
        bill,
        title=None,
        abstract=f"  {bill.abstract} ",
        sponsors=tuple(Sponsorship(s.name, "", s.role) for s in bill.sponsors or ()),
        actions=tuple(Action(a.date, a.chamber, a.text) for a in bill.actions or ()),
        versions=None,
        version=None,
    )


RENDITIONS: dict[str, Callable[[Bill], Bill]] = {"open-legislation": api, "lbdc": lbdc, "senate": site}


class Watcher:
    """What `Recorder` does with answers, without the store: own last answers, what is held, what was told."""

    def __init__(self) -> None:
        self.seen: dict[str, Bill] = {}
        self.held = EMPTY
        self.recent = False  # whether all of this happens within the same days
        self.news: list[Difference] = []
        self.told: Counter[tuple[str, str, str]] = Counter()

    def sees(self, source: str, new: Bill) -> list[Difference]:
        own, others = self.seen.get(source), self.seen.keys() - {source}
        if not self.seen:
            news, self.held = [], new
        elif not others and own:
            news, self.held = differences(own, new), new
        else:
            order = list(RENDITIONS)
            before = [self.seen[s] for s in order[: order.index(source)] if s in self.seen]
            after = [self.seen[s] for s in order[order.index(source) + 1 :] if s in self.seen]
            recent = self.told if self.recent else Counter[tuple[str, str, str]]()
            news, self.held = news_of(self.held, own, new, self.told, Voices(before, after, recent))
        self.seen[source] = new
        self.told.update((d.kind, d.was, d.now) for d in news)
        self.news += news
        return news


@st.composite
def walks(draw: st.DrawFn) -> tuple[list[Bill], list[tuple[str, int]]]:
    """A history, and which source was seen at which of its states: each goes forward at its own pace to the end."""
    truth = draw(histories())
    sources = draw(st.lists(st.sampled_from(list(RENDITIONS)), min_size=2, max_size=3, unique=True))
    at = dict.fromkeys(sources, 0)
    seen = [(source, 0) for source in sources]
    for source in draw(st.lists(st.sampled_from(sources), max_size=14)):
        at[source] = draw(st.integers(at[source], len(truth) - 1))
        seen.append((source, at[source]))
    return truth, seen + [(source, len(truth) - 1) for source in draw(st.permutations(sources))]


def s404(**facts: object) -> Bill:
    return msgspec.structs.replace(EMPTY, **facts)


def lines(*texts: str) -> tuple[Action, ...]:
    return tuple(Action("2025-02-11", "Senate", text) for text in texts)
