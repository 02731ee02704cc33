"""Several sources, one story: what each tells late or otherwise is told once, and a first sight invents nothing."""

from __future__ import annotations

from collections import Counter

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from billwatch.bill import Action, Bill, Sponsorship
from billwatch.compare.agreement import agree, disagreements, same_member
from billwatch.compare.changes import Difference, line_of
from billwatch.compare.news import news_of
from billwatch.compare.voices import Voices
from retelling import EMPTY, RENDITIONS, Watcher, api, histories, lbdc, lines, s404, site

# -- what each rule is for


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


def test_the_example_of_the_rule() -> None:
    """What news.py tells of a week: one source goes ahead, the other follows, shows an old page, and both lose it."""
    reported, passed = s404(actions=lines("REPORTED")), s404(actions=lines("REPORTED", "PASSED SENATE"))
    watcher = Watcher()
    for source in ("open-legislation", "senate"):
        watcher.sees(source, RENDITIONS[source](reported))
    assert [d.kind for d in watcher.sees("open-legislation", passed)] == ["action"]
    assert watcher.sees("senate", site(passed)) == []
    assert watcher.sees("senate", site(reported)) == [] and watcher.held.actions == passed.actions
    assert [d.kind for d in watcher.sees("open-legislation", reported)] == ["action-removed"]


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
