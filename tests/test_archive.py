"""archive: what was fetched can be shown again, byte for byte, to anybody, for as long as somebody cites it."""

from __future__ import annotations

import base64
import contextlib
import gzip
import hashlib
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from billwatch.answer import Answer
from billwatch.archive import Archive, ArchivedAnswers
from billwatch.archive.room import Holding, droppable
from billwatch.archive.shelf import entries_in, warc_files
from billwatch.archive.warc import Receipt
from billwatch.errors import Damaged, Unreachable
from billwatch.fetch import Session
from faulty_server import FaultyServer, page

START = datetime(2025, 3, 1, 6, 30, tzinfo=UTC)
URL = "https://nyassembly.gov/leg/?bn=S09191&term=2025"
PLENTY = 10**9


def answer(body: str | bytes = "<html>S9191</html>", hours: float = 0, url: str = URL, **more: object) -> Answer:
    known = {"status": 200, "content_type": "text/html; charset=utf-8", "etag": '"7"', **more}
    payload = body.encode() if isinstance(body, str) else body
    return Answer(url=url, body=payload, fetched_at=START + timedelta(hours=hours), **known)  # type: ignore[arg-type]


def noise(size: int, seed: int) -> bytes:
    """Bytes that do not compress, so that sizes can be foretold."""
    return random.Random(seed).randbytes(size)


