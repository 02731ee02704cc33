"""How fast are alerts: matching beside a plain SQLite join, and digests written and handed to a real mail server.

    python tests/benchmarks/alerting.py

The join has its index, and the keys of each change in a table; it only counts pairs, and knows neither words nor
corrections, which are left out for both. Times are of the processor, the least of three; those of the mail server are
of the clock, for it works beside us.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from alerts.news import NOW, add_changes, change, record, subscriber
from alerts.postfix import running
from alerts.scene import RETURNS, Scene
from billwatch_site.alerts.alert import send
from billwatch_site.alerts.delivery import Pace
from billwatch_site.alerts.matching import Board, News, matches_of
from billwatch_site.alerts.smtp import Mailer, Server, carrier
from billwatch_site.alerts.subscriptions import Subscription

BILLS, CHANGES, SUBSCRIPTIONS, DIGESTS = 2000, 1000, 100_000, 1000
WORDS = "social media privacy police children biometric warning label school data health location search gun"
TOPICS = [f"topic{n}" for n in range(23)]
WEIGHTS = {"milestone": 0, "notable": 1, "detail": 2}
LIGHTEST = {"milestones": 0, "notable": 1, "all": 2}


def population(chance: random.Random) -> tuple[list[News], list[Subscription]]:
    """A busy day's changes, and subscriptions as people have them: most of a bill, some of a topic, a few of words."""
    ids = [f"ny/2025/S{n}" for n in range(1, BILLS + 1)]
    words = WORDS.split()
    titles = {bill: " ".join(chance.choices(words, k=12)) for bill in ids}
    news = []
    for count in range(1, CHANGES + 1):
        bill = chance.choice(ids)
        one = change(bill, severity=chance.choice(list(WEIGHTS)))
        topic = f"privacy/{TOPICS[count % 23]}"
        news.append(News(count, one, record(bill, topics=[topic], title=titles[bill], abstract=titles[bill] * 8)))
    subscriptions = []
    for number in range(SUBSCRIPTIONS):
        kind = chance.choices(["bill", "family", "topic", "legislature", "words"], weights=[60, 20, 12, 1, 7])[0]
        target = {
            "topic": chance.choice(TOPICS),
            "legislature": "ny",
            "words": " ".join(chance.sample(words, 2)),
        }.get(kind, chance.choice(ids))
        strength = chance.choice(list(LIGHTEST))
        subscriptions.append(Subscription(f"s{number}", kind, target, strength, chance.randint(0, 50)))  # type: ignore[arg-type] # of the lists above
    return news, subscriptions


def matched(news: Sequence[News], subscriptions: Iterable[Subscription]) -> int:
    """The pairs that our board finds, from nothing."""
    board = Board(news, {})
    return sum(len(board.matched(s)) for s in subscriptions)


def told(news: Sequence[News], subscriptions: Iterable[Subscription]) -> int:
    """All that a run does to match: a subscriber for each subscription, every match with its reasons."""
    board = Board(news, {})
    return sum(len(matches_of(board, [s])) for s in subscriptions)


def joined(news: Sequence[News], subscriptions: Iterable[Subscription]) -> Callable[[], int]:
    """The same by a join, but for words: tables and index are made beforehand, only the question is timed."""
    db = sqlite3.connect(":memory:")
    db.execute("create table keys (kind, target, weight, count)")
    db.execute("create table subscriptions (kind, target, lightest, since)")
    for n in news:
        topics = [t.topic for t in n.record.topics]
        keys = [
            ("bill", n.change.bill),
            ("family", n.change.bill),
            ("legislature", "ny"),
            *(("topic", t) for t in topics),
        ]
        db.executemany(
            "insert into keys values (?, ?, ?, ?)", [(*k, WEIGHTS[n.change.severity], n.count) for k in keys]
        )
    rows = ((s.kind, s.target, LIGHTEST[s.strength], s.since) for s in subscriptions)
    db.executemany("insert into subscriptions values (?, ?, ?, ?)", rows)
    db.executescript("create index by_key on keys (kind, target, weight, count); analyze")
    sql = (
        "select count(*) from subscriptions s join keys k using (kind, target) "
        "where weight <= lightest and count > since"
    )
    return lambda: int(db.execute(sql).fetchone()[0])


def least(of: Callable[[], int], times: int = 3) -> tuple[float, int]:
    """The least time of the processor, in seconds, and what came of it."""
    found = []
    for _ in range(times):
        began = time.process_time()
        result = of()
        found.append((time.process_time() - began, result))
    return min(found)


def matching() -> None:
    news, subscriptions = population(random.Random(1))
    plain = [s for s in subscriptions if s.kind != "words"]
    ours, pairs = least(lambda: matched(news, plain))
    theirs, same = least(joined(news, plain))
    assert pairs == same, f"{pairs} pairs here, {same} in the join"
    print(f"{len(plain):,} subscriptions without words, {CHANGES:,} changes: {pairs:,} pairs")
    print(f"  board {ours:.3f} s, SQLite join {theirs:.3f} s: {ours / theirs:.2f} of it")
    whole, everything = least(lambda: told(news, subscriptions))
    print(f"with words and reasons, {SUBSCRIPTIONS:,} subscriptions: {everything:,} matches in {whole:.3f} s")


def delivering() -> None:
    bills = [f"ny/2025/S{n}" for n in range(1, 13)]
    with tempfile.TemporaryDirectory() as folder, running() as server:
        scene = Scene(Path(folder), *(record(b, change(b, severity="detail")) for b in bills), on_disk=True)
        scene.first_look()
        for number in range(DIGESTS):
            follows = [("bill", bills[(number + n) % 12], "all") for n in range(5)]
            subscriber(scene.people, f"reader{number}", *follows, rhythm="at-once")  # type: ignore[arg-type] # a kind
        add_changes(
            scene.store, *(change(b, now=f"2025-06-12 Senate: {w}") for b in bills for w in ("PASSED SENATE", "X"))
        )
        began = time.perf_counter()
        decided = scene.decide()
        written = time.perf_counter() - began
        with closing(Mailer(Server(host="127.0.0.1", port=server.port, security="none"))) as mailer:
            sent = send(scene.people, carrier(mailer, "a@bills.example.org", RETURNS.sender), Pace(10**9), lambda: NOW)
        whole = time.perf_counter() - began
        assert sent.states["sent"] == decided.messages["digest"] == DIGESTS
        print(f"{DIGESTS:,} digests of five bills: decided and written in {written:.1f} s, with Postfix {whole:.1f} s")


if __name__ == "__main__":
    matching()
    delivering()
    sys.exit(0)
