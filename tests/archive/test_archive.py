"""archive: what was fetched can be shown again, byte for byte, to anybody, for as long as somebody cites it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from archive.kept import PLENTY, START, URL, answer, noise
from billwatch.archive import Archive, ArchivedAnswers
from billwatch.archive.shelf import entries_in, warc_files
from billwatch.errors import Unreachable
from billwatch.fetch import Session
from faulty_server import FaultyServer, page


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
