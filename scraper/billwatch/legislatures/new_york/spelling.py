"""How New York's pages write what they have in common: print numbers, dates, action lines, names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from billwatch.bill import Action, BillId, Sponsorship
from billwatch.errors import WrongBill
from billwatch.legislatures.new_york.numbers import session_of_year
from billwatch.page import Page, collapsed

# S9191, S09191, A1646-A, "A 5934-B", A08148A.
_PRINT = re.compile(r"\b([A-Z])[ \xa0]?0*(\d{1,6})(?:-?([A-Z]))?\b")


class Print(NamedTuple):
    """One print of a bill: the number it goes by, and the letter of its amendment ("" for the original)."""

    identifier: str
    letter: str


def prints_in(text: str) -> list[Print]:
    """Every print number in the text, in order, without zeros and hyphens."""
    return [Print(f"{kind}{number}", letter or "") for kind, number, letter in _PRINT.findall(text)]


def asked_print(text: str, asked: BillId, page: Page) -> Print:
    """The one print number that the text is, which must be of the bill asked for: else `WrongBill`."""
    found = prints_in(text)
    if len(found) != 1:
        raise page.changed(f"'{collapsed(text)[:60]}' is not one bill number")
    if found[0].identifier != asked.identifier:
        raise WrongBill(f"asked for {asked.identifier}, got {found[0].identifier}", page.url)
    return found[0]


def asked_session(year: str, asked: BillId, page: Page) -> None:
    """Refuse a page of another session: a number is reused every two years. `year` may be the even one."""
    if not re.fullmatch(r"\d{4}", year):
        raise page.changed(f"'{year[:60]}' is not a year")
    if (shown := session_of_year(int(year))) != asked.session:
        raise WrongBill(f"asked for session {asked.session}, got {shown}", page.url)


def bill_ids(prints: Iterable[Print], asked: BillId) -> tuple[str, ...]:
    """Ids of these bills in the session of the bill asked for, each once, letters dropped."""
    ids = (str(BillId(asked.legislature, asked.session, found.identifier)) for found in prints)
    return tuple(dict.fromkeys(ids))


def iso_date(text: str, form: str, page: Page) -> str:
    """The ISO date of a date written in the given `strptime` form."""
    try:
        return datetime.strptime(text.strip(), form).date().isoformat()  # noqa: DTZ007  a plain date has no zone
    except ValueError:
        raise page.changed(f"'{collapsed(text)[:60]}' is not a date") from None


def action_by_case(date: str, text: str) -> Action:
    """An action as LBDC and the Assembly print it: capitals are the Senate's, small letters the Assembly's."""
    chamber = "Assembly" if any(letter.islower() for letter in text) else "Senate"
    return Action(date, chamber, official(text))


def official(text: str) -> str:
    """The wording that is the same whichever source it came from."""
    return collapsed(text).upper()


def by_short_name(name: str, role: str) -> Sponsorship:
    """A sponsor by the name that stands on the roll: "Rozic (MS)" says that there are multi-sponsors too."""
    name = name.removesuffix("(MS)").strip()
    return Sponsorship(name, name.upper(), role)


def named(listed: str) -> list[str]:
    """The names of a list with commas."""
    return [name for part in listed.split(",") if (name := collapsed(part))]
