"""A June week of 2025 with many subscribers: everybody gets exactly what brute force says, once, through a mail server.

    python tests/alerts/june.py                      10,000 subscribers of everything on speech and privacy
    python tests/alerts/june.py --subscribers 500    fewer

The record is walked five times a day; after each update the alerts are decided and sent. What each subscriber was told
is held against `brute.py`; what arrived, against what was decided: each message once, with every bill it tells of.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import msgspec

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from alerts.brute import Counted, asks, expected
from alerts.postfix import Postfix, running
from alerts.scene import RETURNS, plan
from billwatch.config import Config
from billwatch.store import Store
from billwatch.topics import Classifier, Taxonomy
from billwatch.update import update
from billwatch_site.alerts.alert import decide, send
from billwatch_site.alerts.deciding import Decision
from billwatch_site.alerts.delivery import Carry, Pace
from billwatch_site.alerts.smtp import Mailer, Server, carrier
from billwatch_site.alerts.subscriptions import Kind, Subscriber, Subscribers, Subscription
from billwatch_site.reading.view import View, opened
from faults.fortnight import config_of, session
from faults.past import Past, moment
from replay.server import YEAR

FIRST, LAST = moment("2025-06-08T12:00Z"), moment("2025-06-15T12:00Z")
HOURS = (
    timedelta(hours=3),
    timedelta(hours=11, minutes=5),
    timedelta(hours=16),
    timedelta(hours=20),
    timedelta(hours=23),
)
WORDS = ("social media", "privacy", '"artificial intelligence"', "police", "children", "biometric*", "warning label")
RHYTHMS = ("at-once", "daily", "weekly")


def stops(first: datetime, last: datetime) -> list[datetime]:
    """Five times a day, between two moments: one of them just after seven in New York."""
    days = (first.replace(hour=0, minute=0) + timedelta(days=n) for n in range((last - first).days + 2))
    return [at for day in days for at in (day + hours for hours in HOURS) if first < at <= last]


class Reader(msgspec.Struct):
    """A subscriber, as brute force knows them: what they were told, and how far their digests have come."""

    subscriber: Subscriber
    subscriptions: list[Subscription]
    reached: int
    morning: str
    told: set[str] = msgspec.field(default_factory=set)


class Week:
    """A store that is walked through the record, its subscribers, and what they should have been told."""

    def __init__(self, past: Past, config: Config, folder: Path, classifier: Classifier, seed: int = 1) -> None:
        self.past, self.config, self.classifier = past, config, classifier
        self.path = folder / "bills.db"
        self.people = Subscribers(folder / "subscribers.db")
        self.random = random.Random(seed)
        self.readers: dict[str, Reader] = {}
        self.counts: dict[str, int] = {}  # change -> its place, in the order in which they came
        self.decided: dict[str, tuple[str, tuple[str, ...]]] = {}  # Message-ID -> recipient, changes
        self.names: dict[str, str] = {}  # change -> the number of its bill

    def update(self, now: datetime) -> None:
        self.past.move(now)
        with closing(session()) as fetcher, closing(Store(self.path)) as store:
            update(self.config, store, lambda code: fetcher, now, classifier=self.classifier)

    def begin(self, now: datetime, subscribers: int) -> None:
        """The first fill and the first look; then people come."""
        self.update(now)
        decide(self.people, self.path, plan(now=now), now)
        self.noted()
        self.join(subscribers, now)

    def join(self, number: int, now: datetime) -> None:
        """So many more subscribers, each with one to four subscriptions, who confirm now."""
        bills, topics = self.shown(), sorted(Taxonomy.load().names)
        targets: dict[Kind, Sequence[str]] = {
            **{"bill": bills, "family": bills, "topic": topics, "legislature": ["ny"], "words": WORDS}  # type: ignore[dict-item] # kinds
        }
        with self.people.atomic():
            for _ in range(number):
                self._joined(targets, now)

    def _joined(self, targets: dict[Kind, Sequence[str]], now: datetime) -> None:
        pick, number = self.random, len(self.readers)
        one = self.people.add(
            f"reader{number}@example.org",
            now,
            zone="America/New_York",
            rhythm=pick.choice(RHYTHMS),  # type: ignore[arg-type] # of the three
            urgent=pick.random() < 0.7,
            dates=pick.choice(("day-first", "month-first", "iso")),  # type: ignore[arg-type] # of the three
        )
        for _ in range(pick.choice((1, 1, 2, 3, 4))):
            kind = pick.choices(list(targets), weights=(50, 20, 20, 1, 9))[0]
            strength = pick.choice(("milestones", "notable", "all"))
            self.people.subscribe(one, kind, pick.choice(targets[kind]), strength, now)  # type: ignore[arg-type] # of the three
        self.people.confirm(one, now)
        subscriber = self.people.get(one)
        assert subscriber
        self.readers[one] = Reader(subscriber, self.people.subscriptions(one), len(self.counts), "")

    def leave(self, number: int) -> None:
        """So many subscribers go away."""
        for one in self.random.sample(sorted(self.readers), number):
            self.people.forget(one)
            del self.readers[one]

    def shown(self) -> list[str]:
        with closing(opened(self.path)) as db:
            found = db.query("select id from bills where followed order by id")
            return [str(row["id"]) for row in found]

    def noted(self) -> list[str]:
        """The changes that brute force has not seen before, in their order."""
        with closing(opened(self.path)) as db:
            rows = db.query("select id, bill from changes order by seen_at, position, bill, id")
            new = [(str(row["id"]), str(row["bill"])) for row in rows if row["id"] not in self.counts]
        for change, bill in new:
            self.counts[change] = len(self.counts) + 1
            self.names[change] = bill.rpartition("/")[2]
        return [change for change, _ in new]

    def step(self, now: datetime, carry: Carry) -> int:
        """One run: update, decide, send; then hold what was decided against brute force. How many messages went."""
        self.update(now)
        told: dict[str, set[str]] = {}

        def saw(decision: Decision) -> None:
            told[decision.recipient.id] = set(decision.changes)
            for message in decision.messages:
                self.decided[message.message_id] = (decision.recipient.id, decision.changes)

        decide(self.people, self.path, plan(now=now), now, saw)
        new = set(self.noted())
        wanted = dict(self._wanted(now, new))
        differing = [one for one in self.readers if told.get(one, set()) != wanted.get(one, set())]
        if differing:
            one = differing[0]
            raise AssertionError(
                f"{len(differing)} differ at {now}; the first was told {sorted(told.get(one, ()))}, brute force says "
                f"{sorted(wanted.get(one, ()))} for {self.readers[one]}"
            )
        return send(self.people, carry, Pace(10**9), lambda: now).states["sent"]

    def _wanted(self, now: datetime, new: set[str]) -> Iterator[tuple[str, set[str]]]:
        """What each reader is to be told in this run, by the rules."""
        records = self._records(min((r.reached for r in self.readers.values()), default=0))
        families = self._families
        asked: dict[tuple[str, str, str], bool] = {}

        def known(subscription: Subscription, news: Counted) -> bool:
            key = (subscription.kind, subscription.target, news[1].id)
            if key not in asked:
                asked[key] = asks(subscription, news[1], news[2], families)
            return asked[key]

        for one, reader in self.readers.items():
            morning = morning_of(now, reader.subscriber.rhythm)
            comes = reader.morning not in ("", morning)
            reader.morning = morning
            mine = [n for n in records if n[0] > reader.reached and (comes or n[1].id in new)]
            mine = [n for n in mine if any(known(s, n) for s in reader.subscriptions)]
            if mine:
                found = expected(mine, reader.subscriptions, families, reader.told)
                due = {n[1].id for n in mine if n[1].id in found and (comes or self._hurries(reader, n))}
                due -= reader.told
                reader.told |= due
                if due:
                    yield one, due
            if comes:
                reader.reached = len(self.counts)

    def _hurries(self, reader: Reader, news: Counted) -> bool:
        """Whether it does not wait for the morning."""
        change = news[1]
        weights = {change.severity, *(c.severity for c in news[2].changes if c.id == change.corrects)}
        at_once = reader.subscriber.rhythm == "at-once"
        return not change.backfill and (at_once or (reader.subscriber.urgent and "milestone" in weights))

    def _records(self, since: int) -> list[Counted]:
        """The changes after a count, on bills that have a page, with their bills as they are now."""
        with closing(opened(self.path)) as db:
            view = View(db)
            view.begin()
            ids = {change for change, count in self.counts.items() if count > since}
            rows = db.query("select id, bill from changes")
            bills = sorted({row["bill"] for row in rows if row["id"] in ids} & set(view.ids))
            records = view.records(bills)
            self._families = view.families()
            view.end()
        news = [(self.counts[c.id], c, record) for record in records for c in record.changes if c.id in ids]
        return sorted(news, key=lambda n: n[0])

    def check_arrived(self, messages: Sequence[bytes]) -> None:
        """Every message that was decided arrived, once, at its reader, and names every bill that it tells of."""
        times = Counter[str]()
        for text in messages:
            message = message_from_bytes(text, policy=default)
            identity = str(message["Message-ID"])
            times[identity] += 1
            recipient, changes = self.decided[identity]
            body = message.get_body(("plain",))  # type: ignore[attr-defined] # the policy's kind
            said = body.get_content()
            missing = {self.names[change] for change in changes} - set(said.replace(":", " ").replace(",", " ").split())
            assert not missing or "more bill" in said, f"{missing} are not in the message {identity}"
            reader = self.readers.get(recipient)
            assert reader is None or message["To"] == reader.subscriber.address
        assert set(times) == set(self.decided), "what was decided and what arrived differ"
        assert set(times.values()) <= {1}, "a message came twice"


def morning_of(now: datetime, rhythm: str) -> str:
    """The last seven o'clock in New York (four hours behind UTC in June), or that of the last Monday."""
    day = (now - timedelta(hours=11)).date()
    return str(day - timedelta(days=day.weekday() if rhythm == "weekly" else 0))


