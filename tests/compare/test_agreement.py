"""Several sources, one story: what each tells late or otherwise is told once, and a first sight invents nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from billwatch.bill import Action, Bill, Sponsorship, Version, Vote
from billwatch.compare.agreement import agree, disagreements, same_member
from billwatch.compare.changes import Difference, differences, key_of, line_of
from billwatch.compare.news import Voices, news_of

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


# -- one true history, told by several sources


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


# The same walks every time: about one in ten thousand meets a gap that is written down at the end of this file.
WALKING = settings(max_examples=150, deadline=None, derandomize=True)


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


def came(found: Iterable[Difference]) -> Counter[tuple[str, str]]:
    """What came, by kind and in the same words for every source; a correction is no second arrival."""
    return Counter(_heard(d) for d in found if d.now and d.kind != "action-edited")


def went(found: Iterable[Difference]) -> Counter[tuple[str, str]]:
    """The lines that were taken out or rewritten."""
    return Counter(("gone", d.was) for d in found if d.kind in ("action-edited", "action-removed"))


def true_steps(truth: list[Bill]) -> list[Difference]:
    """All that happened, step by step; a line that was rewritten went, and its new wording came."""
    steps = [d for old, new in pairwise(truth) for d in differences(old, new)]
    return steps + [Difference("action", now=d.now, item=d.item) for d in steps if d.kind == "action-edited"]


def _heard(d: Difference) -> tuple[str, str]:
    if isinstance(d.item, Sponsorship):
        return d.kind, next(short for short, full in MEMBERS.items() if d.item.name in (short, full))
    kinds = {"print-added": "version", "action-inserted": "action"}
    return kinds.get(d.kind, d.kind), " ".join(d.now.casefold().split())


@WALKING
@given(walks())
def test_nothing_is_told_more_often_than_it_happened(walk: tuple[list[Bill], list[tuple[str, int]]]) -> None:
    """However the sources lag, skip and format: what came to pass once is told at most once."""
    truth, seen = walk
    watcher = Watcher()
    for source, at in seen:
        watcher.sees(source, RENDITIONS[source](truth[at]))
    happened = true_steps(truth)
    assert came(watcher.news) - came(happened) == Counter()
    assert went(watcher.news) - went(happened) == Counter()


@WALKING
@given(walks())
def test_what_is_held_in_the_end_is_the_truth(walk: tuple[list[Bill], list[tuple[str, int]]]) -> None:
    """When every source has caught up, what we hold agrees with the truth, and no source with another disagrees."""
    truth, seen = walk
    watcher = Watcher()
    for source, at in seen:
        watcher.sees(source, RENDITIONS[source](truth[at]))
    for fact in ("title", "status", "abstract", "version", "sponsors", "same_as", "versions"):
        if getattr(watcher.held, fact) is not None:
            assert agree(fact, getattr(watcher.held, fact), getattr(truth[-1], fact)), fact
    assert list(map(key_of, watcher.held.actions or ())) == list(map(key_of, truth[-1].actions or ()))
    assert disagreements(watcher.seen) == []


@WALKING
@given(walks(), st.integers(0, 4), st.integers(0, 3))
def test_every_appended_line_that_a_source_saw_coming_is_told_once(
    walk: tuple[list[Bill], list[tuple[str, int]]], start: int, n: int
) -> None:
    """Where lines are only ever appended, each line beyond what we saw first is told once, whoever joins late."""
    truth, seen = walk
    start = min(start, len(truth) - 1)
    seen = [(seen[0][0], start), *((source, max(at, start)) for source, at in seen[1 + n :])]
    seen += [(source, len(truth) - 1) for source, _ in walk[1]]
    longest = [msgspec.structs.replace(EMPTY, actions=(EMPTY.actions or ()) + _tail(n)) for n in range(len(truth))]
    watcher = Watcher()
    for source, at in seen:
        watcher.sees(source, RENDITIONS[source](longest[at]))
    assert came(watcher.news) == came(differences(longest[start], longest[-1]))
    assert all(d.kind == "action" for d in watcher.news)


def _tail(n: int) -> tuple[Action, ...]:
    """Lines of which every third repeats the one before: New York's "AMENDED 404A" is written twice, too."""
    return tuple(Action("2025-02-11", "Senate", f"REPORTED {i - (i % 3 == 2)}") for i in range(n))


# -- what each rule is for


def s404(**facts: object) -> Bill:
    return msgspec.structs.replace(EMPTY, **facts)


def lines(*texts: str) -> tuple[Action, ...]:
    return tuple(Action("2025-02-11", "Senate", text) for text in texts)


