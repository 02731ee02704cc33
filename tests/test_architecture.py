"""The shape of the house: imports run one way, and every room is small."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
IN = sorted((ROOT / "scraper" / "billwatch").rglob("*.py"))
OUT = sorted((ROOT / "site" / "billwatch_site").rglob("*.py"))
# The rooms of what comes in that know what goes out as well.
BOTH = {"cli", "demo"}
STORE = {
    "billwatch.store",
    "billwatch.bill",
    "billwatch.database",  # how a file of ours is locked and brought up to date: the subscribers' is one too
    "billwatch.legislatures",  # their names, zones, chambers and sessions; never a source
    "billwatch.stages",
    "billwatch.compare.changes",  # the kinds of changes
    "billwatch.topics.taxonomy",
    "billwatch.errors",
}  # what the site may know

# The rooms of the site from the ground up: each knows those before it and none after.
FLOORS = (
    *("settings", "records", "words", "reading", "pictures", "embeds", "printing"),
    *("downloads", "calendars", "feeds", "alerts", "pages", "building", "build", "serving"),
)


def named(file: Path) -> str:
    return str(file.relative_to(ROOT))


def imports(tree: ast.AST) -> Iterator[str]:
    """Each module that is imported: `from billwatch import store` is `billwatch.store`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module in ("billwatch", "billwatch_site"):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def lines(node: ast.stmt) -> int:
    """How long a function is, without the strings that it holds: SQL and docstrings are not code."""
    strings = (n for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str))
    text = {line for s in strings if s.end_lineno != s.lineno for line in range(s.lineno, (s.end_lineno or 0) + 1)}
    return len(set(range(node.lineno, (node.end_lineno or 0) + 1)) - text)


@pytest.mark.parametrize("file", [f for f in IN if f.parent.name not in BOTH], ids=named)
def test_the_half_that_comes_in_does_not_know_the_site(file: Path) -> None:
    """Only `cli/` and `demo/` know both halves."""
    found = [name for name in imports(ast.parse(file.read_text())) if name.split(".")[0] == "billwatch_site"]
    assert found == []


@pytest.mark.parametrize("file", OUT, ids=named)
def test_the_half_that_goes_out_knows_the_store_only(file: Path) -> None:
    """The halves meet at the store and the words for what is in it."""
    known = [name for name in imports(ast.parse(file.read_text())) if name.split(".")[0] == "billwatch"]
    assert set(known) <= STORE


def room(module: str) -> str:
    """The room that a module of the site is in: "words" for `billwatch_site.words.links`."""
    return module.split(".")[1]


@pytest.mark.parametrize("file", [f for f in OUT if f.parent.name != "billwatch_site" or f.stem in FLOORS], ids=named)
def test_each_room_of_the_site_knows_only_those_below(file: Path) -> None:
    """A fact goes out one way: from the record through words and pictures into pages, and none comes back."""
    here = room(".".join(file.relative_to(ROOT / "site").with_suffix("").parts))
    there = [room(name) for name in imports(ast.parse(file.read_text())) if name.startswith("billwatch_site.")]
    assert [name for name in there if FLOORS.index(name) > FLOORS.index(here)] == []


@pytest.mark.parametrize("file", IN + OUT, ids=named)
def test_rooms_are_small(file: Path) -> None:
    """No module over 400 lines, no function over 40."""
    text = file.read_text()
    functions = [n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert text.count("\n") <= 400
    assert [f"{f.name}: {lines(f)} lines" for f in functions if lines(f) > 40] == []


def test_a_fault_would_be_seen() -> None:
    """The checks above find what they look for."""
    code = "import billwatch_site.build\nfrom billwatch import config\nfrom billwatch.store import Store\n"
    assert list(imports(ast.parse(code))) == ["billwatch_site.build", "billwatch.config", "billwatch.store"]
    long = ast.parse("def f():\n" + "    x = 1\n" * 40 + '    """a\n    b"""\n').body[0]
    assert lines(long) == 41
