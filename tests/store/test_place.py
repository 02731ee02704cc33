"""A dump in its folder: what is not ours stays, and a dump that is killed anywhere loses nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from billwatch.errors import StoreError
from billwatch.store.dump import dump, load
from billwatch.store.migrations import migrations

AT = "2018-11-15T06:00:00+00:00"


def store(*bills: str) -> Database:
    """A store that knows these bills, `2017/S9191`, and a bookmark for each."""
    db = Database(memory=True)
    migrations.apply(db)
    for bill in bills:
        session, identifier = bill.split("/")
        row = {"id": f"ny/{bill}", "legislature": "ny", "session": session, "identifier": identifier}
        db.table("bills").insert({**row, "first_seen_at": AT, "changed_at": AT})
        db.table("bookmarks").insert({"name": bill, "value": AT})
    return db


def held(folder: Path) -> set[str]:
    """The bills of the dump in this folder."""
    db = store()
    load(folder, db)
    assert db.table("bookmarks").count == db.table("bills").count
    return {str(row["id"]).removeprefix("ny/") for row in db.table("bills").rows}


def files(folder: Path) -> list[str]:
    return sorted(str(f.relative_to(folder)) for f in folder.rglob("*") if f.is_file() and ".git/" not in str(f))


def git(folder: Path, *words: str) -> str:
    me = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    return subprocess.run(["git", *me, *words], cwd=folder, check=True, capture_output=True, text=True).stdout


OLD, NEW = ("2017/S9191", "2019/S1413"), ("2019/S1413", "2021/S1", "2023/S2")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A git repository with a dump, and what somebody keeps beside it."""
    folder = tmp_path / "history"
    dump(store(*OLD), folder)
    for name in ("README.md", ".gitattributes", "bills/about.txt", "bills/mine.ndjson", "letters.ndjson"):
        (folder / name).write_text("mine")
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "The first")
    return folder


MINE = [".gitattributes", "README.md", "bills/about.txt", "bills/mine.ndjson", "letters.ndjson"]


def test_a_repository_stays_one(repository: Path) -> None:
    """`.git` and all that somebody keeps in the folder stay; git sees our files change, and no others."""
    dump(store(*NEW), repository)
    assert held(repository) == set(NEW)
    changed = {line[3:] for line in git(repository, "status", "--porcelain", "--untracked-files=all").splitlines()}
    ours = {"bills/ny-2017.ndjson", "bills/ny-2021.ndjson", "bills/ny-2023.ndjson"}
    assert changed == ours | {"bookmarks.ndjson", "schema.ndjson"}
    dump(store(), repository)
    assert files(repository) == [*MINE, "schema.ndjson"]


def test_a_first_dump_into_a_repository(tmp_path: Path) -> None:
    """A repository that was begun with a README takes a dump."""
    git(tmp_path, "init", "--quiet")
    (tmp_path / "README.md").write_text("mine")
    dump(store(*OLD), tmp_path)
    assert held(tmp_path) == set(OLD) and (tmp_path / "README.md").read_text() == "mine"


@pytest.mark.parametrize("mine", ["bookmarks.ndjson", "bills/ny-2021.ndjson", "bills"])
def test_what_is_in_the_way_is_named(tmp_path: Path, mine: str) -> None:
    """Where a file shall be, something lies that is of no dump: it stays, and so does the dump."""
    git(tmp_path, "init", "--quiet")
    dump(store(), tmp_path)
    (tmp_path / mine).parent.mkdir(exist_ok=True)
    (tmp_path / mine).write_text("mine")
    with pytest.raises(StoreError, match=rf"{mine} is in the way and of no dump; move it, or choose another folder"):
        dump(store(*NEW), tmp_path)
    assert held(tmp_path) == set() and files(tmp_path) == sorted([mine, "schema.ndjson"])


