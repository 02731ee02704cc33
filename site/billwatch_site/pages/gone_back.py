"""Bills that may have gone back to their own house: one chamber had passed them when they were last checked, and since
then the day has come on which such bills return. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from billwatch_site.records import Brief
from billwatch_site.words.official import legislature
from billwatch_site.words.sentences import beginning, counted, day, listed

_NAMED = 6  # bills that a note names


def note_of(checks: Mapping[str, datetime | None], latest: datetime | None, bills: Iterable[Brief]) -> str:
    """What to say below the name of a list of bills; "" for nothing. `checks`: when each was last checked, `latest`:
    when any was, for that is the day on which all of this is said."""
    all_of_them, gone = 0, defaultdict[date, list[str]](list)
    for bill in bills:
        all_of_them += 1
        if on := _returned(bill, checks.get(bill.id), latest):
            gone[on].append(bill.identifier)
    return " ".join(_told(on, numbers, all_of_them) for on, numbers in sorted(gone.items()))


def _returned(bill: Brief, checked: datetime | None, latest: datetime | None) -> date | None:
    """The day on which such bills went back, where this one was last checked before it."""
    house = legislature(bill.legislature)
    if (
        bill.stage != "passed-one-chamber"
        or not checked
        or not latest
        or not (rule := house.bills_return(bill.session))
    ):
        return None
    return rule.on if house.day_of(checked) < rule.on <= house.day_of(latest) else None


def _told(on: date, numbers: list[str], all_of_them: int) -> str:
    said = f"last checked before {day(on.isoformat())}, when such bills went back to their own house."
    if len(numbers) == all_of_them:
        return beginning(said)
    named = listed(sorted(numbers)) if len(numbers) <= _NAMED else f"{counted(len(numbers), 'bill')} of these"
    return f"{named} {'was' if len(numbers) == 1 else 'were'} {said}"
