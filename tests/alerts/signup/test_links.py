"""Links of letters: looking changes nothing, the button acts, and only for whom and for what the link was signed."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from alerts.signup.desk import FORM, SERVICE, Desk
from billwatch_site.alerts.subscriptions import NAME

EVA, ADAM = "eva@example.org", "adam@example.org"
PURPOSES = ("confirm", "manage", "unsubscribe")
SAVED = {"rhythm": "weekly", "dates": "iso", "strength": "notable"}


def links_on(text: str) -> list[str]:
    """Every address on a page, as a scanner follows them."""
    return [unescape(found) for found in re.findall(r'(?:href|src|action|formaction)="([^"]+)"', text)]


def as_scanner(desk: Desk, start: list[str]) -> int:
    """Fetch every link and what it leads to, in every way that only asks; how many requests that took."""
    seen: set[str] = set()
    queue = list(start)
    while queue:
        path = queue.pop()
        if path in seen or not path.startswith("/"):
            continue
        seen.add(path)
        for method in ("GET", "HEAD", "OPTIONS"):
            reply = desk.ask(method, path, HTTP_USER_AGENT="LinkScanner/1.0")
        base = path.rsplit("/", 1)[0]
        found = links_on(desk.get(path).text)
        queue += [
            re.sub(r"/[^/]+/\.\./", "/", f"{base}/{link.removeprefix('./')}") for link in found if "://" not in link
        ]
        assert reply.status in (200, 404, 405, 403)
    return len(seen)


# --- confirm -------------------------------------------------------------------------------------------------------


def test_the_letter_says_what_was_asked_and_nothing_that_was_typed(desk: Desk) -> None:
    """Bills and topics in our words, searches only counted; one recipient, no way to put anything in."""
    desk.sign_up(EVA, follow=["family:ny/2025/S4505", "topic:privacy"], words="Cheap pills at spam.example")
    assert desk.attend() == 1
    (letter,) = desk.letters()
    text = letter.get_content()
    assert (letter["To"], letter["Auto-Submitted"]) == (EVA, "auto-generated")
    assert letter["From"] == "Online speech and privacy bills <alerts@bills.example.org>"
    assert "S4505 of 2025–2026 and its family" in text and "the topic Privacy" in text and "1 search for words" in text
    assert "pills" not in letter.as_string() and "seven days" in text
    (link,) = re.findall(rf"{SERVICE}/\S+", text)
    assert link.startswith(f"{SERVICE}/confirm/")


def test_nothing_begins_before_the_button(desk: Desk) -> None:
    """The link shows what was asked; the button begins it; twice is the same as once."""
    desk.sign_up(EVA, follow=["family:ny/2025/S4505", "topic:privacy"], rhythm="at-once", strength="all")
    desk.attend()
    (link,) = desk.links()
    page = desk.get(link)
    assert page.heading == "Is this what you asked for?" and "e…@example.org" in page.text and EVA not in page.text
    assert "The topic Privacy" in page.text and "How much: everything. How often: as soon as we see it." in page.text
    with desk.counter.people() as people:
        assert not people.find(EVA).confirmed_at and not people.subscriptions(people.find(EVA).id)  # type: ignore[union-attr]
    assert desk.post(link).heading == "It begins"
    with desk.counter.people() as people:
        eva = people.find(EVA)
        assert eva and eva.confirmed_at and (eva.rhythm, eva.urgent) == ("at-once", False)
        follows = {(s.kind, s.target, s.strength) for s in people.subscriptions(eva.id)}
    assert follows == {("family", "ny/2025/S4505", "all"), ("topic", "privacy", "all")}
    before = desk.state()
    assert desk.post(link).heading == desk.get(link).heading == "This link has done its work"
    assert desk.state() == before


def test_a_confirmation_expires_with_what_it_was_for(desk: Desk) -> None:
    """After seven days the link is over, and the address deleted; nothing of it is left in the file."""
    desk.sign_up(EVA)
    desk.attend()
    (link,) = desk.links()
    desk.clock.at += timedelta(days=7, seconds=1)
    assert desk.get(link).status == desk.post(link).status == 410
    desk.attend()
    assert not any(rows for name, rows in desk.state().items())
    with desk.counter.people() as people:
        people.db.conn.execute("pragma wal_checkpoint(truncate)").fetchall()
    for file in desk.data.glob(f"{NAME}*"):
        assert b"eva@" not in file.read_bytes().lower()


def test_forgotten_before_it_was_attended_to(desk: Desk) -> None:
    """Who is forgotten leaves no application behind either, though nobody has looked at it yet."""
    eva = desk.confirmed(EVA)
    desk.clock.at += timedelta(days=2)
    desk.sign_up(EVA.upper().replace("EXAMPLE.ORG", "example.org"))
    with desk.counter.people() as people:
        people.forget(eva)
    assert not any(desk.state().values()) and desk.attend() == 0


def test_what_nobody_attends_to_is_deleted_too(desk: Desk) -> None:
    """The service was stopped just after somebody had signed up: in seven days the alerts delete what it left."""
    desk.sign_up(EVA)
    desk.clock.at += timedelta(days=7, seconds=1)
    with desk.counter.people() as people:
        people.forget_unconfirmed(desk.clock.at)
    assert not any(desk.state().values())


def test_a_new_request_takes_the_place_of_the_old(desk: Desk) -> None:
    """The next day's letter counts, for seven days from then; the link of the first is over."""
    desk.sign_up(EVA, follow="topic:speech")
    desk.attend()
    (first,) = desk.links()
    desk.clock.at += timedelta(days=6)
    desk.sign_up(EVA, follow="topic:privacy")
    desk.attend()
    (second,) = desk.links()
    assert desk.post(first).heading == "This link has done its work"
    desk.clock.at += timedelta(days=6)
    desk.attend()
    assert desk.post(second).heading == "It begins"
    with desk.counter.people() as people:
        assert [s.target for s in people.subscriptions(people.find(EVA).id)] == ["privacy"]  # type: ignore[union-attr]


