"""The form up to the letter: what is shown, what is kept, and that the answer tells nothing of anybody."""

from __future__ import annotations

import html
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts.signup.desk import FORM, SITE, Desk
from billwatch_site.alerts.signup.service import HEADERS

EVA = "eva@example.org"


# --- what is shown -----------------------------------------------------------------------------------------------


def test_the_form_names_every_topic_with_its_explanation(desk: Desk) -> None:
    """Somebody who does not know the words finds them explained."""
    page = desk.get("/")
    assert page.status == 200 and page.heading == "Get alerts by mail"
    assert 'value="topic:age-verification"' in page.text and 'value="topic:privacy"' in page.text
    assert page.text.count('class="explained"') >= 20
    assert 'value="topic:age-verification" checked' in desk.get("/?topic=age-verification").text


def test_a_bill_is_found_in_any_spelling(desk: Desk) -> None:
    """Each session's bill of the number is offered, the latest ticked, with its relatives unless it is to be alone."""
    page = desk.post("/preview", FORM | {"follow": "", "bills": "s. 09191-A, A 5346"})
    assert page.ticked() == ["family:ny/2025/S9191", "family:ny/2025/A5346"]
    assert 'value="family:ny/2017/S9191">' in page.text
    assert "A5346 of 2025–2026 and its family" in page.text and "family is the same bill in the other" in page.text
    alone = desk.post("/preview", FORM | {"follow": "", "bills": "S4505", "alone": "yes"})
    assert alone.ticked() == ["bill:ny/2025/S4505"]


def test_a_number_that_is_not_followed_is_said(desk: Desk) -> None:
    """Nobody waits for news that cannot come."""
    page = desk.post("/preview", FORM | {"bills": "S1, S4505-2025, 9191"})
    assert "Not followed here: S1." in page.text
    assert "family:ny/2025/S4505" in page.ticked() and "family:ny/2025/S9191" in page.ticked()


def test_the_preview_counts_what_would_have_come(desk: Desk) -> None:
    """The mail of the last month, with the subjects it would have had, and no address asked before."""
    page = desk.post("/preview", {"follow": "family:ny/2025/S4505"})
    assert page.heading == "In the last month you would have got 2 messages"
    assert "S4505 passed the Assembly" in html.unescape(page.text)
    assert desk.state() == desk.state() and not any(desk.state().values())


def test_nobody_waits_for_the_store_to_be_read_again(desk: Desk, demonstration: Path) -> None:
    """When it has changed, what was read before answers at once; what is new answers when it has been read."""
    later: list[Callable[[], None]] = []
    slow = Desk(demonstration, reading=later.append)
    first = slow.counter.snapshot
    slow.clock.at += timedelta(hours=2)
    assert slow.counter.snapshot is first and len(later) == 1
    later[0]()
    assert slow.counter.snapshot is not first and len(later) == 1, "and it is not read again without need"


def test_a_store_that_cannot_be_read_leaves_what_was_read(desk: Desk, tmp_path: Path, caplog: Any) -> None:
    """The service goes on with what it knew, and the log says why."""
    first = desk.counter.snapshot
    (desk.data / "bills.db").rename(tmp_path / "elsewhere.db")
    (desk.data / "bills.db").write_bytes(b"no database at all, but twenty bytes")
    assert desk.counter.snapshot is first and "while reading the store" in caplog.text


def test_related_topics_are_offered(desk: Desk) -> None:
    """Those that stand on the same bills, and not those that are asked for already."""
    page = desk.post("/preview", {"follow": "family:ny/2025/S4505"})
    assert "On the same bills, most often" in page.text
    related = page.text.split("On the same bills, most often")[1].split("</fieldset>")[0]
    assert 'value="topic:social-media-minors">' in related
    asked = desk.post("/preview", {"follow": ["family:ny/2025/S4505", "topic:social-media-minors"]})
    assert 'value="topic:social-media-minors">' not in asked.text.split("<details")[0]


def test_the_static_sites_form_leads_here(desk: Desk) -> None:
    """It may come from another address and without a token, for it changes nothing; nor does it say who came."""
    page = desk.post("/preview", FORM, HTTP_SEC_FETCH_SITE="cross-site", HTTP_ORIGIN="https://bills.example.org")
    assert page.status == 200 and page.field("token")
    assert not any(desk.state().values())


def test_what_was_typed_comes_back_unharmed(desk: Desk) -> None:
    """Whatever somebody types stands on the page as text."""
    hostile = "<script>alert(1)</script>\"'><img src=x>"
    page = desk.post("/preview", FORM | {"words": hostile, "address": hostile})
    assert page.status == 200 and hostile not in page.text and "<script" not in page.text and "<img" not in page.text
    assert html.escape(hostile, quote=False) in page.text.replace("&#34;", '"').replace("&#39;", "'")