def test_nothing_beside_the_folder_is_touched(tmp_path: Path) -> None:
    """A backup that somebody made by hand is theirs, whatever its name."""
    for name in ("h", "h.old", "h.new", "h.partial"):
        dump(store(*OLD), tmp_path / name)
    dump(store(*NEW), tmp_path / "h")
    assert held(tmp_path / "h") == set(NEW)
    assert all(held(tmp_path / f"h.{end}") == set(OLD) for end in ("old", "new", "partial"))


def test_a_link_to_a_folder_stays_one(tmp_path: Path) -> None:
    """However often, a dump goes to where the link leads."""
    (tmp_path / "disk").mkdir()
    (tmp_path / "h").symlink_to("disk")
    for bills in (OLD, NEW, OLD):
        dump(store(*bills), tmp_path / "h")
        assert (tmp_path / "h").is_symlink() and held(tmp_path / "h") == held(tmp_path / "disk") == set(bills)


def test_the_folder_where_one_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`dump .`, again and again."""
    monkeypatch.chdir(tmp_path)
    for bills in (OLD, NEW):
        dump(store(*bills), Path("."))
        assert held(Path(".")) == held(tmp_path) == set(bills)


def test_a_place_that_is_no_folder(tmp_path: Path) -> None:
    """A file, and a link that leads nowhere, are one line with a remedy."""
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to("nowhere")
    for name in ("file", "link", "file/under"):
        with pytest.raises(StoreError, match=r"cannot write the dump to .*; make room, or choose another folder"):
            dump(store(), tmp_path / name)
    assert (tmp_path / "file").read_text() == "mine"


EVENTS = {"open", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.scandir", "shutil.rmtree"}


def killed(folder: Path, after: int) -> bool:
    """Dump in a process of its own that ends before it touches the disk once more; whether it came so far."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    db, left = store(*NEW), iter(range(after))

    def count(event: str, _: object) -> None:
        if event in EVENTS and next(left, None) is None:
            os._exit(9)

    try:
        sys.addaudithook(count)
        dump(db, folder)
        os._exit(0)
    finally:
        os._exit(1)


def every_kill(tmp_path: Path) -> Iterator[Path]:
    """A repository whose second dump was killed: before its first step, before its second, and so on."""
    for after in range(1000):
        folder = tmp_path / str(after)
        dump(store(*OLD), folder)
        (folder / "letter.txt").write_text("mine")
        if not killed(folder, after):
            assert after > 20
            return
        yield folder


def test_killed_anywhere_nothing_is_lost(tmp_path: Path) -> None:
    """The next load finds the earlier dump whole, or the new one, and leaves nothing else but what is somebody's."""
    seen = []
    for folder in every_kill(tmp_path):
        seen.append(held(folder))
        (dump(store(*OLD), folder), held(folder))
        assert files(folder) == sorted(
            ["bills/ny-2017.ndjson", "bills/ny-2019.ndjson", "bookmarks.ndjson", "letter.txt", "schema.ndjson"]
        )
    assert set(OLD) in seen and set(NEW) in seen and all(bills in (set(OLD), set(NEW)) for bills in seen)


def test_killed_anywhere_the_next_dump_goes_on(tmp_path: Path) -> None:
    """Without a load in between."""
    for folder in every_kill(tmp_path):
        dump(store("2025/S404"), folder)
        assert files(folder) == ["bills/ny-2025.ndjson", "bookmarks.ndjson", "letter.txt", "schema.ndjson"]
        assert held(folder) == {"2025/S404"}


def test_killed_anywhere_what_git_brings_back_counts(tmp_path: Path) -> None:
    """Who brings the earlier dump back by hand gets that one, and no mixture."""
    for folder in every_kill(tmp_path):
        dump(store(*OLD), tmp_path / "copy")
        for name in files(tmp_path / "copy"):
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_bytes((tmp_path / "copy" / name).read_bytes())
        assert held(folder) in (set(OLD), set(NEW))
        assert not (folder / ".billwatch-complete").exists()