def carry_to(server: Postfix, mailer: Mailer) -> Carry:
    return carrier(mailer, "alerts@bills.example.org", RETURNS.sender)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--subscribers", type=int, default=10_000)
    number = parser.parse_args(arguments).subscribers
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, Past.start([YEAR]) as past, running() as server:
        config = config_of(past.toml(sources=("open-legislation",), topics=("speech", "privacy")))
        week = Week(past, config, Path(folder), Classifier(Taxonomy.load()))
        week.begin(FIRST, number * 9 // 10)
        sent = 0
        with closing(Mailer(Server(host="127.0.0.1", port=server.port, security="none"))) as mailer:
            for at in stops(FIRST, LAST):
                went = week.step(at, carry_to(server, mailer))
                sent += went
                print(f"{at:%a %d %H:%M}Z: {went} messages, {time.monotonic() - began:.0f} s", flush=True)
                if at.date() == moment("2025-06-11T00:00Z").date() and at.hour == 16:
                    week.join(number // 10, at)
                    week.leave(number // 100)
        week.check_arrived(server.wait_for(sent, seconds=900))
        told = sum(len(reader.told) for reader in week.readers.values())
        print(
            f"{len(week.readers):,} subscribers at the end, {sent:,} messages, {told:,} changes told, each once; "
            f"all as brute force says; {time.monotonic() - began:.0f} s"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
