"""The papers tell the truth: every command of the README runs, every name in it is real."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
import yaml
from sqlite_utils import Database

from billwatch.compare.changes import KINDS
from billwatch.config import Config
from billwatch.stages import STAGES
from billwatch.store.migrations import TABLES, migrations

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
STORE = (ROOT / "docs" / "store.md").read_text("utf-8")
REPLAY = ROOT.parent / "shared" / "replay" / "replay.py"
NOON = "2025-06-13T12:00:00Z"
MAIN = [sys.executable, "-c", "import sys; from billwatch.cli import main; sys.exit(main())"]

CONFIG = """
[follow]
topics = []
bills = ["ny/2025/S404", "ny/2023/S9191"]
[legislatures.ny]
sessions = [2025]
requests_per_second = 1000
open_legislation_url = "{host}/api/3"
assembly_url = "{host}/leg/"
lbdc_url = "{host}/navigate.cgi"
senate_url = "{host}"
"""


def blocks(kind: str) -> str:
    """What stands in the README's blocks of this kind: "sh live", "toml"."""
    return "".join(re.findall(rf"^```{kind}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL))


def commands() -> list[list[str]]:
    """The README's commands for live use, as a shell would split them."""
    split = (shlex.split(line, comments=True) for line in blocks("sh live").splitlines())
    return [words for words in split if words]


# --- what can be checked anywhere ------------------------------------------------------------------------------


def test_installing_and_testing_are_one_line_each() -> None:
    """A stranger copies one line to see it work, and one to run the tests; `.ci/run` copies the same two."""
    for kind, end in (("demo", "billwatch demo"), ("tests", "pytest -n auto")):
        lines = blocks(f"sh {kind}").splitlines()
        assert len(lines) == 1
        assert lines[0].startswith("python3 -m venv .venv && .venv/bin/pip install ") and lines[0].endswith(end)


def test_the_configuration_shown_is_the_example(tmp_path: Path) -> None:
    """The README shows `example.toml`, whole, and it is a configuration."""
    assert blocks("toml") == (ROOT / "scraper" / "billwatch" / "config" / "example.toml").read_text("utf-8")
    (tmp_path / "billwatch.toml").write_text(blocks("toml"))
    assert Config.load(tmp_path / "billwatch.toml").site.title == tomllib.loads(blocks("toml"))["site"]["title"]


@pytest.mark.parametrize("paper", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/store.md", "docs/topics.md"])
def test_what_the_papers_point_at_is_there(paper: str) -> None:
    """Every relative link and every path in backticks leads to a file of the project."""
    text = (ROOT / paper).read_text("utf-8")
    links = [link for link in re.findall(r"\]\(([^)#\s]+)\)", text) if "://" not in link]
    files = re.findall(r"`((?:scraper|site|tests|docs|\.ci)/[\w./-]+)`", text)
    missing = [link for link in links if not (ROOT / paper).parent.joinpath(link).exists()]
    assert missing + [file for file in files if not (ROOT / file).exists()] == []


def described(table: str) -> list[str]:
    """The columns that docs/store.md describes for a table."""
    section = STORE.split(f"\n## {table}\n", 1)[-1].split("\n## ", 1)[0]
    return re.findall(r"^\| `(\w+)` \|", section.split("| kind | meaning |")[0], re.MULTILINE)


@pytest.mark.parametrize("table", TABLES)
def test_every_table_and_column_is_described(table: str) -> None:
    """docs/store.md has each table with all its columns and no others."""
    db = Database(memory=True)
    migrations.apply(db)
    assert f"\n## {table}\n" in STORE
    assert sorted(described(table)) == sorted(db.table(table).columns_dict)


def test_every_kind_of_change_and_stage_is_described() -> None:
    """docs/store.md names them all; a kind that is gone is gone from it."""
    listed = STORE.split("| kind | meaning |", 1)[1].split("\n## ", 1)[0]
    assert re.findall(r"^\| `([\w-]+)` \|", listed, re.MULTILINE) == list(KINDS)
    row = next(line for line in STORE.splitlines() if line.startswith("| `stage` |"))
    assert set(re.findall(r"`([\w-]+)`", row)) == {"stage", *STAGES}


def test_the_workflow_is_one() -> None:
    """GitHub's own schema accepts it."""
    pytest.importorskip("check_jsonschema", reason="check-jsonschema is not installed")
    file = str(ROOT / ".github" / "workflows" / "publish.yml")
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", file]
    done = subprocess.run(check, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_workflow_never_loses_the_history() -> None:
    """It dumps what it learned when the run failed, and dumps nothing when the load failed."""
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "publish.yml").read_text("utf-8"))
    steps = [step for step in workflow["jobs"]["watch"]["steps"] if "billwatch " in step.get("run", "")]
    load, run, dump = steps
    assert "billwatch load" in load["run"] and "billwatch run" in run["run"]
    assert not any("if" in step or "continue-on-error" in step for step in (load, run))
    assert load["id"] == "load" and dump["if"] == "${{ !cancelled() && steps.load.outcome == 'success' }}"
    assert dump["run"].index("billwatch dump") < dump["run"].index("git push")
    assert workflow["permissions"] == {}


def test_a_fork_is_told_that_it_has_to_be_switched_on() -> None:
    """GitHub runs no schedule in a fork until its workflow is enabled, and none after 60 quiet days."""
    steps = README.split("\n## Publish it for nothing\n")[1].split("\n## ")[0]
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "publish.yml").read_text("utf-8"))
    assert f"“{workflow['name']}”" in steps and "“Enable workflow”" in steps and "60 days" in steps