def told(news: list[Difference]) -> list[tuple[str, str, str]]:
    return [(d.kind, d.was, d.now) for d in news]


@given(histories(), st.sampled_from(list(RENDITIONS)), st.data())
def test_a_first_sight_invents_nothing(truth: list[Bill], source: str, data: st.DataObject) -> None:
    """A source that is asked for the first time tells of nothing but lines beyond the history we hold."""
    held = data.draw(st.sampled_from(truth))
    news, after = news_of(held, None, RENDITIONS[source](truth[-1]), Counter(), Voices([held]))
    assert {d.kind for d in news} <= {"action"}
    assert (after.title, after.status, after.same_as) == (held.title, held.status, held.same_as)


def test_a_first_sight_fills_what_nobody_carried() -> None:
    """What no source gave until now is taken over without a word."""
    news, after = news_of(s404(abstract=None), None, s404(abstract="All of it"), Counter())
    assert (told(news), after.abstract) == ([], "All of it")


def test_news_of_the_slower_source_is_not_told_again() -> None:
    """The Assembly's page shows a day later what the Senate's interface told yesterday."""
    watcher = Watcher()
    for source in RENDITIONS:
        watcher.sees(source, RENDITIONS[source](EMPTY))
    new = s404(title="Relates to the end", actions=(EMPTY.actions or ()) + lines("REPORTED"))
    assert [d.kind for d in watcher.sees("lbdc", lbdc(new))] == ["title", "action"]
    assert watcher.sees("open-legislation", api(new)) == []
    assert watcher.sees("senate", site(new)) == []


def test_a_second_equal_line_is_told_though_the_first_was_heard_elsewhere() -> None:
    """New York writes the same line twice; a source that brings both tells the one that we have not heard."""
    watcher = Watcher()
    watcher.sees("open-legislation", s404(actions=lines("REFERRED TO CODES")))
    watcher.sees("lbdc", lbdc(s404(actions=lines("REFERRED TO CODES", "AMENDED 404A"))))
    twice = s404(actions=lines("REFERRED TO CODES", "AMENDED 404A", "AMENDED 404A"))
    assert told(watcher.sees("open-legislation", twice)) == [("action", "", "2025-02-11 Senate: AMENDED 404A")]
    assert watcher.sees("lbdc", lbdc(twice)) == []


def test_a_wording_known_from_elsewhere_is_not_held_twice() -> None:
    """One source saw only the rewritten line, the other sees it rewritten: the history holds it once."""
    watcher = Watcher()
    watcher.sees("open-legislation", s404(actions=lines("REFERRED TO CODES", "REPORTED")))
    watcher.sees("lbdc", lbdc(s404(actions=lines("REFERRED TO CODES"))))
    new = s404(actions=lines("REFERRED TO CODES", "1ST REPORT CAL.77"))
    watcher.sees("lbdc", lbdc(new))
    assert [d.kind for d in watcher.sees("open-legislation", new)] == ["action-edited"]
    assert watcher.held.actions == new.actions


def test_the_history_has_the_order_of_the_source_that_has_it_all() -> None:
    """A line heard from one source comes behind, one in between from another: in the end it stands in its place."""
    watcher = Watcher()
    for source in ("open-legislation", "senate"):
        watcher.sees(source, s404(actions=lines("A")))
    watcher.sees("senate", s404(actions=lines("A", "C")))
    watcher.sees("open-legislation", s404(actions=lines("A", "B", "C")))
    assert watcher.held.actions == lines("A", "B", "C")


def test_the_leading_source_does_not_go_a_known_way_again() -> None:
    """A status that another source has told us to be left behind is not told by one that arrives there late."""
    watcher = Watcher()
    watcher.sees("senate", s404(status="B"))
    watcher.sees("senate", s404(status="C"))
    watcher.sees("open-legislation", s404(status="A"))
    assert watcher.sees("open-legislation", s404(status="B")) == []
    assert watcher.sees("open-legislation", s404(status="C")) == []
    assert watcher.held.status == "C"


def test_only_the_leading_source_moves_a_fact_on_which_they_differ() -> None:
    """Where titles differ between sources, an edit by the one that leads is news, by another it is not."""
    watcher = Watcher()
    watcher.sees("open-legislation", s404(title="Relates to bail"))
    watcher.sees("lbdc", s404(title="An act on bail"))
    assert watcher.sees("lbdc", s404(title="An act on bail reform")) == []
    assert told(watcher.sees("open-legislation", s404(title="Relates to bail reform"))) == [
        ("title", "Relates to bail", "Relates to bail reform")
    ]


