"""breaker: three failures of one kind in a row, and a host is left alone."""

from __future__ import annotations

import pytest

from billwatch.errors import Blocked, Damaged, NotListed, SourceError, Unreachable
from billwatch.fetch.breaker import Breaker

HOST = "nyassembly.gov"


def stops(*failures: type[SourceError] | None) -> bool:
    """Whether these outcomes (None is an answer) stop the host."""
    breaker = Breaker()
    for failure in failures:
        if failure is None:
            breaker.answered(HOST)
        else:
            breaker.failed(HOST, failure("why"))
    return HOST in breaker.stopped


@pytest.mark.parametrize("kind", [Blocked, Unreachable])
def test_three_in_a_row(kind: type[SourceError]) -> None:
    """Three in a row stop a host, two do not, nor do three with another outcome between them."""
    assert stops(kind, kind, kind)
    assert not stops(kind, kind)
    assert not stops(kind, kind, None, kind)
    assert not stops(kind, kind, Damaged, kind)


def test_kinds_count_apart() -> None:
    """Being blocked and being unreachable are two rows; what the host itself answers is none."""
    assert not stops(Blocked, Unreachable, Blocked, Unreachable)
    assert stops(Blocked, Unreachable, Unreachable, Unreachable)
    assert not stops(*[NotListed] * 5, *[Damaged] * 5)


def test_stopped() -> None:
    """A stopped host fails at once with the kind and the reason; the others go on."""
    breaker = Breaker()
    breaker.stop(HOST, Blocked("a challenge page came"))
    breaker.check("public.leginfo.state.ny.us", "http://public.leginfo.state.ny.us/")
    with pytest.raises(Blocked, match=f"{HOST} is not asked again in this run, since: a challenge page came"):
        breaker.check(HOST, f"https://{HOST}/leg/")
