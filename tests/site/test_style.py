"""The style sheets and the pages know each other: no rule for what is nowhere, no class that nothing is said of."""

from __future__ import annotations

import re
from pathlib import Path

import billwatch_site
from billwatch.stages import STAGE_SENTENCES

ROOM = Path(billwatch_site.__file__).parent
# Of a set whose other members have a rule, or there for a script to find.
PLAIN = {"ago", "bill", "home", "well"}
_MARKUP = re.compile(r"\{[{%].*?[}%]\}")


def texts(*patterns: str) -> str:
    """All files of these names together; those of letters have a sheet of their own."""
    return "\n".join(f.read_text() for p in patterns for f in sorted(ROOM.glob(p)) if "mail" not in f.parts)


def ruled() -> set[str]:
    """The classes that a rule names."""
    sheet = re.sub(r"/\*.*?\*/", "", texts("static/*.css"), flags=re.DOTALL)
    return {name for rule in re.findall(r"([^{}]+)\{", sheet) for name in re.findall(r"\.([a-zA-Z][\w-]*)", rule)}


def worn() -> set[str]:
    """The classes that stand in templates, scripts and pieces of HTML as they are."""
    written = texts("templates/**/*.html", "**/*.py")
    found = re.findall(r'class="((?:\{[{%].*?[}%]\}|[^"{])*)"', written)
    found += re.findall(r"\{% block kind %\}([\w-]+)", written)
    found += re.findall(r'class: "([^"]*)"', texts("static/*.js"))
    return {name for words in found for name in _MARKUP.sub(" ", words).split()}


def test_every_rule_is_for_something_on_a_page() -> None:
    """A class of the style sheets stands in a template or a script, or is a word that the pages fill in."""
    values = set(re.findall(r"""["'`]([\w -]+)["'`](?!:)""", texts("templates/**/*.html", "static/*.js", "**/*.py")))
    values |= {name.replace(" ", "-") for name in values} | worn()
    assert ruled() - values - set(STAGE_SENTENCES) == set()


def test_every_class_has_a_rule() -> None:
    """What no rule and no script asks for is not written."""
    assert worn() - ruled() - PLAIN == set()