def test_a_line_that_got_another_date_while_a_source_was_away_is_a_correction() -> None:
    """LBDC told of a substitution, which the interface, when it comes back, dates a day earlier: A1556 of 2025."""
    reported = Action("2025-06-17", "Assembly", "REPORTED")
    heard, since = (Action(f"2025-06-{day}", "Assembly", "SUBSTITUTED BY S1239E") for day in (18, 17))
    old, was, now = (s404(actions=(reported, *more)) for more in ((), (heard,), (since,)))
    news, held = news_of(was, old, now, Counter({("action", "", line_of(heard)): 1}))
    assert told(news) == [("action-edited", line_of(heard), line_of(since))]
    assert held.actions == now.actions


def test_a_line_rewritten_before_a_late_source_has_read_it_is_a_correction() -> None:
    """The Assembly told of PASSED; LBDC reads REPASSED, and has never known it otherwise: A8069 of 2025."""
    start, rest = lines("AMENDED"), lines("COMMITTED TO RULES")
    old, held, new = (s404(actions=start + more) for more in ((), lines("PASSED"), lines("REPASSED") + rest))
    news, after = news_of(held, old, new, Counter({("action", "", line_of(lines("PASSED")[0])): 1}))
    assert [(kind, now) for kind, _, now in told(news)] == [
        ("action-edited", line_of(lines("REPASSED")[0])),
        ("action", line_of(rest[0])),
    ]
    assert news_of(after, held, new, Counter(told(news)))[0] == []


def test_a_late_echo_moves_nothing() -> None:
    """A link went and came back; the late source loses it only then, and is not believed, nor when it has it again."""
    link, none = s404(same_as=("ny/2025/A5373",)), s404(same_as=())
    heard = Counter({("same-as-removed", "ny/2025/A5373", ""): 1, ("same-as-added", "", "ny/2025/A5373"): 1})
    news, held = news_of(link, link, none, heard, Voices(before=[link]))
    assert (news, held.same_as) == ([], link.same_as)
    assert news_of(held, none, link, heard, Voices(before=[link])) == ([], link)


def test_a_source_that_stands_in_alone_tells_of_rewritten_lines_too() -> None:
    """LBDC is asked instead of the interface and has a line rewritten: nobody else is left to tell. S7542 of 2025."""
    was, now = lines("AMEND AND RECOMMIT"), lines("AMEND (T) AND RECOMMIT")
    news, held = news_of(s404(actions=was), None, s404(actions=now), Counter())
    assert told(news) == [("action-edited", line_of(was[0]), line_of(now[0]))]
    assert held.actions == now
    other = Voices(before=[s404(actions=was)])
    assert news_of(s404(actions=was), None, s404(actions=now), Counter(), other)[0] == []


def test_a_leader_that_comes_back_tells_what_was_missed_meanwhile() -> None:
    """S4735 of 2025: others told of print A without its same-as link; the interface, days later, has B and the link."""
    old = s404(version="", same_as=("ny/2025/A5373",))
    held, new = s404(version="A", same_as=()), s404(version="B", same_as=("ny/2025/A5373",))
    before = Counter([("version", "S404", "S404A"), ("same-as-removed", "ny/2025/A5373", "")])
    voices = Voices(after=[held], recent=before)
    assert told(news_of(held, old, new, before, voices)[0]) == [], "it may be a day behind, like any other"
    news, now = news_of(held, old, new, before, msgspec.structs.replace(voices, returning=True))
    assert told(news) == [("version", "S404A", "S404B"), ("same-as-added", "", "ny/2025/A5373")]
    assert (now.version, now.same_as) == ("B", ("ny/2025/A5373",))
    led = msgspec.structs.replace(voices, returning=True, before=[held], after=[])
    assert told(news_of(held, old, new, before, led)[0]) == [], "who does not lead has no say in it"


@pytest.mark.parametrize(
    ("short", "full", "same"),
    [
        ("GOUNARDES", "Andrew Gounardes", True),
        ("ROSENTHAL L", "Linda B. Rosenthal", True),
        ("PARKER", "Kevin S. Parker", True),
        ("SEPULVEDA", "Luis R. Sepúlveda", True),
        ("HOYLMAN", "Brad Hoylman-Sigal", True),
        ("PERSAUD", "Roxanne J. Persaud", True),
        ("PARKER", "Kevin S. Thomas", False),
    ],
)
def test_short_and_full_names(short: str, full: str, same: bool) -> None:
    """One source prints the short name, another the full one: the same person; two short names are compared whole."""
    assert same_member(Sponsorship(short, short), Sponsorship(full)) is same
    assert same_member(Sponsorship(full), Sponsorship(short, short)) is same
    assert not same_member(Sponsorship("ROSENTHAL D", "ROSENTHAL D"), Sponsorship("ROSENTHAL L", "ROSENTHAL L"))