def test_nobody_adds_to_what_somebody_else_follows(desk: Desk) -> None:
    """A known address gets a letter too; until its owner confirms, what they get is as it was."""
    eva = desk.confirmed(EVA, follow="topic:privacy", rhythm="weekly")
    desk.clock.at += timedelta(days=2)
    desk.sign_up(EVA, follow="topic:speech", rhythm="at-once")
    desk.attend()
    *_, letter = desk.letters()
    assert "You get letters from us already" in letter.get_content()
    with desk.counter.people() as people:
        assert [s.target for s in people.subscriptions(eva)] == ["privacy"]
        assert people.get(eva).rhythm == "weekly"  # type: ignore[union-attr]
    confirm, manage = desk.links()
    assert desk.get(manage).heading == "What you get"
    desk.post(confirm)
    with desk.counter.people() as people:
        assert {s.target for s in people.subscriptions(eva)} == {"privacy", "speech"}


# --- change --------------------------------------------------------------------------------------------------------


def managed(desk: Desk, subscriber: str) -> str:
    return f"/manage/{desk.tokens.token('manage', subscriber)}"


def test_what_somebody_gets_can_be_changed_without_a_login(desk: Desk) -> None:
    """Untick, change how much, add by number and word, change the rhythm: all with one button."""
    eva = desk.confirmed(EVA, follow=["topic:privacy", "topic:speech", "family:ny/2025/S4505"])
    link = managed(desk, eva)
    page = desk.get(link)
    assert sorted(page.ticked()) == ["family:ny/2025/S4505", "topic:privacy", "topic:speech"]
    assert "e…@example.org" in page.text and EVA not in page.text
    kept = ["topic:privacy", "family:ny/2025/S4505"]
    fields: dict[str, Any] = SAVED | {"follow": kept, "strength topic:privacy": "milestones", "urgent": "yes"}
    saved = desk.post(link, fields | {"bills": "S9191 of 2017", "words": "face recognition"})
    assert saved.status == 200 and "Saved." in saved.text
    with desk.counter.people() as people:
        follows = {(s.kind, s.target, s.strength) for s in people.subscriptions(eva)}
        found = people.get(eva)
    assert follows == {
        ("topic", "privacy", "milestones"),
        ("family", "ny/2025/S4505", "notable"),
        ("family", "ny/2017/S9191", "notable"),
        ("words", "face recognition", "notable"),
    }
    assert found and (found.rhythm, found.urgent, found.dates) == ("weekly", True, "iso")
    before = desk.state()
    desk.post(link, fields | {"follow": [f"{k}:{t}" for k, t, _ in follows]})
    assert desk.state() == before


def test_what_is_not_offered_any_more_can_be_kept(desk: Desk) -> None:
    """Somebody follows a legislature that the publisher has given up: saving something else does not fail."""
    eva = desk.confirmed(EVA)
    with desk.counter.people() as people:
        people.subscribe(eva, "bill", "us/119/HR1", "all", desk.clock())
    kept = ["topic:privacy", "bill:us/119/HR1"]
    assert desk.post(managed(desk, eva), SAVED | {"follow": kept, "strength bill:us/119/HR1": "all"}).status == 200
    with desk.counter.people() as people:
        assert [s.target for s in people.subscriptions(eva)] == ["us/119/HR1", "privacy"]


def test_mistakes_change_nothing(desk: Desk) -> None:
    """What our form could not have sent is said, and everything stays."""
    eva = desk.confirmed(EVA)
    before = desk.state()
    for wrong in (
        {"rhythm": "hourly"},
        {"follow": "topic:none"},
        {"follow": "topic:privacy", "strength topic:privacy": "x"},
    ):
        assert desk.post(managed(desk, eva), FORM | wrong).status == 400
    assert desk.state() == before


