"""archive: never grows beyond its bytes, and what is cited stays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from archive.kept import PLENTY, answer, noise
from billwatch.archive import Archive, ArchivedAnswers
from billwatch.archive.room import Holding, droppable
from billwatch.archive.warc import Receipt


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


def runs(folder: Path, bodies: list[bytes], most: int = PLENTY) -> list[Receipt]:
    """One run for each body, all of one address."""
    receipts = []
    for hours, body in enumerate(bodies):
        with Archive(folder, most) as archive:
            receipts.append(archive.keep(answer(body, hours), "assembly"))
    return receipts


def test_bounded(tmp_path: Path) -> None:
    """The archive never grows beyond its bytes; what did not fit has a receipt without a copy, and a line says so."""
    with Archive(tmp_path, 50_000) as archive:
        receipts = [archive.keep(answer(noise(9_000, n), n), "assembly") for n in range(20)]
        notice = archive.notice
    assert size(tmp_path) <= 50_000
    kept = [receipt for receipt in receipts if receipt.file]
    assert (len(kept), receipts[-1].file, receipts[-1].sha256) == (5, "", answer(noise(9_000, 19)).sha256)
    assert "15 answers" in notice
    assert all(ArchivedAnswers(tmp_path).answer(receipt.id) for receipt in kept)


def test_full_and_unchanged(tmp_path: Path) -> None:
    """In a full archive an unchanged answer's receipt cites the copy that is there."""
    first, later = runs(tmp_path, [noise(9_000, 0)] * 2, most=9_800)
    assert (later.file, later.offset, later.sha256) == (first.file, first.offset, first.sha256)
    assert later.id != first.id


def test_room(tmp_path: Path) -> None:
    """The oldest files go first, until there is room; what is cited stays."""
    receipts = runs(tmp_path, [noise(9_000, n) for n in range(8)])
    archive = Archive(tmp_path, 60_000)
    dropped = archive.make_room({receipts[0].id, receipts[2].id})
    assert dropped == [receipts[n].file for n in (1, 3, 4)]
    assert size(tmp_path) <= 60_000
    assert archive.make_room(()) == []
    archived = ArchivedAnswers(tmp_path)
    assert [archived.answer(receipts[n].id).body for n in (0, 2, 5)] == [noise(9_000, n) for n in (0, 2, 5)]


def test_room_keeps_what_a_revisit_cites(tmp_path: Path) -> None:
    """A payload that a kept revisit cites stays; a run of nothing but uncited revisits goes, and sets it free."""
    same = noise(9_000, 0)
    receipts = runs(tmp_path, [same, noise(9_000, 1), same])
    kept = Archive(tmp_path, 11_000).make_room({receipts[2].id})
    assert kept == [receipts[1].file]
    assert ArchivedAnswers(tmp_path).answer(receipts[2].id).body == same
    assert Archive(tmp_path, 1_000).make_room(()) == [receipts[2].file, receipts[0].file]


def test_room_forgets_what_went(tmp_path: Path) -> None:
    """After a file went, its payload is kept anew, not cited."""
    receipts = runs(tmp_path, [noise(9_000, n) for n in range(3)])
    with Archive(tmp_path, 30_000) as archive:
        assert receipts[0].file in archive.make_room(())
        again = archive.keep(answer(noise(9_000, 0), 9), "assembly")
    assert ArchivedAnswers(tmp_path).answer(again.id).body == noise(9_000, 0)


HOLDINGS: Callable[[], st.SearchStrategy[list[Holding]]] = lambda: st.lists(  # noqa: E731 - a strategy is a value
    st.tuples(st.integers(1, 50), st.sets(st.integers(0, 9), max_size=3)), max_size=10
).map(
    lambda rows: [
        Holding(
            path=Path(f"{n:03}"),
            size=each,
            ids=frozenset({str(n)}),
            cites=frozenset(str(m) for m in cites if m < n),
        )
        for n, (each, cites) in enumerate(rows)
    ]
)


@given(HOLDINGS(), st.sets(st.integers(0, 9).map(str)), st.integers(0, 400))
def test_nothing_cited_goes(holdings: list[Holding], cited: set[str], excess: int) -> None:
    """Never does a cited payload go; and while there is too much, nothing is left that could go."""
    dropped = set(droppable(holdings, cited, excess))
    kept = [each for each in holdings if each.path not in dropped]
    needed = cited.union(*(each.cites for each in kept))
    gone = [each for each in holdings if each.path in dropped]
    assert not needed & frozenset[str]().union(*(each.ids for each in gone))
    if sum(each.size for each in gone) < excess:
        assert all(each.ids & needed for each in kept)
