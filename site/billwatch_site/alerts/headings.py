"""What a letter is called: its subject line, what a mailbox shows beside it, and its heading. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from billwatch_site.alerts.digest import Story
from billwatch_site.words.links import called
from billwatch_site.words.sentences import counted, in_short, listed

LONGEST = 300  # characters of a text that was edited, before and after
_NO_VERB = ("sponsor", "cosponsor-added", "cosponsor-removed")  # their sentences may begin with a name


def subject_of(stories: Sequence[Story]) -> str:
    """The change itself: "S4505 passed the Senate, 58 to 3, and news of 2 more bills"."""
    more = _and_more(stories) if len(stories) > 1 else ""
    return f"{cut(_in_short(stories[0]), 140 - len(more))}{more}"


def _and_more(stories: Sequence[Story]) -> str:
    others = {bill for story in stories[1:] for bill in story.bills}.difference(stories[0].bills)
    return f", and news of {counted(len(others), 'more bill')}" if others else ", and more news of the same"


def _in_short(story: Story) -> str:
    """A story in one line: which bill did what."""
    item = story.head
    mark = "Correction: " if item.correction else "Earlier, seen now: " if story.earlier and not item.folded else ""
    sentence = in_short(item.sentence).rstrip(".")  # what it read before, the letter says
    if story.shared:
        return f"{mark}{sentence}"
    number = listed([called(bill, item.seen_on) for bill in item.bills])
    if item.folded:
        sentence = sentence.partition(":")[0]
    first = sentence.split(" ", 1)[0]
    if item.lead.kind not in _NO_VERB and len(first) > 4 and first.endswith("ed"):
        return f"{mark}{number} {sentence[:1].lower()}{sentence[1:]}"
    return f"{mark}{number}: {sentence}"


def preview_of(stories: Sequence[Story]) -> str:
    """What a mailbox shows beside the subject: the next stories; "" where there is one alone."""
    return cut(". ".join(_in_short(s) for s in stories[1:4]), 140)


def heading_of(stories: Sequence[Story]) -> str:
    bills = len({bill for story in stories for bill in story.bills})
    return f"What changed on {counted(bills, 'bill')}" if bills > 1 else "What changed"


def cut(text: str, longest: int = LONGEST) -> str:
    """On one line and no longer than that, cut between words."""
    plain = " ".join(text.split())
    if len(plain) <= longest:
        return plain
    kept = plain[: longest - 1]
    return f"{kept.rsplit(' ', 1)[0] if ' ' in kept[longest // 2 :] else kept} …"
