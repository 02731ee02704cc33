"""Base rates in words: counts of past sessions, never a percentage, and never more than the counts say."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from billwatch_site.records import BillRecord, Rate, Step
from billwatch_site.words.legislature import Legislature
from billwatch_site.words.sentences import counted, listed

_STOOD = {
    ("introduced", "Introduced"): "had been introduced in the {chamber} and were in no committee",
    ("in-committee", "Committee"): "were in a committee of the {chamber}",
    ("on-floor", "Floor"): "were on the {chamber} floor calendar",
    ("passed-one-chamber", "Committee"): "had passed one chamber and were in a committee of the {chamber}",
    ("passed-one-chamber", "Floor"): "had passed one chamber and were on the {chamber} floor calendar",
    ("passed-one-chamber", "Passed"): "had passed the {chamber} and were on their way to the other chamber",
    ("passed-both", "Passed"): "had passed both chambers and were not yet with the {executive}",
    ("with-executive", ""): "were with the {executive}",
}


class BaseRate(msgspec.Struct, frozen=True):
    """What a bill's page tells of the bills before it. `sentence` says it all; the rows are its parts."""

    sentence: str
    place: str  # "were on the Senate floor calendar"
    chamber: str
    rows: tuple[Rate, ...]


def base_rate(record: BillRecord, house: Legislature) -> BaseRate | None:
    """The base rate of the bill's place on the day of the last run; None where nothing is known or asked."""
    here = next((step for step in record.steps if step.state == "here"), None)
    if not record.rates or here is None or not (stood := _stood(record.stage, here, house)):
        return None
    total = summed(record.rates)
    sessions = listed([house.session(rate.session) for rate in record.rates])
    many = len(record.rates) > 1
    when = f"on this day of the session{'s' if many else ''} {sessions}"
    if not total.bills:
        sentence = f"In the session{'s' if many else ''} {sessions}, no bill stood there on this day."
        return BaseRate(sentence, stood, here.chamber, record.rates)
    of = f"Of {counted(total.bills, 'bill')} that {stood if total.bills > 1 else _singular(stood)} {when},"
    return BaseRate(f"{of} {ends(record.stage, here.chamber, total)}.", stood, here.chamber, record.rates)


def ends(stage: str, chamber: str, rate: Rate) -> str:
    """ "390 passed the Senate and 61 became law": what there was still to come at this stage."""
    law = f"{rate.law:,} became law"
    if stage in ("passed-both", "with-executive"):
        told = [law, f"{rate.vetoed:,} {'was' if rate.vetoed == 1 else 'were'} vetoed"]
    elif stage == "passed-one-chamber":
        told = [f"{rate.passed_both:,} passed the other chamber too", law]
    else:
        told = [f"{rate.passed:,} passed the {chamber}", law]
    open_ones = f"; of {rate.open:,} the record that we hold does not tell the end" if rate.open else ""
    return listed(told) + open_ones


def summed(rates: Iterable[Rate]) -> Rate:
    """The sessions together."""
    found = list(rates)
    columns = ("bills", "passed", "passed_both", "law", "vetoed", "open")
    return Rate("", "", *(sum(getattr(rate, column) for rate in found) for column in columns))


def _stood(stage: str, here: Step, house: Legislature) -> str:
    step = "" if stage == "with-executive" else here.name
    words = _STOOD.get((stage, step), "")
    return words.replace("{executive}", house.executive).replace("{chamber}", here.chamber)


def _singular(stood: str) -> str:
    """ "were on the floor" of one bill."""
    return stood.replace("were ", "was ").replace(" their ", " its ")
