"""Killed at any moment, `billwatch alert` loses nothing, and repeats at most the message that was on its way.

A few kills; `python tests/alerts/kills.py` makes two hundred.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from alerts.kills import Broken, Killing, kill_and_go_on
from alerts.postoffice import open_office
from faults.strace import needs_strace

pytestmark = needs_strace


@pytest.fixture(scope="module")
def killing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Killing]:
    with open_office() as office:
        yield Killing(office, tmp_path_factory.mktemp("killing"))


def test_killed_anywhere(killing: Killing) -> None:
    """Twenty kills at random system calls: while deciding, while sending, while writing down that it was sent."""
    chance, counts, kills = random.Random(7), killing.counts(), 0
    assert len(killing.sent) > 100 and counts["sendto"] > 400, "there is something to be killed in"
    while kills < 20:
        kills += kill_and_go_on(killing, chance, counts)[0]


def test_killed_between_reply_and_record(killing: Killing) -> None:
    """Killed where the server has a message and we have not written so: that one comes twice, and no other."""
    repeated = 0
    for k in range(30, 46):  # four replies a message: each fourth of these is to its last line
        killing.reset()
        assert killing.killed("recvfrom", k)
        assert killing.run() == 0
        # A busy server may hear of the end before it takes the message; the next one it will have taken.
        if repeated := killing.check_end(1):
            break
    assert repeated == 1


def test_the_check_can_fail(killing: Killing) -> None:
    """A lost message, and one repeated without a kill, are seen."""
    killing.reset()
    assert killing.run() == 0
    killing.office.arrived.append(killing.office.arrived[0])
    with pytest.raises(Broken, match="repeated"):
        killing.check_end(0)
    del killing.office.arrived[0], killing.office.arrived[-1]
    with pytest.raises(Broken, match="lost"):
        killing.check_end(0)
