"""A signed link does one thing for one person; guessed, swapped, changed and old ones do nothing."""

from __future__ import annotations

import secrets
import stat
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billwatch.errors import StoreError, UsageError
from billwatch_site.alerts.secret import secrets_of
from billwatch_site.alerts.tokens import LIFETIMES, BadLink, Expired, Purpose, Tokens

SECRET = "an-example-of-a-secret-that-is-long-enough"
NOON = datetime(2025, 6, 13, 12, tzinfo=UTC)
SUBJECTS = st.text(
    st.characters(codec="ascii", categories=("L", "N"), include_characters="-_"), min_size=1, max_size=40
)
PURPOSES = st.sampled_from(list(LIFETIMES))


class Clock:
    """A clock that stands where it is put."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


@given(SUBJECTS, PURPOSES)
def test_what_is_written_is_read(subject: str, purpose: Purpose) -> None:
    """Each token names what it was made for."""
    tokens = Tokens((SECRET,), Clock())
    assert tokens.read(purpose, tokens.token(purpose, subject)) == subject


@given(SUBJECTS, PURPOSES, PURPOSES)
def test_one_purpose_is_not_another(subject: str, made: Purpose, used: Purpose) -> None:
    """A link to confirm does not unsubscribe, and so for every pair."""
    tokens = Tokens((SECRET,), Clock())
    if made != used:
        with pytest.raises(BadLink):
            tokens.read(used, tokens.token(made, subject))


@given(SUBJECTS, SUBJECTS, PURPOSES)
def test_a_signature_belongs_to_one_subscriber(one: str, other: str, purpose: Purpose) -> None:
    """What one token names cannot be put into another."""
    tokens = Tokens((SECRET,), Clock())
    (mine, *rest), (theirs, *_) = (tokens.token(purpose, name).split(".") for name in (one, other))
    if one != other:
        assert mine != theirs
        with pytest.raises(BadLink):
            tokens.read(purpose, ".".join([theirs, *rest]))


@given(st.text(max_size=400), PURPOSES)
def test_any_text_is_answered_with_no(text: str, purpose: Purpose) -> None:
    """Nothing that somebody types raises anything else."""
    with pytest.raises(BadLink):
        Tokens((SECRET,), Clock()).read(purpose, text)


@given(st.integers(min_value=0), st.characters(codec="ascii"), PURPOSES)
def test_a_changed_token_is_no_token(place: int, letter: str, purpose: Purpose) -> None:
    """One other character anywhere, and it names the same thing or nothing.

    The last character of base64 has bits that mean nothing: such a twin is the same token written otherwise.
    """
    tokens = Tokens((SECRET,), Clock())
    whole = tokens.token(purpose, "somebody")
    at = place % len(whole)
    changed = whole[:at] + letter + whole[at + 1 :]
    try:
        assert tokens.read(purpose, changed) == "somebody"
        assert at == len(whole) - 1 or changed == whole
    except BadLink:
        pass


@pytest.mark.parametrize("purpose", LIFETIMES)
def test_a_hundred_thousand_guesses_fail(purpose: Purpose) -> None:
    """Guesses of the right form, for a subscriber whose id is known, at a time that is known."""
    tokens = Tokens((SECRET,), Clock())
    known = tokens.token(purpose, "somebody").rsplit(".", 1)[0]
    assert tokens.read(purpose, tokens.token(purpose, "somebody")) == "somebody"
    right = 0
    for _ in range(100_000 // len(LIFETIMES)):
        try:
            tokens.read(purpose, f"{known}.{secrets.token_urlsafe(32)}")
            right += 1
        except BadLink:
            pass
    assert right == 0


@pytest.mark.parametrize("purpose", [p for p, lifetime in LIFETIMES.items() if lifetime])
def test_links_that_begin_something_end(purpose: Purpose) -> None:
    """Good to the last second, then over; and whose it was is known, so that a new one can be sent."""
    clock = Clock()
    tokens = Tokens((SECRET,), clock)
    token = tokens.token(purpose, "somebody")
    lifetime = LIFETIMES[purpose]
    assert lifetime
    clock.at = NOON + lifetime
    assert tokens.read(purpose, token) == "somebody"
    clock.at += timedelta(seconds=1)
    with pytest.raises(Expired) as caught:
        tokens.read(purpose, token)
    assert caught.value.subject == "somebody"


def test_unsubscribing_works_for_years() -> None:
    """The link of a letter of 2025 ends all mail in 2045."""
    clock = Clock()
    tokens = Tokens((SECRET,), clock)
    token = tokens.token("unsubscribe", "somebody")
    clock.at += timedelta(days=20 * 365)
    assert tokens.read("unsubscribe", token) == "somebody"


def test_links_are_addresses() -> None:
    """Nothing in a link has to be escaped, and it fits on a line of mail."""
    tokens = Tokens((SECRET,), Clock())
    for link in (tokens.confirm_link, tokens.manage_link, tokens.unsubscribe_link):
        found = link("https://alerts.example.org/", "x" * 22)
        assert found.startswith("https://alerts.example.org/") and "//" not in found[8:]
        assert set(found[27:]) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./")
        assert len(found) < 200


def test_another_secret_is_another_signature() -> None:
    """Links signed with a secret that is not ours are nothing; one that is being replaced is still believed."""
    old, new = "the-old-one-the-old-one-the-old-one", "the-new-one-the-new-one-the-new-one"
    token = Tokens((old,), Clock()).token("unsubscribe", "somebody")
    with pytest.raises(BadLink):
        Tokens((new,), Clock()).read("unsubscribe", token)
    both = Tokens((old, new), Clock())
    assert both.read("unsubscribe", token) == "somebody"
    assert Tokens((new,), Clock()).read("unsubscribe", both.token("unsubscribe", "somebody")) == "somebody"


# --- the secret --------------------------------------------------------------------------------------------------


def test_the_secret_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    """The first use makes it, mode 0600, and every later one finds it."""
    first = secrets_of(tmp_path / "data", {})
    assert secrets_of(tmp_path / "data", {}) == first and len(first[0]) >= 40
    assert stat.S_IMODE((tmp_path / "data" / "secret").stat().st_mode) == 0o600
    assert [file.name for file in (tmp_path / "data").iterdir()] == ["secret"]


def test_many_that_begin_at_once_share_one_secret(tmp_path: Path) -> None:
    """Twenty threads that all find none end with the same."""
    found: list[tuple[str, ...]] = []
    start = threading.Barrier(20)

    def begin() -> None:
        start.wait()
        found.append(secrets_of(tmp_path, {}))

    threads = [threading.Thread(target=begin) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 20 and len(set(found)) == 1


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    """BILLWATCH_SECRET is taken, several are apart by blanks, and nothing is written."""
    assert secrets_of(tmp_path, {"BILLWATCH_SECRET": f"{'a' * 30} {'b' * 30}"}) == ("a" * 30, "b" * 30)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(UsageError, match="too short"):
        secrets_of(tmp_path, {"BILLWATCH_SECRET": "password"})


def test_a_damaged_secret_is_not_replaced(tmp_path: Path) -> None:
    """A new one would end every link that was sent: somebody has to decide that."""
    (tmp_path / "secret").write_text("")
    with pytest.raises(StoreError, match="holds no secret"):
        secrets_of(tmp_path, {})
    (tmp_path / "secret").write_bytes(b"\xff" * 40)
    with pytest.raises(StoreError, match="cannot be used"):
        secrets_of(tmp_path, {})
