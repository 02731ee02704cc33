"""Bills in the order in which people look for them: by stage, by session, by committee. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import NamedTuple

from billwatch.stages import STAGES
from billwatch_site.records import Brief
from billwatch_site.words.numbers import number_parts
from billwatch_site.words.whereabouts import committee_of

Shelf = tuple[str, list[Brief]]  # what stands on it is told by its name: a session, a committee


class Staged(NamedTuple):
    """The bills at one stage, and what else is to be said of them; "" for nothing."""

    stage: str
    bills: list[Brief]
    note: str = ""


_RANK = {stage: place for place, stage in enumerate(STAGES)}


def by_stage(bills: Iterable[Brief], note: Callable[[list[Brief]], str] = lambda bills: "") -> list[Staged]:
    """Stages in the order of a bill's way, each with its bills, the latest moved first, and with their `note`."""
    recent = sorted(bills, key=lambda b: (b.last_action_on, b.id), reverse=True)
    stages = [(stage, list(group)) for (_, stage), group in groupby(sorted(recent, key=_place), key=_place)]
    return [Staged(stage, group, note(group)) for stage, group in stages]


def by_session(bills: Iterable[Brief]) -> list[Shelf]:
    """The latest session first; within it by stage."""
    sessions: dict[str, list[Brief]] = defaultdict(list)
    for bill in sorted(bills, key=lambda b: (_place(b), b.id)):
        sessions[bill.session].append(bill)
    return [(session, sessions[session]) for session in sorted(sessions, reverse=True)]


def by_committee(bills: Iterable[Brief]) -> list[tuple[str, str, list[Brief]]]:
    """(chamber, committee, its bills) for every committee that has one now, the fullest first; its bills by number."""
    committees: dict[tuple[str, str], list[Brief]] = defaultdict(list)
    for bill in sorted(bills, key=lambda b: (number_parts(b.identifier), b.id)):
        if committee := committee_of(bill):
            committees[bill.chamber, committee].append(bill)
    fullest = sorted(committees.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [(chamber, committee, group) for (chamber, committee), group in fullest]


def counts_by_stage(bills: Iterable[Brief]) -> list[tuple[str, int]]:
    """How many bills stand at each stage, in the order of a bill's way."""
    counts = Counter(bill.stage for bill in bills)
    return [(stage, counts[stage]) for stage in sorted(counts, key=rank_of)]


def rank_of(stage: str) -> tuple[int, str]:
    """The place of a stage in the order of a bill's way; unknown ones come last."""
    return _RANK.get(stage, len(_RANK)), stage


def _place(bill: Brief) -> tuple[int, str]:
    return rank_of(bill.stage)
