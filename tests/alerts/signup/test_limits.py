"""How often a network may ask."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billwatch_site.alerts.signup.limits import Limit, network_of

NOON = datetime(2025, 6, 13, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_few_an_hour() -> None:
    """The limit is full, others are not held up by it, and an hour later there is room again."""
    limit = Limit(3, HOUR)
    assert [limit.allows("here", NOON) for _ in range(5)] == [True, True, True, False, False]
    assert limit.allows("there", NOON)
    assert not limit.allows("here", NOON + HOUR - timedelta(seconds=1))
    assert limit.allows("here", NOON + HOUR)


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 200)), max_size=60))
def test_never_more_than_the_limit_in_any_hour(asked: list[tuple[str, int]]) -> None:
    """Whatever the order of asking, no key is let through more than three times in sixty minutes."""
    limit, passed = Limit(3, HOUR), []
    for key, minute in sorted(asked, key=lambda pair: pair[1]):
        if limit.allows(key, NOON + timedelta(minutes=minute)):
            passed.append((key, minute))
    for key, start in passed:
        assert sum(k == key and start <= minute < start + 60 for k, minute in passed) <= 3


def test_many_networks_do_not_fill_the_memory() -> None:
    """The longest idle are let go."""
    limit = Limit(1, HOUR)
    for number in range(25_000):
        limit.allows(str(number), NOON)
    assert len(limit._seen) == 20_000
    assert not limit.allows("24999", NOON) and limit.allows("0", NOON)


@pytest.mark.parametrize(
    ("peer", "forwarded", "network"),
    [
        ("203.0.113.9", "", "203.0.113.0/24"),
        ("203.0.113.9", "198.51.100.7", "203.0.113.0/24"),  # a stranger's word about himself is nothing
        ("127.0.0.1", "198.51.100.7", "198.51.100.0/24"),
        ("127.0.0.1", "8.8.8.8, 198.51.100.7", "198.51.100.0/24"),  # the last is the one our own server wrote
        ("::1", "2001:db8:1:2:3::4", "2001:db8:1::/56"),
        ("::ffff:203.0.113.9", "", "203.0.113.0/24"),
        ("127.0.0.1", "nonsense", "127.0.0.0/24"),
        ("", "", "unknown"),
    ],
)
def test_whose_network_it_is(peer: str, forwarded: str, network: str) -> None:
    """The peer's, or the one that the web server on this machine names."""
    assert network_of(peer, forwarded) == network