def test_who_could_not_be_reached_sees_it_and_can_come_back(desk: Desk) -> None:
    """The page says since when nothing was sent; a tick ends that, and nothing else does."""
    eva = desk.confirmed(EVA)
    with desk.counter.people() as people, people.atomic():
        people.db.conn.execute("update subscribers set suspended_at = '2025-06-01T00:00:00+00:00', bounces = 3")
    link = managed(desk, eva)
    assert "nothing has been sent since 1 June 2025" in desk.get(link).text
    desk.post(link, SAVED | {"follow": "topic:privacy"})
    with desk.counter.people() as people:
        assert people.get(eva).suspended_at  # type: ignore[union-attr]
    assert "came back" not in desk.post(link, SAVED | {"follow": "topic:privacy", "resume": "yes"}).text
    with desk.counter.people() as people:
        assert not people.get(eva).suspended_at  # type: ignore[union-attr]


# --- end -----------------------------------------------------------------------------------------------------------


def test_the_button_of_a_mail_program_ends_all_mail(desk: Desk) -> None:
    """RFC 8058: a POST with its body, without cookie or origin, from anywhere, years later; twice is the same."""
    eva, adam = desk.confirmed(EVA), desk.confirmed(ADAM)
    link = f"/unsubscribe/{desk.tokens.token('unsubscribe', eva)}"
    desk.clock.at += timedelta(days=5 * 365)
    first = desk.post(link, b"List-Unsubscribe=One-Click", HTTP_SEC_FETCH_SITE="cross-site", HTTP_ORIGIN="null")
    assert (first.status, first.heading) == (200, "No more letters")
    with desk.counter.people() as people:
        assert not people.get(eva) and people.get(adam)
    before = desk.state()
    assert desk.post(link, b"List-Unsubscribe=One-Click").body == first.body
    assert desk.state() == before


def test_the_button_of_the_page_ends_all_mail_and_leaves_nothing(desk: Desk) -> None:
    """Every row of it, also in the file's free pages and its log; the link for changes says so."""
    eva = desk.confirmed(EVA, follow=["topic:privacy", "family:ny/2025/S4505"])
    desk.clock.at += timedelta(days=2)
    desk.sign_up(EVA)
    desk.attend()
    link = f"/unsubscribe/{desk.tokens.token('unsubscribe', eva)}"
    assert desk.get(link).heading == "End all mail?"
    (action,) = [found for found in links_on(desk.get(link).text) if "unsubscribe/" in found]
    assert action.removeprefix("..") == link
    assert desk.post(link).heading == "No more letters"
    assert not any(desk.state().values())
    assert desk.get(managed(desk, eva)).status == desk.post(managed(desk, eva), SAVED).status == 410
    for file in desk.data.glob(f"{NAME}*"):
        content = file.read_bytes().lower()
        assert b"eva@" not in content and eva.lower().encode() not in content


def test_a_scanner_that_fetches_every_link_changes_nothing(desk: Desk) -> None:
    """GET, HEAD and OPTIONS on every link of the letters, and on every link of the pages they lead to."""
    eva = desk.confirmed(EVA)
    desk.sign_up(ADAM)
    desk.attend()
    links = [*desk.links(), managed(desk, eva), f"/unsubscribe/{desk.tokens.token('unsubscribe', eva)}", "/"]
    before = desk.state()
    assert as_scanner(desk, links) >= 8
    assert desk.state() == before
    with desk.counter.people() as people:
        assert people.get(eva).confirmed_at and not people.find(ADAM).confirmed_at  # type: ignore[union-attr]


# --- forged --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("purpose", PURPOSES)
def test_links_that_we_did_not_sign_do_nothing(desk: Desk, purpose: str) -> None:
    """Guessed, cut off, put together from two, and signed for something else: a page that says so, and no change."""
    eva, adam = desk.confirmed(EVA), desk.confirmed(ADAM)
    before = desk.state()
    mine, theirs = (desk.tokens.token("unsubscribe", one) for one in (eva, adam))
    swapped = ".".join([theirs.split(".")[0], *mine.split(".")[1:]])
    others = [desk.tokens.token(other, eva) for other in PURPOSES if other != purpose]  # type: ignore[arg-type]
    guesses = [eva, mine[:-4], swapped, "", "x" * 400, "%00", "..", *others]
    guesses += [f"{mine.rsplit('.', 1)[0]}.{secrets.token_urlsafe(32)}" for _ in range(200)]
    if purpose == "unsubscribe":
        guesses = [guess for guess in guesses if guess != mine]
    for guess in guesses:
        for reply in (desk.get(f"/{purpose}/{guess}"), desk.post(f"/{purpose}/{guess}", SAVED)):
            assert reply.status in (403, 404), guess
            assert EVA not in reply.text and ADAM not in reply.text
    assert desk.state() == before


def test_an_old_link_for_changes_is_over(desk: Desk) -> None:
    """It says where a fresh one is."""
    eva = desk.confirmed(EVA)
    link = managed(desk, eva)
    before = desk.state()
    desk.clock.at += timedelta(days=91)
    reply = desk.post(link, SAVED)
    assert reply.status == 410 and "Every letter has a fresh one at its foot" in reply.text
    assert desk.state() == before
