"""Channels: what they are told, how it is cut to size, and that nobody else is told or called."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.receivers import Room
from billwatch.errors import UsageError
from billwatch_site.alerts.bulletins import FLOOD, Bulletin, Note, bulletins_of, note_of, outgoing_of
from billwatch_site.alerts.channels import Channel
from billwatch_site.alerts.digest import Digest, Story
from billwatch_site.alerts.posts import cut, post_of
from billwatch_site.alerts.services import carriers_of, sender_of
from billwatch_site.alerts.subscriptions import Subscription
from billwatch_site.records import Change
from billwatch_site.settings import Settings
from billwatch_site.words.stories import items_of

SITE = Settings(title="Speech and privacy bills", url="https://bills.example.org/")
SEEN = datetime(2025, 6, 12, 22, 5, tzinfo=UTC)
ROOM = Channel(name="room", url="json://127.0.0.1/")


def change(bill: str = "ny/2025/S4505", now: str = "2025-06-12 Senate: PASSED SENATE", **more: Any) -> Change:
    values: dict[str, Any] = dict(kind="action", was="", happened_on="2025-06-12", seen_at=SEEN, severity="milestone")
    values |= dict(cause="", backfill=False, source="senate", url="https://www.nysenate.gov/x", corrects="")
    return Change(id=f"{bill}{now}"[:40], bill=bill, now=now, **(values | more))


def notes(*changes: Change) -> list[Note]:
    return [note_of(item, {}, SITE) for item in items_of(changes)]


def bulletin(*changes: Change) -> Bulletin:
    return whole(*((note,) for note in notes(*changes)))


def whole(*stories: tuple[Note, ...], title: str = SITE.title) -> Bulletin:
    return Bulletin(channel="room", title=title, site=SITE.url, stories=stories)


def digest(*changes: Change) -> Digest:
    """The digest of these changes, each on a bill of its own."""
    follow = Subscription("channel:room", "legislature", "ny")
    return Digest(tuple(Story((item,), (follow,)) for item in items_of(changes)), ())


# --- what is told ----------------------------------------------------------------------------------------------


def test_a_note_names_the_bill_with_its_session_and_leads_to_both_pages() -> None:
    """Number, legislature, session, sentence, our page at the very line, and the official one."""
    (note,) = notes(change())
    assert (note.number, note.place, note.sentence) == ("S4505", "New York, 2025–2026", "Passed the Senate.")
    assert note.link.startswith("https://bills.example.org/ny/2025/S4505/#change-")
    assert note.source == "https://www.nysenate.gov/x"
    assert (note.severity, note.told) == ("milestone", "Passed the Senate.")


def test_what_happened_another_day_says_when() -> None:
    """An action's own date is told where it is not the day on which we saw it, by the legislature's calendar."""
    (late,) = notes(change(happened_on="2025-06-10"))
    assert late.told == "Passed the Senate. On 10 June 2025."
    # Two in the morning in London is still the evening before in Albany.
    (evening,) = notes(change(seen_at=datetime(2025, 6, 13, 1, tzinfo=UTC)))
    assert evening.told == "Passed the Senate."


def test_corrections_and_old_news_are_called_what_they_are() -> None:
    """A correction is never news, and what happened long ago is not told as if it were today."""
    (fixed,) = notes(change(kind="action-edited", was="2025-06-11 Senate: PASSED SENATE", severity="detail"))
    assert fixed.told.startswith("Correction: The record now dates")
    (old,) = notes(change(happened_on="2025-01-08", backfill=True))
    assert old.told == "Seen only now: Passed the Senate. On 8 January 2025."


def test_one_cause_is_one_note() -> None:
    """A hundred bills that moved for one reason are told once, with the first few by number."""
    many = [change(f"ny/2025/S{n}", "2026-01-07 Senate: REFERRED TO CODES", cause="x") for n in range(1001, 1101)]
    (note,) = notes(*many)
    assert note.number == "100 bills" and len(note.bills) == 100
    assert note.headline == "S1001, S1002, S1003, S1004, S1005 and 95 more"
    assert note.link.startswith("https://bills.example.org/changes/2025-06/#")


@pytest.mark.parametrize(("rhythm", "bills", "expected"), [("at-once", 3, 3), ("daily", 3, 1), ("weekly", 3, 1)])
def test_at_once_is_a_post_a_bill_and_a_morning_is_one(rhythm: Any, bills: int, expected: int) -> None:
    """Whoever wants it at once gets each bill by itself; a digest is one post."""
    told = digest(*(change(f"ny/2025/S{n}") for n in range(1, bills + 1)))
    found = bulletins_of(msgspec.structs.replace(ROOM, rhythm=rhythm), told, {}, SITE)
    assert len(found) == expected and sum(len(b.stories) for b in found) == bills
    assert found[0].stories[0][0].why == ("all bills of New York",)
    assert bulletins_of(ROOM, digest(), {}, SITE) == []


def test_a_flood_is_one_list() -> None:
    """A source that comes back with a hundred stories fills no room with a hundred posts."""
    told = digest(*(change(f"ny/2025/S{n}") for n in range(1, FLOOD + 2)))
    (found,) = bulletins_of(ROOM, told, {}, SITE)
    assert len(found.stories) == FLOOD + 1


def test_a_bulletin_keeps_its_bytes() -> None:
    """What was decided comes out of the outbox as it went in, to the byte."""
    both = bulletin(change(), change("ny/2025/A5346"))
    assert Bulletin.decoded(both.encoded()) == both
    assert Bulletin.decoded(both.encoded()).encoded() == both.encoded()
    assert {story[0]["number"] for story in json.loads(both.encoded())["stories"]} == {"S4505", "A5346"}


def test_a_bulletin_is_named_for_what_it_tells() -> None:
    """The same news in the same channel has the same name, anything else another: the outbox takes each once."""
    one, other = digest(change()), digest(change("ny/2025/A5346"))

    def name(channel: Channel, told: Digest) -> str:
        return outgoing_of(channel, bulletins_of(channel, told, {}, SITE)[0]).message_id

    assert name(ROOM, one) == name(ROOM, one) != name(ROOM, other)
    assert name(msgspec.structs.replace(ROOM, name="hall"), one) != name(ROOM, one)


# --- what a channel follows --------------------------------------------------------------------------------------


def test_a_channel_follows_what_its_table_names() -> None:
    """Each named thing as a subscription of channel:NAME; nothing named is everything."""
    channel = Channel(name="kids", url="x://", topics=("age-verification",), words=("police",), strength="milestones")
    assert channel.plan(["ny"]).subscriptions == (
        Subscription("channel:kids", "topic", "age-verification", "milestones"),
        Subscription("channel:kids", "words", "police", "milestones"),
    )
    plan = ROOM.plan(["ny", "us"])
    assert plan.subscriptions == (
        Subscription("channel:room", "legislature", "ny", "notable"),
        Subscription("channel:room", "legislature", "us", "notable"),
    )
    assert (plan.name, plan.rhythm, plan.zone) == ("room", "at-once", "America/New_York")


def test_an_address_that_apprise_does_not_know_is_said() -> None:
    """Before anything is sent, and without the address."""
    with pytest.raises(UsageError, match="channel 'room': its url is none that apprise knows") as caught:
        carriers_of([Channel(name="room", url="nosuch://TOKEN")], lambda: SEEN)
    assert "TOKEN" not in str(caught.value)


def test_a_channel_in_a_log_shows_its_name_only() -> None:
    """Its address and its secret are credentials."""
    shown = repr([Channel(name="room", webhook="https://x.org/TOKEN", secret="HIDDEN" * 4)])
    assert shown == "[Channel(room)]"


# --- cut to size -------------------------------------------------------------------------------------------------

LIMITS = st.sampled_from([280, 300, 500, 2000, 4096, 32768])
TEXTS = st.text(max_size=400)


def told(sentence: str, headline: str, bill: int) -> Note:
    (note,) = notes(change(f"ny/2025/S{bill}"))
    return msgspec.structs.replace(note, sentence=sentence, headline=headline)


NOTES = st.lists(st.builds(told, TEXTS, TEXTS, st.integers(1, 20)), min_size=1, max_size=12)


@given(NOTES, LIMITS, st.sampled_from([0, 200, 250]))
def test_no_post_is_longer_than_its_service_lets_it_be(notes: Sequence[Note], body: int, title: int) -> None:
    """Within both limits, and a link that is there is whole."""
    post = post_of(whole(*((note,) for note in notes)), body, title)
    assert len(post.body) <= body and len(post.title) <= title
    for line in post.body.splitlines():
        if line.startswith("https://bills.example.org/ny/"):
            assert line in {note.link for note in notes}


@given(st.builds(told, TEXTS, TEXTS, st.integers(1, 99_999)), LIMITS)
def test_one_bill_is_named_and_linked_whatever_is_cut(note: Note, body: int) -> None:
    """Number, session and link stand in every post, however long the sentence is."""
    post = post_of(whole((note,)), body, 0)
    assert post.body.startswith(f"{note.number} (New York, 2025–2026): ") and post.body.endswith(note.link)


def test_a_post_for_280_characters() -> None:
    """As a reader sees it."""
    note = told("Passed the Senate, 58 to 3.", "The Stop Addictive Feeds Exploitation for Kids Act " * 6, 4505)
    body = post_of(whole((note,)), 280, 0).body
    said, about, link = body.splitlines()
    assert (said, link) == ("S4505 (New York, 2025–2026): Passed the Senate, 58 to 3.", note.link)
    assert about.startswith("The Stop Addictive Feeds Exploitation for Kids Act") and about.endswith(
        ("Feeds…", "Kids…")
    )
    assert 260 < len(body) <= 280


def test_what_has_no_room_is_counted() -> None:
    """A digest that is too long says how many stories are left, and where."""
    many = [told("Passed the Senate.", "", n) for n in range(1, 31)]
    post = post_of(whole(*((note,) for note in many), title="Bills"), 500, 0)
    shown = post.body.count("Passed the Senate.")
    assert post.body.startswith("Bills: 30 stories\n\nS1: Passed the Senate.\nhttps://")
    assert post.body.endswith(f"And {30 - shown} more: https://bills.example.org/") and 0 < shown < 30


def test_among_others_a_bill_of_the_past_is_named_with_its_session() -> None:
    """No place stands beside it there."""
    bulletins = (note_of(item, {}, SITE) for item in items_of([change("ny/2019/S333"), change("ny/2025/S333")]))
    body = post_of(whole(*((note,) for note in bulletins)), 2000, 0).body
    assert "S333 of 2019: Passed" in body and "S333: Passed" in body


@given(TEXTS, st.integers(0, 100))
def test_cutting_is_within_the_limit(text: str, longest: int) -> None:
    """And leaves alone what fits."""
    assert len(cut(text, longest)) <= longest
    assert cut(text, 400) == text


def test_a_title_calls_nobody() -> None:
    """Services wake everybody in a room for @everyone or <!channel>: a bill's title does not."""
    note = told("Passed @everyone <!channel> <@U123> by a@b.", "@here", 1)
    text = post_of(whole((note,)), 2000, 0).body
    assert not any(call in text for call in ("@everyone", "<!", "<@", "@here", "a@b"))
    assert "@\N{WORD JOINER}everyone" in text


