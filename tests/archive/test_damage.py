"""archive: a record that was cut or changed is noticed, and costs itself alone."""

from __future__ import annotations

import base64
import contextlib
import gzip
import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.kept import PLENTY, URL, answer, noise
from billwatch.archive import Archive, ArchivedAnswers
from billwatch.archive.shelf import warc_files
from billwatch.archive.warc import Receipt
from billwatch.errors import Damaged, Unreachable


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
