"""The life of a subscription, in whatever order things happen to it: nothing but the letter to confirm before a yes."""

from __future__ import annotations

import shutil
import tempfile
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlite_utils import Database

from alerts.signup.desk import Desk
from billwatch.store.migrations import migrations
from billwatch_site.alerts import outbox
from billwatch_site.alerts.delivery import Pace, deliver
from billwatch_site.alerts.outbox import Outcome, Outgoing, Parcel
from billwatch_site.alerts.subscriptions import stamp

EVA = "eva@example.org"
TOPICS = st.sampled_from(["privacy", "speech", "age-verification"])

WAITS = st.sampled_from([0, 0, 1, 13, 23, 25, 24 * 8])  # hours: some just before, some just after a day


class Life(RuleBasedStateMachine):
    """One address: what its owner, strangers, scanners and the operator's mail server may do to it.

    `yes` is whether its owner has said so, by the link of a letter; `sent` is every letter that reached the mailbox.
    """

    desk_of: type[Desk] = Desk

    @initialize()
    def begins(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="life-"))
        migrations.apply(Database(self.folder / "bills.db"))
        self.desk = self.desk_of(self.folder, requests_an_hour=10**6, previews_an_hour=10**6)
        self.yes = self.suspended = False
        self.sent: list[tuple[str, datetime]] = []  # kind, when
        self.topics: set[str] = set()
        self.links: list[tuple[str, str]] = []  # confirm links that came, with their topic
        self.number = 0

    def teardown(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    # -- what happens

    @rule(topic=TOPICS, spelling=st.sampled_from([EVA, "EVA@example.org", "Eva@EXAMPLE.org"]), hours=WAITS)
    def somebody_signs_up(self, topic: str, spelling: str, hours: int) -> None:
        """The owner, or anybody else who knows the address; some time later it is attended to."""
        assert self.desk.sign_up(spelling, follow=f"topic:{topic}").status == 200
        self.time_passes(hours)
        self.the_clerk_attends()

    @rule()
    def the_clerk_attends(self) -> None:
        self.desk.attend()
        self._deliver()

    @rule(hours=WAITS)
    def time_passes(self, hours: int) -> None:
        self.desk.clock.at += timedelta(hours=hours)

    @rule()
    def a_scanner_fetches_all_links(self) -> None:
        before = self.desk.state()
        for link, _ in self.links:
            self.desk.get(link)
            self.desk.ask("HEAD", link)
        assert self.desk.state() == before

    @precondition(lambda self: self.links)
    @rule(data=st.data())
    def the_owner_confirms(self, data: st.DataObject) -> None:
        """By any link that ever came; only the last one that is not used or too old does anything."""
        link, topic = data.draw(st.sampled_from(self.links))
        reply = self.desk.post(link)
        if reply.heading == "It begins":
            self.yes, self.suspended = True, False
            self.topics.add(topic)

    @precondition(lambda self: self.yes)
    @rule(topics=st.sets(TOPICS, min_size=1))
    def the_owner_changes(self, topics: set[str]) -> None:
        link = f"/manage/{self.desk.tokens.token('manage', self._id())}"
        fields = {"follow": [f"topic:{t}" for t in topics], "rhythm": "weekly", "dates": "iso", "strength": "all"}
        assert self.desk.post(link, fields).status == 200
        self.topics = set(topics)

    @precondition(lambda self: self.yes)
    @rule()
    def the_mailbox_is_gone(self) -> None:
        with self.desk.counter.people() as people, people.atomic():
            people.db.conn.execute("update subscribers set suspended_at = ?", (self.desk.clock.at.isoformat(),))
        self.suspended = True

    @precondition(lambda self: self.yes)
    @rule(again=st.booleans())
    def the_owner_leaves(self, again: bool) -> None:
        """By one click; and by the same click once more."""
        link = f"/unsubscribe/{self.desk.tokens.token('unsubscribe', self._id())}"
        for _ in range(1 + again):
            assert self.desk.post(link, b"List-Unsubscribe=One-Click").status == 200
        with self.desk.counter.people() as people:
            assert people.find(EVA) is None and not people.value("select count(*) from outbox")
        self.yes, self.suspended, self.topics, self.links, self.sent = False, False, set(), [], []

    @rule()
    def news_is_decided(self) -> None:
        """Whoever decides on news may err: what it puts in for an address that did not say yes must not go out."""
        self.number += 1
        with self.desk.counter.people() as people, people.atomic():
            found = people.find(EVA)
            if found:
                digest = Outgoing(f"<digest-{self.number}@example.org>", b"Subject: news\r\n\r\nnews", "digest")
                outbox.put(people, found.id, digest, self.desk.clock())
        self._deliver()

    # -- what must hold

    @invariant()
    def nothing_but_the_letter_to_confirm_before_a_yes(self) -> None:
        if hasattr(self, "sent") and not self.yes:
            assert {kind for kind, _ in self.sent} <= {"confirmation"}

    @invariant()
    def at_most_one_letter_to_confirm_a_day(self) -> None:
        times = [at for kind, at in getattr(self, "sent", []) if kind == "confirmation"]
        assert all(later - earlier >= timedelta(days=1) for earlier, later in pairwise(times))

    @invariant()
    def what_is_followed_is_what_was_confirmed(self) -> None:
        if hasattr(self, "desk"):
            with self.desk.counter.people() as people:
                found = people.find(EVA)
                followed = {s.target for s in people.subscriptions(found.id)} if found else set()
                assert bool(found and found.confirmed_at) == self.yes
            assert followed == (self.topics if self.yes else set())

    # -- how it is seen

    def _id(self) -> str:
        with self.desk.counter.people() as people:
            found = people.find(EVA)
            assert found
            return found.id

    def _deliver(self) -> None:
        def carry(parcel: Parcel) -> Outcome:
            assert parcel.kind == "confirmation" or (self.yes and not self.suspended)
            self.sent.append((parcel.kind, self.desk.clock.at))
            if parcel.kind == "confirmation":
                self._keep(parcel)
            return Outcome("sent")

        with self.desk.counter.people() as people:
            deliver(people, carry, Pace(10**6), self.desk.clock)

    def _keep(self, parcel: Parcel) -> None:
        """Keep the link of a letter, with what its page says it is for."""
        text = message_from_bytes(parcel.message, policy=policy.default).get_content()
        link = next(word for word in text.split() if "/confirm/" in word).removeprefix("https://alerts.example.org")
        with self.desk.counter.people() as people:
            sql = "select wishes from applications where subscriber = ?"
            wishes = str(people.value(sql, (parcel.recipient,)))
        topic = next(t for t in ("privacy", "speech", "age-verification") if f'"{t}"' in wishes)
        self.links.append((link, topic))


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=30, stateful_step_count=30)


class Hasty(Desk):
    """A desk that has forgotten after twenty hours that it wrote to somebody."""

    def attend(self) -> int:
        forgotten = (stamp(self.clock.at - timedelta(hours=20)),)
        with self.counter.people() as people, people.atomic():
            people.db.conn.execute(
                "update applications set mailbox = '' where sent_at != '' and sent_at < ?", forgotten
            )
            people.db.conn.execute("delete from outbox where created_at < ?", forgotten)
        return super().attend()


class HastyLife(Life):
    desk_of = Hasty


def test_a_second_letter_in_a_day_would_be_seen() -> None:
    """The life above fails where the limit of a day is shortened."""
    tried = settings(max_examples=200, stateful_step_count=30, phases=[Phase.generate], derandomize=True, database=None)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(HastyLife, settings=tried)