def test_every_answer_is_strict(desk: Desk) -> None:
    """Pages and mistakes alike: own style and own forms only, no cookie, no referrer, nothing kept by caches."""
    replies = [
        desk.get("/"),
        desk.post("/preview", FORM),
        desk.sign_up(EVA),
        desk.get("/nothing"),
        desk.get("/confirm/x"),
    ]
    replies += [desk.ask("PUT", "/"), desk.post("/subscribe", b"\xff=%ff"), desk.post("/preview", b"x" * 70_000)]
    for reply in replies:
        assert dict(reply.headers).items() >= HEADERS.items(), reply.status
        assert not [name for name, _ in reply.headers if name.lower() in ("set-cookie", "server", "location")]
        assert "<script" not in reply.text and "style=" not in reply.text and SITE.title in reply.text
    assert [reply.status for reply in replies] == [200, 200, 200, 404, 403, 405, 400, 413]


def test_style_is_served_from_here_and_kept(desk: Desk) -> None:
    """The site's own, under a name that changes with it; nothing else is a file."""
    page = desk.get("/")
    for name in [part.split('"')[0] for part in page.text.split('href="./')[1:] if ".css" in part[:40]]:
        style = desk.get(f"/{name}")
        assert style.status == 200 and dict(style.headers)["Content-Type"].startswith("text/css")
        assert "immutable" in dict(style.headers)["Cache-Control"]
    assert desk.get("/../bills.db").status == 404 and desk.get("/bills.db").status == 404
    assert desk.get("/robots.txt").body == b"User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize(
    "fields",
    [
        {"follow": "topic:nonsense"},
        {"follow": "bill:../../etc/passwd"},
        {"follow": "family:us/119/HR1"},
        {"follow": "subscriber:x"},
        {"follow": "words:"},
        {"follow": [f"words:{n} words" for n in range(70)]},
        {"strength": "loud"},
        {"rhythm": "hourly"},
        {"dates": "roman"},
        {"words": "x" * 81},
        {"words": "a\x00b"},
    ],
    ids=lambda fields: str(fields)[:50],
)
def test_what_our_form_could_not_have_sent_is_refused(desk: Desk, fields: dict[str, Any]) -> None:
    """With a page that says so, and nothing kept."""
    assert desk.post("/preview", FORM | fields).status == 400
    assert desk.sign_up(EVA, **fields).status == 400
    assert not any(desk.state().values())


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.one_of(st.binary(max_size=300), st.text(max_size=100).map(lambda t: f"follow={t}&words={t}".encode())))
def test_any_body_is_answered(desk: Desk, body: bytes) -> None:
    """Whatever is sent, the service answers with a page of its own, and keeps nothing."""
    for path in ("/preview", "/subscribe", "/confirm/x", "/manage/x", "/unsubscribe/x", "/"):
        assert desk.post(path, body).status in (200, 400, 403, 405)
    assert not any(desk.state().values())


# --- what is kept ------------------------------------------------------------------------------------------------


def test_without_a_token_of_the_last_hours_nothing_is_kept(desk: Desk) -> None:
    """Another site's form has none, an old one is over, and one of another purpose is none; the page comes again."""
    tokens = ["", "x", desk.tokens.token("confirm", "sign-up"), desk.tokens.token("unsubscribe", "sign-up")]
    old = desk.tokens.token("form", "sign-up")
    desk.clock.at += timedelta(hours=5)
    for token in [*tokens, old]:
        page = desk.sign_up(EVA, token=token)
        assert page.status == 400 and "Press the button once more" in page.text
        assert page.field("token") not in (token, "") and page.ticked() == ["topic:privacy"] and EVA in page.text
    assert not any(desk.state().values())


def test_a_form_from_another_site_is_not_taken(desk: Desk) -> None:
    """Where the browser says so; a token is no help then."""
    token = desk.tokens.token("form", "sign-up")
    for origin in ("cross-site", "same-site"):
        fields = FORM | {"address": EVA, "token": token}
        assert desk.post("/subscribe", fields, HTTP_SEC_FETCH_SITE=origin).status == 400
    assert not any(desk.state().values())
    assert desk.post("/subscribe", fields, HTTP_SEC_FETCH_SITE="same-origin").status == 200


@pytest.mark.parametrize("address", ["", "eva", "eva@example", "eva@example.org\nBcc: x@y.org", "é@example.org"])
def test_a_bad_address_is_said_and_what_was_chosen_stays(desk: Desk, address: str) -> None:
    """The page comes back as it was, with one sentence."""
    page = desk.sign_up(address)
    assert page.status == 400 and 'role="alert"' in page.text and page.ticked() == ["topic:privacy"]
    assert not any(desk.state().values())