@pytest.mark.parametrize(
    ("fact", "a", "b", "same"),
    [
        ("title", "Relates to bail", "RELATES  TO BAIL", True),
        ("title", "Relates to bail", "Relates to jail", False),
        ("same_as", ("ny/2025/A1", "ny/2025/A2"), ("ny/2025/A2", "ny/2025/A1"), True),
        ("same_as", ("ny/2025/A1",), (), False),
        ("actions", lines("A", "A"), lines("A"), False),
        ("actions", lines("a"), lines("A"), True),
        (
            "sponsors",
            (Sponsorship("A", "A", "primary"), Sponsorship("B", "B")),
            (Sponsorship("B", "B", "primary"),),
            False,
        ),
        (
            "abstract",
            "Requires all social media platforms to tell; defines",
            "requires all social media platforms to tell",
            True,
        ),
        ("abstract", "Requires; defines", "Requires", False),
        ("status", None, None, True),
        ("status", None, "LOST", False),
    ],
)
def test_agreement_allows_for_what_each_source_prints(fact: str, a: object, b: object, same: bool) -> None:
    """Case, order, short names and summaries cut at a semicolon are no disagreement; everything else is one."""
    assert agree(fact, a, b) is agree(fact, b, a) is same


def test_disagreements_name_every_source_that_carries_the_fact() -> None:
    """Both opinions are shown, in the order of the sources, and a source without the fact has none."""
    answers = {
        "open-legislation": s404(title="Relates to bail"),
        "lbdc": s404(title="Relates to jail"),
        "senate": site(EMPTY),
    }
    assert disagreements(answers) == [
        ("title", "open-legislation", "Relates to bail"),
        ("title", "lbdc", "Relates to jail"),
    ]
    behind = {"open-legislation": s404(actions=lines("A", "B")), "lbdc": s404(actions=())}
    assert disagreements(behind) == [
        ("actions", "open-legislation", "2 lines, the last 2025-02-11 Senate: B"),
        ("actions", "lbdc", "no line"),
    ]
    assert disagreements({"lbdc": EMPTY}) == disagreements({}) == []


# -- what we know to be missing


def test_a_return_seen_late_is_not_told_twice() -> None:
    """The status went to B and back to A; a source that lags then shows B, which we take for a new step."""
    watcher = Watcher()
    for source in ("open-legislation", "senate"):
        watcher.sees(source, s404(status="A"))
    watcher.sees("open-legislation", s404(status="B"))
    watcher.sees("open-legislation", s404(status="A"))
    assert watcher.sees("senate", s404(status="B")) == []


def test_lines_rewritten_twice_and_sampled_apart_end_as_the_truth() -> None:
    """Found by a walk: when both sources say the same in the end, what we hold should be that, too."""
    watcher = Watcher()
    first, second = lines("REFERRED", "REFERRED"), lines("REFERRED", "B")
    for source, actions in (
        *(("open-legislation", lines("REFERRED")), ("lbdc", lines("REFERRED")), ("open-legislation", first)),
        *(("lbdc", lines("C", "B")), ("open-legislation", second), ("open-legislation", lines("C", "B"))),
    ):
        watcher.sees(source, s404(actions=actions))
    assert watcher.held.actions == lines("C", "B")


def test_a_source_that_steps_back_undoes_nothing_while_others_show_it() -> None:
    """A stale page lacks yesterday's line and link; when the others drop them as well, the last of them tells."""
    watcher = Watcher()
    watcher.recent = True
    first = s404(actions=lines("A"), same_as=())
    second = s404(actions=lines("A", "B"), same_as=("ny/2025/A1",), status="IN_SENATE_COMM")
    for state in (first, second):
        for source in ("open-legislation", "senate"):
            watcher.sees(source, RENDITIONS[source](state))
    assert [d.kind for d in watcher.news] == ["status", "same-as-added", "action"]
    assert watcher.sees("open-legislation", first) == []
    assert (watcher.held.actions, watcher.held.status) == (second.actions, second.status)
    assert watcher.sees("open-legislation", second) == []
    assert watcher.sees("open-legislation", first) == []
    assert sorted(d.kind for d in watcher.sees("senate", site(first))) == [
        "action-removed",
        "same-as-removed",
        "status",
    ]
    assert watcher.held.actions == first.actions
