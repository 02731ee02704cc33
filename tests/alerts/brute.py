"""What everybody is to get, by reading the rules and nothing else: every change held against every subscription.

Slow and plain on purpose: nothing of the way in which the real matching finds its answers is used here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence

from billwatch_site.alerts.subscriptions import Subscription
from billwatch_site.records import BillRecord, Change
from billwatch_site.words.sentences import sentence_of

STRONG_ENOUGH = {
    "milestones": {"milestone"},
    "notable": {"milestone", "notable"},
    "all": {"milestone", "notable", "detail"},
}
AREAS = {"biometrics": "privacy"}
Counted = tuple[int, Change, BillRecord]


def expected(
    news: Sequence[Counted],
    subscriptions: Iterable[Subscription],
    families: Mapping[str, str],
    told: Collection[str] = (),
) -> dict[str, set[Subscription]]:
    """The changes for somebody with these subscriptions, each with its reasons."""
    found: dict[str, set[Subscription]] = {}
    while True:  # until nothing is added: a correction of a correction follows that one
        before = {change: set(reasons) for change, reasons in found.items()}
        for count, change, bill in news:
            for subscription in subscriptions:
                if count > subscription.since and asks(subscription, change, bill, families):
                    strong = change.severity in STRONG_ENOUGH[subscription.strength]
                    known = change.corrects in found or change.corrects in told
                    if strong or (is_correction(change) and change.corrects and known):
                        found.setdefault(change.id, set()).add(subscription)
        if found == before:
            return found


def is_correction(change: Change) -> bool:
    return change.kind in ("action-edited", "action-inserted", "action-removed")


def asks(subscription: Subscription, change: Change, bill: BillRecord, families: Mapping[str, str]) -> bool:
    """Whether a subscription is about this change, whatever its weight."""
    target = subscription.target
    if subscription.kind == "bill":
        return target == change.bill
    if subscription.kind == "family":
        return target == change.bill or (target in families and families[target] == families.get(change.bill))
    if subscription.kind == "legislature":
        return change.bill.startswith(f"{target}/")
    if subscription.kind == "topic":
        left = change.kind == "topic-removed" and target in (change.was, AREAS[change.was])
        return left or any(target in (topic.topic, topic.area) for topic in bill.topics)
    return reads(target, [bill.title, bill.abstract, sentence_of(change)])


def reads(query: str, passages: Iterable[str]) -> bool:
    """Whether each word of a query, or run of words in quotes, stands in one of the passages."""
    texts = [plain(passage) for passage in passages]
    straight = query.replace("“", '"').replace("”", '"')
    runs = [quoted or bare for quoted, bare in re.findall(r'"([^"]*)"?|(\S+)', straight)]
    wanted = [run for run in runs if plain(run)]
    return bool(wanted) and all(any(stands(run, text) for text in texts) for run in wanted)


def stands(run: str, text: list[str]) -> bool:
    """Whether the words of a run follow each other in a text; a star goes on to the end of a word."""
    if run.endswith("*"):
        return any(word.startswith(run.rstrip("*").casefold()) for word in text)
    return f" {' '.join(plain(run))} " in f" {' '.join(text)} "


def plain(text: str) -> list[str]:
    """Words without case, accents, or the endings of a plural or a possessive."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    words = re.findall(r"[^\W_]+(?:'[^\W_]+)*", "".join(c for c in letters if not unicodedata.combining(c)))
    return [singular(word[:-2] if word.endswith("'s") else word) for word in words]


def singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word