def test_the_workflow_can_tell_channels() -> None:
    """It installs what every setting needs, and passes each variable that the README's channels name."""
    text = (ROOT / ".github" / "workflows" / "publish.yml").read_text("utf-8")
    steps = yaml.safe_load(text)["jobs"]["watch"]["steps"]
    assert [step["run"] for step in steps if "pip install" in step.get("run", "")] == [
        "pip install '.[alerts,cards,search]'"
    ]
    (run,) = (step for step in steps if "billwatch run" in step.get("run", ""))
    for name in re.findall(r"\$\{(BILLWATCH_\w+)\}", blocks("toml")):
        assert run["env"][name] == f"${{{{ secrets.{name} }}}}"


# --- what needs the recorded history ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sources() -> Iterator[str]:
    """New York's sources on this machine, as they were a minute before noon."""
    if not REPLAY.exists():
        pytest.skip("the recorded histories are not beside the project (../shared)")
    start = [sys.executable, str(REPLAY), "--port", "0", "--at", NOON.replace("12:00", "11:59")]
    with subprocess.Popen(start, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        yield server.stdout.readline().split()[-1]
        server.terminate()


@pytest.fixture(scope="module")
def folder(sources: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where somebody follows two bills of these sources."""
    folder = tmp_path_factory.mktemp("reader")
    (folder / "billwatch.toml").write_text(CONFIG.format(host=sources))
    return folder


def environment() -> dict[str, str]:
    paths = os.pathsep.join(str(ROOT / half) for half in ("scraper", "site"))
    return {**os.environ, "PYTHONPATH": paths, "PYTHONUNBUFFERED": "1", "BILLWATCH_NOW": NOON, "BILLWATCH_NY_KEY": ""}


def output(folder: Path, *words: str) -> str:
    """What a command prints; it must succeed."""
    done = subprocess.run([*MAIN, *words], cwd=folder, env=environment(), capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, f"billwatch {' '.join(words)}\n{done.stdout}{done.stderr}"
    return done.stdout


def served(folder: Path, *words: str) -> str:
    """The first page that a serving command serves."""
    with subprocess.Popen(
        [*MAIN, *words], cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as server:
        try:
            assert server.stdout
            said = ""
            while not (address := re.search(r"http://[\w.]+:\d+", said)) and (line := server.stdout.readline()):
                said += line
            assert address, said
            return str(urlopen(address[0] + "/", timeout=30).read().decode())
        finally:
            server.terminate()


@pytest.mark.timeout(600)
def test_the_commands_for_live_use_run_as_written(folder: Path) -> None:
    """One after the other, each succeeds and leaves what the README says it leaves."""
    assert [words[0] for words in commands()] == ["billwatch"] * len(commands())
    said = {" ".join(words[1:]): output(folder, *words[1:]) for words in commands() if words[1] != "serve"}
    assert "ny/2023/S9191" in said["show ny S.9191"]
    assert (folder / "public" / "ny" / "2025" / "S404" / "index.html").exists()
    rows = [json.loads(line) for line in (folder / "history/bills/ny-2025.ndjson").read_text().splitlines()]
    assert "ny/2025/S404" in {row["id"] for row in rows}
    there, copy = (Database(folder / data / "bills.db") for data in ("data", "copy"))
    assert list(copy.table("changes").rows) == list(there.table("changes").rows)
    for words in commands():
        if words[1] == "serve":
            assert "S404" in served(folder, *words[1:])


def test_every_command_is_shown() -> None:
    """The README shows or names each command that billwatch has."""
    cli = pytest.importorskip("billwatch.cli", reason="the command line is not there yet")
    for name in cli.cli.commands:
        assert re.search(rf"billwatch (--data copy )?{name}\b", README + (ROOT / "CONTRIBUTING.md").read_text()), name