def records_in(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Type and fields of every record, with all digests checked by warcio itself."""
    for path in warc_files(folder):
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream, check_digests="raise"):
                record.content_stream().read()
                yield record.rec_type, dict(record.rec_headers.headers)


# ---- keeping and reading back


def test_kept_and_read_back(tmp_path: Path) -> None:
    """An answer comes back as it was: by its receipt, by its place, by its address."""
    kept = answer("<html>Peña §</html>", last_modified="Sat, 01 Mar 2025 00:00:00 GMT")
    with Archive(tmp_path, PLENTY) as archive:
        receipt = archive.keep(kept, "assembly")
    archived = ArchivedAnswers(tmp_path)
    assert archived.answer(receipt.id) == kept
    assert archived.answer_at(receipt.file, receipt.offset) == kept
    assert archived.get(URL, kind="html") == kept
    assert archived.addresses() == [URL]


def test_receipt(tmp_path: Path) -> None:
    """A receipt states URL, time, status, size and SHA-256, and is a row of the store's `fetches`."""
    with Archive(tmp_path, PLENTY) as archive:
        receipt = archive.keep(answer("abc"), "assembly")
    assert msgspec.structs.asdict(receipt) == {
        "id": receipt.id,
        "source": "assembly",
        "url": URL,
        "fetched_at": "2025-03-01T06:30:00+00:00",
        "status": 200,
        "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "bytes": 3,
        "file": "20250301T063000Z-001.warc.gz",
        "offset": 0,
    }


def test_same_answer_same_bytes(tmp_path: Path) -> None:
    """The same answers make the same archive, so that a demo or a replay can be repeated."""
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        with Archive(folder, PLENTY) as archive:
            archive.keep(answer(), "assembly")
            archive.keep(answer(hours=1), "assembly")
    one, two = [{path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders]
    assert one == two


def test_valid_warc(tmp_path: Path) -> None:
    """Any WARC tool reads it: types, dates and digests are as ISO 28500 has them, SHA-256 included."""
    with Archive(tmp_path, PLENTY) as archive:
        archive.keep(answer(), "assembly")
        archive.keep(answer(hours=1), "assembly")
        archive.keep_part(answer("[1, 2]"), b"2", URL + "#S2", "open_legislation")
        archive.keep(answer("", 2, status=304, not_modified=True), "assembly")
    kinds, fields = zip(*records_in(tmp_path), strict=True)
    assert kinds == ("response", "revisit", "resource", "revisit")
    assert [each["WARC-Date"] for each in fields[:2]] == ["2025-03-01T06:30:00Z", "2025-03-01T07:30:00Z"]
    assert all(each["WARC-Payload-Digest"].startswith("sha256:") for each in fields)
    assert fields[1]["WARC-Refers-To"] == fields[0]["WARC-Record-ID"]
    assert fields[1]["WARC-Profile"].endswith("identical-payload-digest")
    assert fields[3]["WARC-Profile"].endswith("server-not-modified")


def test_unchanged_costs_a_revisit(tmp_path: Path) -> None:
    """The same payload again costs a note, also in a later run, and reads back whole with its own time."""
    body = noise(100_000, 1)
    receipts = []
    for hours in range(5):
        with Archive(tmp_path, PLENTY) as archive:
            receipts.append(archive.keep(answer(body, hours), "assembly"))
    sizes = [path.stat().st_size for path in warc_files(tmp_path)]
    assert sizes[0] > 100_000
    assert max(sizes[1:]) < 1_000
    archived = ArchivedAnswers(tmp_path)
    for hours, receipt in enumerate(receipts):
        assert archived.answer(receipt.id) == answer(body, hours) == archived.answer_at(receipt.file, receipt.offset)


def test_back_to_an_earlier_payload(tmp_path: Path) -> None:
    """A page that returns to what it was is a revisit of that, and 304 then means that."""
    with Archive(tmp_path, PLENTY) as archive:
        for hours, body in enumerate(["a", "b", "a"]):
            archive.keep(answer(body, hours), "assembly")
        receipt = archive.keep(answer("", 3, status=304, not_modified=True), "assembly")
    assert [kind for kind, _ in records_in(tmp_path)] == ["response", "response", "revisit", "revisit"]
    assert ArchivedAnswers(tmp_path).answer(receipt.id).body == b"a"
    assert (receipt.sha256, receipt.bytes) == (answer("a").sha256, 1)


def test_not_modified_and_never_kept(tmp_path: Path) -> None:
    """304 for a page that the archive never had proves nothing, and says so."""
    with Archive(tmp_path, PLENTY) as archive:
        receipt = archive.keep(answer("", status=304, not_modified=True), "assembly")
    assert (receipt.file, receipt.sha256) == ("", "")


def test_kept_twice(tmp_path: Path) -> None:
    """The very same answer given twice is one record with one receipt."""
    with Archive(tmp_path, PLENTY) as archive:
        assert archive.keep(answer(), "assembly") == archive.keep(answer(), "assembly")
    assert len(list(records_in(tmp_path))) == 1


def test_part_of_a_list(tmp_path: Path) -> None:
    """One bill's part of a long list is kept by itself, without the list."""
    whole = answer(b"[" + noise(200_000, 2) + b"]", url="https://legislation.example/bills?key=abc&offset=1")
    with Archive(tmp_path, PLENTY) as archive:
        receipt = archive.keep_part(whole, b'{"no": "S2"}', f"{whole.url}#S2", "open_legislation")
        again = archive.keep_part(
            msgspec.structs.replace(whole, fetched_at=START + timedelta(days=1)),
            b'{"no": "S2"}',
            f"{whole.url}#S2",
            "open_legislation",
        )
    assert receipt.url == "https://legislation.example/bills?key=***&offset=1#S2"
    archived = ArchivedAnswers(tmp_path)
    assert archived.answer(receipt.id).body == archived.answer(again.id).body == b'{"no": "S2"}'
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) < 5_000


@given(st.lists(st.tuples(st.sampled_from("abc"), st.binary(max_size=40), st.booleans()), max_size=12))
def test_any_history(tmp_path_factory: pytest.TempPathFactory, history: list[tuple[str, bytes, bool]]) -> None:
    """Whatever was kept, in whatever runs: each receipt gives back its bytes, from the lists or without them."""
    folder = tmp_path_factory.mktemp("archive")
    archive, expected = Archive(folder, PLENTY), dict[str, bytes]()
    for hours, (name, body, new_run) in enumerate(history):
        if new_run:
            archive.close()
            archive = Archive(folder, PLENTY)
        expected[archive.keep(answer(body, hours, URL + name), "assembly").id] = body
    archive.close()
    listed = ArchivedAnswers(folder)
    assert {id_: listed.answer(id_).body for id_ in expected} == expected
    known = [entry for path in warc_files(folder) for entry in entries_in(path)]
    for path in folder.glob("*.jsonl"):
        path.unlink()
    assert [entry for path in warc_files(folder) for entry in entries_in(path)] == known


def test_key_nowhere(tmp_path: Path) -> None:
    """A key in an address is in no byte of the archive."""
    address = "https://legislation.example/api/3/bills/2025/S9191?view=info&key=0123456789abcdef"
    with Archive(tmp_path, PLENTY) as archive:
        receipt = archive.keep(answer(url=address), "open_legislation")
    plain = [field for _, fields in records_in(tmp_path) for field in fields.values()]
    plain += [path.read_text() for path in tmp_path.glob("*.jsonl")]
    assert "0123456789abcdef" not in " ".join([*plain, str(receipt)])
    assert ArchivedAnswers(tmp_path).get(address, kind="json").body == answer().body


# ---- the archive as a fetcher


def test_as_it_was_then(tmp_path: Path) -> None:
    """`at` gives the page as it was at that time."""
    with Archive(tmp_path, PLENTY) as archive:
        for hours in (0, 2, 4):
            archive.keep(answer(f"<html>{hours}</html>", hours), "assembly")

    def seen(hours: float) -> bytes:
        return ArchivedAnswers(tmp_path, at=START + timedelta(hours=hours)).get(URL, kind="html").body

    assert [seen(hours) for hours in (0, 1.9, 2, 9)] == [b"<html>%d</html>" % hours for hours in (0, 0, 2, 4)]
    with pytest.raises(Unreachable):
        seen(-1)


def test_never_kept(tmp_path: Path) -> None:
    """What was never kept is unreachable, by name."""
    with pytest.raises(Unreachable, match="bn=A1"):
        ArchivedAnswers(tmp_path).get("https://nyassembly.gov/leg/?bn=A1", kind="html")
    with pytest.raises(Unreachable, match="0123"):
        ArchivedAnswers(tmp_path).answer("0123")


def test_replays_what_was_fetched(tmp_path: Path) -> None:
    """Pages and forms fetched from a server are answered by the archive without it, equally."""
    with FaultyServer() as server:
        url = server.on("/leg/", page("get"), page("post"), page("other"))
        session = Session("billwatch", requests_per_second=1000)
        live = [session.get(url, kind="html"), session.post(url, {"t": "1"}, kind="html")]
        live.append(session.post(url, {"t": "2"}, kind="html"))
        session.close()
    with Archive(tmp_path, PLENTY) as archive:
        for each in live:
            archive.keep(each, "assembly")
    archived = ArchivedAnswers(tmp_path)
    again = [archived.get(url, kind="html"), archived.post(url, {"t": "1"}, kind="html")]
    again.append(archived.post(url, {"t": "2"}, kind="html"))
    assert again == live


# ---- what may happen to files


@pytest.mark.parametrize("with_list", [True, False])
def test_killed_while_writing(tmp_path: Path, with_list: bool) -> None:
    """A last record cut anywhere costs that record alone; the next run goes on in a file of its own."""
    with Archive(tmp_path / "whole", PLENTY) as archive:
        receipts = [archive.keep(answer(noise(300, n), n, URL + str(n)), "assembly") for n in range(3)]
    (whole,) = warc_files(tmp_path / "whole")
    for cut in range(receipts[2].offset, whole.stat().st_size, 7):
        folder = tmp_path / str(cut)
        folder.mkdir()
        (folder / whole.name).write_bytes(whole.read_bytes()[:cut])
        if with_list:
            listed = whole.with_name(whole.name.replace(".warc.gz", ".jsonl")).read_bytes()
            (folder / "20250301T063000Z-001.jsonl").write_bytes(listed)
        check_after_kill(folder, receipts)


def check_after_kill(folder: Path, receipts: list[Receipt]) -> None:
    archived = ArchivedAnswers(folder)
    assert [archived.answer(receipt.id).body for receipt in receipts[:2]] == [noise(300, 0), noise(300, 1)]
    with pytest.raises((Damaged, Unreachable)):
        archived.answer(receipts[2].id)
    with Archive(folder, PLENTY) as archive:
        later = archive.keep(answer("later", 9), "assembly")
    assert later.file != receipts[0].file
    assert ArchivedAnswers(folder).answer(later.id).body == b"later"


def test_list_cut_off(tmp_path: Path) -> None:
    """A list whose last line was not written to its end is read up to there."""
    with Archive(tmp_path, PLENTY) as archive:
        receipts = [archive.keep(answer(str(n), n), "assembly") for n in range(3)]
    (listed,) = tmp_path.glob("*.jsonl")
    listed.write_bytes(listed.read_bytes()[:-9])
    assert ArchivedAnswers(tmp_path).answer(receipts[1].id).body == b"1"
    with pytest.raises(Unreachable):
        ArchivedAnswers(tmp_path).answer(receipts[2].id)


@given(at=st.integers(min_value=0), flip=st.integers(1, 255))
def test_changed_by_somebody(tmp_path_factory: pytest.TempPathFactory, at: int, flip: int) -> None:
    """A byte changed anywhere in a record is noticed, or changes nothing of the answer's payload."""
    folder = tmp_path_factory.mktemp("archive")
    with Archive(folder, PLENTY) as archive:
        receipt = archive.keep(answer(), "assembly")
    (path,) = warc_files(folder)
    raw = bytearray(path.read_bytes())
    raw[at % len(raw)] ^= flip
    path.write_bytes(raw)
    with contextlib.suppress(Damaged):
        assert ArchivedAnswers(folder).answer(receipt.id).body == answer().body


def forged(path: Path, was: bytes, now: bytes) -> None:
    """Change a record on purpose: unpacked, edited, and packed again with a right checksum."""
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace(was, now)))


def test_forged(tmp_path: Path) -> None:
    """A payload changed on purpose does not match its record's SHA-256, and with that changed too not the receipt's."""
    with Archive(tmp_path, PLENTY) as archive:
        receipt = archive.keep(answer("S9191"), "assembly")
    (path,) = warc_files(tmp_path)
    forged(path, b"S9191\r\n", b"S9192\r\n")
    with pytest.raises(Damaged, match="SHA-256"):
        ArchivedAnswers(tmp_path).answer(receipt.id)
    ours, theirs = (base64.b32encode(hashlib.sha256(body).digest()) for body in (b"S9191", b"S9192"))
    forged(path, ours, theirs)
    with pytest.raises(Damaged, match=receipt.id):
        ArchivedAnswers(tmp_path).answer(receipt.id)


# ---- room


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