# --- through apprise ---------------------------------------------------------------------------------------------


def test_a_bulletin_reaches_a_room(room: Room) -> None:
    """Once, with title and text, under our own name."""
    outcome = sender_of(room.channel)("<one@x>", bulletin(change()).encoded(), SEEN)
    assert outcome.state == "sent"
    (post,) = room.posts
    assert post["title"] == "S4505 (New York, 2025–2026)" and post["agent"] == "billwatch"
    assert post["message"].startswith("Passed the Senate.\nhttps://bills.example.org/ny/2025/S4505/#")
    assert "github" not in json.dumps(post)


@pytest.mark.parametrize("status", [302, 404, 429, 500])
def test_a_room_that_does_not_take_it_is_tried_later(room: Room, status: int, capfd: Any) -> None:
    """One request, no redirect followed; the reason is kept, the address is not, and nothing is logged."""
    room.statuses = [status]
    send = sender_of(room.channel)
    everything = logging.StreamHandler(log := io.StringIO())
    logging.getLogger().addHandler(everything)
    outcome = send("<one@x>", bulletin(change()).encoded(), SEEN)
    logging.getLogger().removeHandler(everything)
    assert (outcome.state, outcome.reason) == ("later", f"the service answered {status}")
    assert len(room.posts) == 1
    assert log.getvalue() == "" and capfd.readouterr() == ("", "")
    assert send("<one@x>", bulletin(change()).encoded(), SEEN).state == "sent"


def test_a_room_that_is_gone_is_tried_later() -> None:
    """A refused connection is no error of ours."""
    send = sender_of(Channel(name="room", url="json://127.0.0.1:9/TOKEN"))
    assert send("<one@x>", bulletin(change()).encoded(), SEEN).reason == "the service did not take it"


@pytest.mark.parametrize(
    "url",
    [
        "mastodon://token@example.org",
        "bluesky://eva:password@",
        "tgram://123456789:abcdefg_hijklmnop/123456",
        "discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js",
        "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#bills",
        "ntfy://bills",
        "matrix://eva:password@example.org/#bills",
    ],
)
def test_the_services_of_the_readme_are_known(url: str) -> None:
    """Each is an address that apprise understands."""
    assert callable(sender_of(Channel(name="room", url=url)))
