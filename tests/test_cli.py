"""The commands: what they print, and how they end: 0 done, 1 a bill unanswered, 2 a mistake, in one line."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from answers import KEY, bill_json, envelope
from billwatch.cli import main
from billwatch.store import Store
from faulty_server import FaultyServer, Says, json
from saying import bill, says

S404 = "/api/3/bills/2025/S404"


class Said(NamedTuple):
    """How a command ended and what it wrote."""

    status: int
    out: str
    err: str


Command = Callable[..., Said]


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    with FaultyServer() as server:
        yield server


@pytest.fixture
def command(tmp_path: Path, server: FaultyServer, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run a command in this test's folder; the only source is the test's server."""
    (tmp_path / "billwatch.toml").write_text(
        f'[follow]\ntopics = []\nbills = ["ny/2025/S404"]\n[legislatures.ny]\nsources = ["open-legislation"]\n'
        f'open_legislation_key = "{KEY}"\nopen_legislation_url = "{server.root}/api/3"\nrequests_per_second = 500\n'
    )

    def run(*arguments: str) -> Said:
        status = 0
        try:
            main(["--config", str(tmp_path / "billwatch.toml"), "--data", str(tmp_path / "data"), *arguments])
        except SystemExit as ended:
            status = ended.code if isinstance(ended.code, int) else 0
        return Said(status, *capsys.readouterr())

    return run


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A store with two bills of one number and one of another."""
    with closing(Store(tmp_path / "data" / "bills.db")) as store:
        says(
            store, "lbdc", bill("ny/2017/S9191", title="Of social media"), bill("ny/2025/S9191", title="Of pharmacies")
        )
        says(store, "lbdc", bill("ny/2025/A9191", title="Of sisters"), bill("ny/2025/S404"))
    return tmp_path


def whole(number: str = "S404", session: int = 2025) -> Says:
    return json(msgspec.json.encode(envelope(bill_json(number, session))).decode())


WRONG = whole("S1")  # an answer about another bill: a failure that is not tried again


# -- update, build, run


def test_update_asks_and_remembers(command: Command, server: FaultyServer, tmp_path: Path) -> None:
    """Status 0, a report of one line a source, the bill in the store; the key went to the source only."""
    server.on(S404, whole())
    said = command("update")
    assert (said.status, said.err) == (0, "")
    assert "ny/open-legislation: 1 asked, 1 bills answered, 0 unchanged, 0 failed, 1 changes" in said.out
    assert command("show", "ny", "S.404").out.startswith("ny/2025/S404  Relates to the matter of S404")
    assert f"key={KEY}" in server.asked(S404)[0].path
    assert not any(KEY.encode() in f.read_bytes() for f in (tmp_path / "data").rglob("*") if f.is_file())


def test_a_receipt_gives_the_page_back(command: Command, server: FaultyServer, tmp_path: Path) -> None:
    """By what a change cites, and by the digest that the site shows; the address, without its key, is said aside."""
    server.on(S404, whole())
    command("update")
    with closing(Store(tmp_path / "data" / "bills.db")) as store:
        ((cited, digest),) = store.rows("select f.id, sha256 from changes c join fetches f on f.id = c.receipt")
    for proof in (cited, digest):
        said = command("receipt", proof)
        assert (said.status, said.out) == (0, msgspec.json.encode(envelope(bill_json("S404", 2025))).decode())
        assert S404 in said.err and "key=***" in said.err and KEY not in said.err
    assert command("receipt", "nothing").err.startswith("billwatch: the store has no receipt 'nothing'; ")


def test_a_bill_without_an_answer_is_status_1(command: Command, server: FaultyServer) -> None:
    """One line that names the bill; what was known stays."""
    server.on(S404, WRONG)
    said = command("update")
    assert said.status == 1
    assert said.err == "billwatch: no source answered for ny/2025/S404; what we knew stands, and it is asked again\n"


@pytest.mark.parametrize("options", [(), ("-q",)])
def test_a_first_run_that_finds_nothing_for_nobody_answered_is_status_1(
    command: Command, tmp_path: Path, options: tuple[str, ...]
) -> None:
    """One line that names who did not answer, also where nothing but errors is printed."""
    file = tmp_path / "billwatch.toml"
    file.write_text(file.read_text().replace("topics = []", 'topics = ["speech"]').replace('["ny/2025/S404"]', "[]"))
    said = command(*options, "update")
    assert said.status == 1
    assert said.err == "billwatch: no answer from ny/open-legislation; new bills stay unseen until it answers\n"


def test_what_is_let_go_is_not_promised_to_be_asked_again(
    command: Command, server: FaultyServer, tmp_path: Path
) -> None:
    """The run that lets a bill go needs no answer for it, and says only that; whoever names it is told of both."""
    server.on(S404, whole())
    server.on("/api/3/bills/2025/S405", whole("S405"))
    command("update")
    file, store = tmp_path / "billwatch.toml", tmp_path / "data" / "bills.db"
    file.write_text(file.read_text().replace("ny/2025/S404", "ny/2025/S405"))
    before = store.read_bytes()
    server.on(S404, WRONG)
    said = command("update")
    assert (said.status, said.err) == (0, "") and "1 bill is no longer followed" in said.out
    store.write_bytes(before)
    said = command("update", "ny/2025/S404")
    assert said.status == 1
    assert said.err == "billwatch: no source answered for ny/2025/S404; it is not followed: update it once more\n"


def test_what_is_not_followed_is_not_promised_to_be_asked_again(command: Command, server: FaultyServer) -> None:
    """A bill that was named for one run only: the line says what to do for an answer."""
    server.on("/api/3/bills/2025/S405", WRONG)
    said = command("update", "ny/2025/S405", "ny/2025/S404")
    assert said.status == 1 and said.err.splitlines() == [
        "billwatch: no source answered for ny/2025/S404; what we knew stands, and it is asked again",
        "billwatch: no source answered for ny/2025/S405; it is not followed: update it once more",
    ]


@pytest.mark.parametrize("command_line", [("update",), ("record", "--source", "open-legislation", "--to", "x")])
@pytest.mark.parametrize(
    ("bill", "remedy"),
    [
        *((bill, f"{bill}: ") for bill in ("ny/2024/S404", "ny/1801/S1", "ny/9999/S1")),
        *((f"ny/2025/{number}", f"'{number}' is no bill number of New York; ") for number in ("SX404", "S0")),
    ],
)
def test_what_cannot_be_a_bill_is_not_asked_for(
    command: Command, server: FaultyServer, tmp_path: Path, command_line: tuple[str, ...], bill: str, remedy: str
) -> None:
    """An even year, a number that New York does not give: one line with the remedy, no request, nothing kept."""
    said = command(*command_line, bill)
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1)
    assert said.err.startswith(f"billwatch: {remedy}") and said.err.endswith(("as 2025\n", "as in ny/2017/S9191\n"))
    assert server.seen == [] and not (tmp_path / "data").exists()


def test_run_publishes_also_when_a_source_failed(command: Command, server: FaultyServer, tmp_path: Path) -> None:
    """The rest is published all the same, and the status says that something is missing."""
    server.on(S404, whole(), WRONG)
    assert command("run", "--out", str(tmp_path / "public")).status == 0
    said = command("run", "--out", str(tmp_path / "public"))
    assert said.status == 1 and (tmp_path / "public" / "ny" / "2025" / "S404" / "index.html").exists()


def test_a_narrower_configuration_says_what_it_takes_away(
    command: Command, server: FaultyServer, tmp_path: Path
) -> None:
    """Update names the bills that are let go, and build counts the files that went with them."""
    server.on(S404, whole())
    public, file = str(tmp_path / "public"), tmp_path / "billwatch.toml"
    command("update")
    assert "gone" not in command("build", "--out", public).out
    file.write_text(file.read_text().replace('bills = ["ny/2025/S404"]', "bills = []"))
    assert "1 bill is no longer followed, and will be gone from the site: ny/2025/S404\n" in command("update").out
    built = command("build", "--out", public).out
    assert re.search(r" files new in .*public; \d+ files are gone\n$", built)
    assert not (tmp_path / "public/ny/2025/S404").exists()


def test_update_of_named_bills_only(command: Command, server: FaultyServer) -> None:
    """Other bills are left in peace."""
    server.on("/api/3/bills/2025/S405", whole("S405"))
    assert command("update", "ny/2025/S405").status == 0
    assert server.asked(S404) == []


def test_quiet_prints_nothing_but_errors(command: Command, server: FaultyServer, tmp_path: Path) -> None:
    """With -q a run without trouble is silent; a bill without an answer is still named."""
    server.on(S404, whole(), WRONG)
    assert command("-q", "update") == Said(0, "", "")
    assert command("--quiet", "build", "--out", str(tmp_path / "public")) == Said(0, "", "")
    said = command("-q", "update")
    assert (said.status, said.out, said.err.count("\n")) == (1, "", 1)


# -- show, dump, load, check


@pytest.mark.parametrize("typed", ["S9191", "S.9191", "s09191", "S 9191-a"])
def test_show_prints_each_session_apart(command: Command, filled: Path, typed: str) -> None:
    """However the number is typed, its bills of all sessions stand apart, the oldest first."""
    said = command("show", "ny", *typed.split())
    assert [part.split("\n")[0] for part in said.out.split("\n\n")] == [
        *("ny/2017/S9191  Of social media", "ny/2025/S9191  Of pharmacies")
    ]


def test_show_one_session_and_both_houses(command: Command, filled: Path) -> None:
    """A session beside the number leaves one bill; a number without its house is looked for in both."""
    assert command("show", "ny", "S9191-2017").out.startswith("ny/2017/S9191")
    assert "Of pharmacies" not in command("show", "ny", "S9191-2017").out
    both = command("show", "ny", "9191").out
    assert "Of sisters" in both and "Of social media" in both
    assert "\n\nny/2025/A9191" in both or "\n\nny/2017/S9191" in both


def test_a_history_is_dumped_and_loaded(command: Command, filled: Path) -> None:
    """What one data directory knows, another knows after `dump` and `load`; a full store is not filled again."""
    assert command("dump", str(filled / "history")).status == 0
    (filled / "data" / "bills.db").rename(filled / "old.db")
    assert command("load", str(filled / "history")).status == 0
    assert "Of pharmacies" in command("show", "ny", "S9191").out
    again = command("load", str(filled / "history"))
    assert again.status != 0 and again.err.startswith("billwatch: ") and again.err.count("\n") == 1


def test_topics_shows_what_is_in_doubt(command: Command, filled: Path) -> None:
    """`topics --review` names the bill, what speaks for it and what to write."""
    said = command("topics", "--review", "--limit", "5")
    assert said.status == 0 and said.out.startswith("0.40  ny/2017/S9191  Of social media\n")
    assert 'topics = ["social-media-minors"]  # or: not_ours = true' in said.out


def test_topics_reads_lines(tmp_path: Path) -> None:
    """Answers go to stdout, what is odd to stderr, and the status is 0: the rest was done."""
    program = [sys.executable, "-c", "from billwatch.cli import main; main()", "topics"]
    lines = b'{"id": "a", "title": "Relates to facial recognition"}\nnonsense\n'
    said = subprocess.run(program, input=lines, cwd=tmp_path, capture_output=True)
    assert said.returncode == 0 and b'"topics":["biometrics"]' in said.stdout and said.stdout.count(b"\n") == 1
    assert said.stderr.startswith(b"line 2: ") and said.stderr.count(b"\n") == 1


def test_topics_of_lines_that_are_no_bills(tmp_path: Path) -> None:
    """Where not one line could be read, that is wrong usage: each is named, and the status is 2."""
    program = [sys.executable, "-c", "from billwatch.cli import main; main()", "topics"]
    said = subprocess.run(program, input=b"id,title\nS1,x\n", cwd=tmp_path, capture_output=True, timeout=60)
    named = [line.split(b":")[0] for line in said.stderr.splitlines()]
    assert said.returncode == 2 and said.stdout == b"" and named == [b"line 1", b"line 2", b"billwatch"]
    assert subprocess.run(program, input=b"", cwd=tmp_path, capture_output=True, timeout=60).returncode == 0


def test_check_says_how_each_source_is(command: Command, server: FaultyServer) -> None:
    """Status 0 when all are well, 1 when one is not."""
    server.on("/api/3/bills/2019/S1413", whole("S1413", 2019), WRONG)
    assert command("check") == Said(0, "well    ny/open-legislation: answered with 1 lines about ny/2019/S1413\n", "")
    said = command("check")
    assert said.status == 1 and said.out.startswith("FAILED  ny/open-legislation: ") and KEY not in said.out


def test_record_writes_the_page_and_what_was_read(command: Command, server: FaultyServer, tmp_path: Path) -> None:
    """The answer as it came, and beside it the facts for review."""
    assert command("record", "ny/2025/S404", "--source", "nonsense", "--to", str(tmp_path)).status == 2


# -- mistakes


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("shov",), "No such command 'shov'"),
        (("show",), "Missing argument"),
        (("show", "ny", "hello"), "'hello' is not a bill number; write it as S9191"),
        (("show", "xx", "S1"), "no legislature 'xx'; there are: "),
        (("show", "ny", "S1"), "no bill S1 is in the store"),
        (("update", "S9191"), "'S9191' is not a bill id; write it as ny/2017/S9191"),
        (("update", "us/119/HR1"), "us"),
        (("update", "--fast"), "No such option"),
        (("record", "ny/2025/S404", "--source", "lbcd", "--to", "x"), "there is no source 'lbcd'"),
        (("serve", "--port", "99999"), "99999 is not in the range"),
        (("demo", "--port", "-1"), "-1 is not in the range"),
        (("serve", "--out", "no-such-folder"), "there is no site in no-such-folder"),
        (("load", "no-such-folder"), "no-such-folder"),
    ],
)
def test_a_mistake_is_one_line_that_names_it(
    command: Command, filled: Path, arguments: tuple[str, ...], says: str
) -> None:
    """On stderr, with the thing and the remedy; nothing on stdout, and no traceback."""
    said = command(*arguments)
    assert said.status in (1, 2) and said.out == ""
    assert said.err.startswith("billwatch: ") and says in said.err and said.err.count("\n") == 1
    assert said.status == 2 or arguments[0] == "load"


@pytest.mark.parametrize("arguments", [("show", "ny", "S1"), ("build",), ("dump", "x"), ("topics", "--review")])
def test_without_a_store_the_remedy_is_named(command: Command, arguments: tuple[str, ...]) -> None:
    """Reading before the first update is a mistake, and makes no store."""
    said = command(*arguments)
    assert said.status == 2 and "run 'billwatch update' first" in said.err and said.err.count("\n") == 1


def test_a_mistake_in_the_configuration(command: Command, tmp_path: Path) -> None:
    """The file and the key are named, whatever the command."""
    (tmp_path / "billwatch.toml").write_text("[follow]\ntopic = []\n")
    said = command("check")
    assert said.status == 2 and "follow.topic: no such name here; did you mean 'topics'?" in said.err


@pytest.mark.parametrize(
    "arguments", [("build",), ("alert",), ("alert", "--dry-run"), ("show", "ny", "S404"), ("dump", "x"), ("update",)]
)
def test_a_store_of_tomorrow_is_refused_by_whatever_reads_it(
    command: Command, filled: Path, arguments: tuple[str, ...]
) -> None:
    """Nothing is published or told of tables that may mean something else by now; one line names the remedy."""
    with (filled / "billwatch.toml").open("a") as file:
        file.write('[mail]\nhost = "localhost"\nsender = "a@example.org"\n[site]\nurl = "https://example.org/"\n')
    with closing(sqlite3.connect(filled / "data" / "bills.db")) as db, db:
        db.execute("update _sqlite_migrations set name = 'tables_of_tomorrow' where name = 'first_tables'")
    out = ("--out", str(filled / "public")) if arguments == ("build",) else ()
    said = command(*arguments, *out)
    assert (said.status, said.out) == (1, "") and said.err.count("\n") == 1
    assert "was written by a newer billwatch; install the newer version to use it" in said.err
    assert not (filled / "public").exists()


def test_a_damaged_store_is_one_line(command: Command, filled: Path) -> None:
    """A file that is no database is said to be none by every command that opens it."""
    (filled / "data" / "bills.db").write_bytes(b"not a database, but long enough to be taken for one" * 100)
    for arguments in (("show", "ny", "S9191"), ("dump", str(filled / "x")), ("build", "--out", str(filled / "public"))):
        said = command(*arguments)
        assert said.status == 1 and said.err.startswith("billwatch: ") and said.err.count("\n") == 1, arguments


def test_a_site_that_cannot_be_written_is_one_line(command: Command, filled: Path) -> None:
    """A file stands where the folder should be."""
    (filled / "public").write_text("")
    said = command("build", "--out", str(filled / "public"))
    assert said.status in (1, 2) and said.err.startswith("billwatch: ") and said.err.count("\n") == 1


def test_the_program_itself(tmp_path: Path) -> None:
    """As `python -m billwatch`: help, version, and a mistake that ends with 2 and one line."""

    def billwatch(*arguments: str) -> subprocess.CompletedProcess[str]:
        program = [sys.executable, "-m", "billwatch", *arguments]
        return subprocess.run(program, cwd=tmp_path, capture_output=True, text=True)

    assert billwatch("--version").stdout.startswith("billwatch, version ")
    helped = billwatch("-h")
    assert helped.returncode == 0 and all(
        name in helped.stdout for name in ("demo", "update", "run", "show", "check", "load")
    )
    mistaken = billwatch("show", "ny", "S9191")
    assert (mistaken.returncode, mistaken.stdout, mistaken.stderr.count("\n")) == (2, "", 1)
    assert list(tmp_path.iterdir()) == []


def test_the_commands_start_without_what_a_legislature_knows() -> None:
    """Its sessions, numbers and actions are imported when something is asked or printed: help is there at once."""
    code = "import sys, billwatch.cli; print(*(name for name in sys.modules if 'legislatures.new_york' in name))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == []


@pytest.mark.parametrize(
    "arguments", [("demo", "--no-serve", "--out", "site"), ("build",), ("dump", "there"), ("show", "ny", "S1")]
)
def test_nothing_is_left_open(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """No file and no database: Python's development mode, which watches for them, has nothing to say."""
    Store(tmp_path / "data/bills.db").close()
    program = [sys.executable, "-X", "dev", "-m", "billwatch", *arguments]
    ran = subprocess.run(program, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)
    assert "Warning" not in ran.stderr
    assert ran.returncode == 0 or arguments[0] == "show"  # there is no such bill
