"""Kill `billwatch alert` at random system calls, go on, and see that nothing is lost and what is repeated is the same.

    python tests/alerts/kills.py            200 kills
    python tests/alerts/kills.py --kills 20

After each kill the file must be whole; the run after it (which may be killed as well) finishes the job: everybody has
got every message, no more are repeated than runs were killed, and each repetition is the same message byte for byte.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from alerts.news import NOW, add_changes, change, record, subscriber
from alerts.postoffice import PostOffice, open_office
from alerts.scene import Scene
from faults.strace import calls_of, injected, ran, was_killed

CALLS = ("pwrite64", "fdatasync", "sendto", "recvfrom", "write")
BILLS = tuple(f"ny/2025/S{number}" for number in range(1, 6))
SUBSCRIBERS = 120  # more than are decided in one transaction
Told = frozenset[tuple[str, str]]

CONFIG = """
[site]
url = "https://bills.example.org/"
[mail]
host = "127.0.0.1"
port = {port}
security = "none"
sender = "alerts@bills.example.org"
per_minute = 1000000
"""


class Broken(AssertionError):
    """A kill left something behind that must not be."""


class Killing:
    """A data directory with news for many, to be put back and alerted again."""

    def __init__(self, office: PostOffice, folder: Path) -> None:
        self.office, self.folder, self.data = office, folder, folder / "data"
        (folder / "billwatch.toml").write_text(CONFIG.format(port=office.port))
        self.data.mkdir()
        scene = Scene(self.data, *(record(bill, change(bill, severity="detail")) for bill in BILLS), on_disk=True)
        scene.first_look()
        for number in range(SUBSCRIBERS):
            follows = [("bill", BILLS[number % 5]), ("bill", BILLS[number % 3])]
            subscriber(scene.people, f"reader{number}", *follows, rhythm="at-once")  # type: ignore[arg-type] # a kind
        add_changes(scene.store, *(change(bill, id=f"passed {bill}") for bill in BILLS))
        scene.people.close()
        shutil.copytree(self.data, folder / "before")
        if self.run() != 0:
            raise Broken("an undisturbed run failed")
        self.told, self.sent = self.state()
        shutil.copytree(self.data, folder / "after")

    @property
    def command(self) -> list[str]:
        return ["--config", str(self.folder / "billwatch.toml"), "--data", str(self.data), "--quiet", "alert"]

    @property
    def env(self) -> dict[str, str]:
        return {"BILLWATCH_NOW": NOW.isoformat()}

    def counts(self) -> dict[str, int]:
        """How often an undisturbed run makes each call."""
        self.reset()
        return calls_of(CALLS, self.command, self.env)

    def reset(self) -> None:
        shutil.rmtree(self.data)
        shutil.copytree(self.folder / "before", self.data)
        self.office.arrived.clear()

    def run(self, under: Sequence[str] = ()) -> int:
        return ran(self.command, under=under, env=self.env).returncode

    def killed(self, call: str, k: int) -> bool:
        """A run that dies there; False where it ended before."""
        return was_killed(ran(self.command, under=injected(call, "signal=SIGKILL", str(k)), env=self.env))

    def state(self) -> tuple[Told, Counter[tuple[str, bytes]]]:
        """Who was told what, by the file; and what arrived at whom."""
        with closing(sqlite3.connect(self.data / "subscribers.db")) as db:
            if (said := db.execute("pragma integrity_check").fetchone()[0]) != "ok":
                raise Broken(f"the file is damaged: {said}")
            told = frozenset((r, c) for r, c in db.execute("select recipient, change from told"))
        return told, Counter(self.office.arrived)

    def check_between(self) -> None:
        """However far it came: who was told by the file has a message in it, or has got it."""
        told, arrived = self.state()
        with closing(sqlite3.connect(self.data / "subscribers.db")) as db:
            messages = {r[0] for r in db.execute("select recipient from outbox")}
        if {recipient for recipient, _ in told} != messages:
            raise Broken("marks without a message, or a message without marks")
        if not set(arrived) <= set(self.sent):
            raise Broken("a message arrived that no undisturbed run sends")

    def check_end(self, kills: int) -> int:
        """As an undisturbed run leaves it; how many messages came twice."""
        told, arrived = self.state()
        if told != self.told:
            raise Broken(f"{len(self.told - told)} marks are missing, {len(told - self.told)} too many")
        if missing := self.sent - arrived:
            raise Broken(f"{len(missing)} messages were lost")
        repeated = arrived - self.sent
        if set(repeated) - set(self.sent) or repeated.total() > kills:
            raise Broken(f"{repeated.total()} messages were repeated after {kills} kills, or are others")
        with closing(sqlite3.connect(self.data / "subscribers.db")) as db:
            if db.execute("select count(*) from outbox where state != 'sent'").fetchone()[0]:
                raise Broken("something still waits")
        return repeated.total()


def kill_and_go_on(killing: Killing, chance: random.Random, counts: dict[str, int]) -> tuple[int, int]:
    """One to three kills in a row, then an undisturbed run: how many runs died, and how many messages came twice."""
    killing.reset()
    kills = 0
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        call = chance.choice(sorted(counts))
        kills += killing.killed(call, chance.randint(1, counts[call]))
        killing.check_between()
    if killing.run() != 0:
        raise Broken("the run after a kill failed")
    return kills, killing.check_end(kills)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    chance = random.Random(asked.seed)
    with tempfile.TemporaryDirectory() as folder, open_office() as office:
        killing = Killing(office, Path(folder))
        counts = killing.counts()
        print(f"an undisturbed run: {len(killing.sent)} messages, calls {counts}", flush=True)
        kills = repeated = 0
        while kills < asked.kills:
            died, twice = kill_and_go_on(killing, chance, counts)
            kills, repeated = kills + died, repeated + twice
        print(f"{kills} kills: nothing lost, {repeated} messages repeated, each the same byte for byte")
    return 0


if __name__ == "__main__":
    sys.exit(main())
