"""Every legislature offers what the flow asks of one."""

from __future__ import annotations

import inspect

import pytest

from billwatch.errors import UsageError
from billwatch.legislatures import Legislature, all_codes, legislature

OFFERED = sorted(
    {*Legislature.__annotations__, *(name for name, value in vars(Legislature).items() if inspect.isfunction(value))}
    - {"__name__", "__init__", "__subclasshook__"}
)


@pytest.mark.parametrize("code", all_codes())
@pytest.mark.parametrize("name", OFFERED)
def test_a_package_offers_what_a_legislature_is(code: str, name: str) -> None:
    """Each name of the contract is there, and a function takes what the flow hands it."""
    offered = getattr(legislature(code), name)
    wanted = getattr(Legislature, name, None)
    if callable(wanted):
        parameters = [p for p in inspect.signature(wanted).parameters if p != "self"]
        inspect.signature(offered).bind(*parameters)


def test_an_unknown_code_is_one_line_that_names_the_known() -> None:
    """A mistake in the configuration says what there is."""
    with pytest.raises(UsageError, match=r"no legislature 'xx'; there are: .*ny"):
        legislature("xx")
