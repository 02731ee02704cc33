"""Addresses: shown without the value of a key, and compared without the key."""

from __future__ import annotations

import pytest

from billwatch.addresses import struck_out, without_key


@pytest.mark.parametrize(
    ("address", "shown", "bare"),
    [
        ("https://x.example/bills/1?key=secret", "https://x.example/bills/1?key=***", "https://x.example/bills/1"),
        (
            "https://x.example/b?key=secret&view=info",
            "https://x.example/b?key=***&view=info",
            "https://x.example/b?view=info",
        ),
        (
            "https://x.example/b?view=info&apikey=secret",
            "https://x.example/b?view=info&apikey=***",
            "https://x.example/b?view=info",
        ),
        ("https://x.example/b?a=1&key=s&b=2", "https://x.example/b?a=1&key=***&b=2", "https://x.example/b?a=1&b=2"),
        ("https://x.example/b?turkey=1", "https://x.example/b?turkey=1", "https://x.example/b?turkey=1"),
    ],
)
def test_a_key_is_the_askers(address: str, shown: str, bare: str) -> None:
    """Whatever follows the key stays: it says what was asked for."""
    assert struck_out(address) == shown
    assert without_key(address) == without_key(shown) == bare
