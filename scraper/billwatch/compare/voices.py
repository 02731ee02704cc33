"""What the other sources say while one of them speaks. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import msgspec

from billwatch.bill import Bill
from billwatch.compare.agreement import LISTS, agree, is_same

Told = Counter[tuple[str, str, str]]  # (kind, was, now) of the changes told of a bill


class Voices(msgspec.Struct, frozen=True):
    """What the others say that answered of late: those that come before the one who speaks, and those after it.

    A source leads on a fact when none before it carries the fact; then its opinion counts where it differs.
    """

    before: Sequence[Bill] = ()
    after: Sequence[Bill] = ()
    recent: Told = Counter()  # what was told of the bill in the same days
    returning: bool = False  # whether the one who speaks had not answered itself for so long

    def others_lead(self, fact: str) -> bool:
        """Whether one of those before carries this fact."""
        return bool(_said(self.before, fact))

    def others_carry(self, fact: str) -> bool:
        """Whether anybody else does."""
        return bool(self._others(fact))

    def others_show(self, fact: str, item: Any, times: int = 0) -> bool:
        """Whether anybody else says this of the fact, or has this member in the list more than so many times."""
        if fact not in LISTS:
            return any(agree(fact, said, item) for said in self._others(fact))
        return any(sum(is_same(fact, item, member) for member in said) > times for said in self._others(fact))

    def others_agree_on(self, fact: str, value: Any) -> bool:
        """Whether somebody else carries the fact, and all who do say the same."""
        return self.others_carry(fact) and all(agree(fact, said, value) for said in self._others(fact))

    def leaders_deny(self, fact: str, value: Any) -> bool:
        """Whether one of those before says otherwise."""
        return not all(agree(fact, said, value) for said in _said(self.before, fact))

    def _others(self, fact: str) -> list[Any]:
        return _said((*self.before, *self.after), fact)


def _said(bills: Sequence[Bill], fact: str) -> list[Any]:
    """What those say of the fact who carry it."""
    return [said for bill in bills if (said := getattr(bill, fact)) is not None]