def test_nothing_to_follow_is_said(desk: Desk) -> None:
    """An empty wish is no wish."""
    assert "Tick something" in desk.sign_up(EVA, follow="").text
    assert desk.post("/preview", {}).status == 400
    assert not any(desk.state().values())


# --- one answer for everybody --------------------------------------------------------------------------------------


def known(desk: Desk, address: str) -> None:
    desk.confirmed(address)


def pending(desk: Desk, address: str) -> None:
    desk.sign_up(address)
    desk.attend()


def suspended(desk: Desk, address: str) -> None:
    subscriber = desk.confirmed(address)
    with desk.counter.people() as people, people.atomic():
        people.db.conn.execute("update subscribers set suspended_at = '2025-06-01' where id = ?", (subscriber,))


def new(desk: Desk, address: str) -> None:
    """Nobody has heard of it."""


STATES: tuple[Callable[[Desk, str], None], ...] = (new, pending, known, suspended)


def test_the_answer_tells_nothing_of_the_address(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """New, pending, known or suspended: the same status, headers and bytes, 200 times each; times are printed."""
    addresses = {state: f"{state.__name__}@example.org" for state in STATES}
    for state, address in addresses.items():
        state(desk, address)
    answers, times = set(), {state.__name__: [] for state in STATES}  # type: ignore[var-annotated] # of floats
    for _ in range(200):
        for state, address in addresses.items():
            token = desk.tokens.token("form", "sign-up")
            start = time.perf_counter()
            reply = desk.post("/subscribe", FORM | {"address": address, "token": token})
            times[state.__name__].append(time.perf_counter() - start)
            answers.add((reply.status, tuple(reply.headers), reply.body))
    assert len(answers) == 1
    medians = ", ".join(f"{name} {statistics.median(found) * 1000:.2f} ms" for name, found in times.items())
    with capsys.disabled():
        print(f"\n  medians of 200 answers: {medians}")


def test_the_links_pages_do_not_tell_either(desk: Desk) -> None:
    """A link signed for somebody who is gone says no more than one that has done its work."""
    gone = desk.tokens.token("unsubscribe", "nobody")
    subscriber = desk.confirmed(EVA)
    there = desk.tokens.token("unsubscribe", subscriber)
    assert desk.get(f"/unsubscribe/{gone}").text.replace(gone, "") == desk.get(f"/unsubscribe/{there}").text.replace(
        there, ""
    )
    assert desk.post(f"/unsubscribe/{gone}").body == desk.post(f"/unsubscribe/{there}").body


# --- not too often -------------------------------------------------------------------------------------------------


def test_a_network_asks_a_few_times_an_hour(demonstration: Any) -> None:
    """The sixth form of an hour is not taken, from whatever address of the network; another network is let in."""
    desk = Desk(demonstration)
    token = desk.tokens.token("form", "sign-up")
    fields = FORM | {"token": token}
    statuses = [
        desk.post("/subscribe", fields | {"address": f"e{n}@example.org"}, REMOTE_ADDR=f"203.0.113.{n}").status
        for n in range(7)
    ]
    assert statuses == [200] * 5 + [429] * 2
    assert desk.post("/subscribe", fields | {"address": EVA}, REMOTE_ADDR="198.51.100.1").status == 200
    behind = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.9"}
    assert desk.post("/subscribe", fields | {"address": EVA}, **behind).status == 429
    desk.clock.at += timedelta(hours=1)
    assert desk.post("/subscribe", fields | {"address": EVA}).status == 200


def test_a_thousand_forms_are_one_letter(desk: Desk) -> None:
    """Whoever is bombed gets one letter a day, however the address is spelt."""
    spellings = (EVA, "EVA@example.org", "eva+a@example.org", "Eva+b@EXAMPLE.ORG")
    for n in range(1000):
        desk.sign_up(spellings[n % 4])
        if n % 100 == 0:
            desk.attend()
    desk.attend()
    assert [letter["To"] for letter in desk.letters()] == [EVA]
    desk.clock.at += timedelta(days=1, minutes=1)
    desk.sign_up(EVA)
    desk.attend()
    assert len(list(desk.letters())) == 2


def test_what_breaks_is_logged_without_anybodys_address(desk: Desk, caplog: Any) -> None:
    """The page says that it is our fault; the log says what and where, and neither who nor from where."""
    (desk.data / "subscribers.db").unlink(missing_ok=True)
    (desk.data / "subscribers.db").mkdir()
    reply = desk.sign_up(EVA)
    assert reply.status in (500, 503) and EVA not in reply.text
    desk.counter.numbers = lambda text: 1 / 0  # type: ignore[assignment,return-value] # that is the point
    assert desk.post("/preview", FORM | {"address": EVA}).status == 500
    assert "ZeroDivisionError at desk" not in caplog.text and "ZeroDivisionError at test_service.py" in caplog.text
    assert EVA not in caplog.text and "203.0.113" not in caplog.text
