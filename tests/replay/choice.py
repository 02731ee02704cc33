"""Which bills a walk follows by name: those whose past was rewritten, those that people judged, and some at random."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise

from replay.server import SHARED, Replay

TWOFOLD = {  # told the news and rewrote the past in one answer, on this day
    "ny/2025/S820": "2025-03-04",
    **dict.fromkeys(("ny/2025/S7314", "ny/2025/S7366", "ny/2025/S7748", "ny/2025/S7749"), "2025-06-16"),
}
_LABELS = ("ny_gold_dev.tsv", "ny_eval_weighted_dev.tsv")


def bills_of(replay: Replay, syncs: Sequence[datetime], at_random: int = 50, seed: int = 9191) -> dict[str, str]:
    """Bill -> why it is followed. Random ones are taken from all that changed in the stretch."""
    rewritten, changed = _histories(replay, syncs)
    chosen = dict.fromkeys(rewritten, "rewritten") | dict.fromkeys(labelled(), "labelled")
    others = sorted(changed - chosen.keys())
    return chosen | dict.fromkeys(random.Random(seed).sample(others, min(at_random, len(others))), "random")


def labelled() -> Iterable[str]:
    """The bills of the development lists that are about speech or privacy."""
    for name in _LABELS:
        with (SHARED / "data" / "topics" / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                if row.get("label", "1") != "0" and row.get("exists", "yes") == "yes":
                    yield f"ny/{row['session']}/{row['bill']}"


def _histories(replay: Replay, syncs: Sequence[datetime]) -> tuple[set[str], set[str]]:
    """The bills whose history was rewritten in a stretch, and all that changed in it."""
    rewritten, changed = set(), set()
    for after, until in pairwise(syncs):
        for row in replay.truth(after, until):
            bill = f"ny/{row.bill}"
            changed.add(bill)
            if any(how != "appended" for how, _, _ in row.actions):
                rewritten.add(bill)
    return rewritten, changed
