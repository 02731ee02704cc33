"""What a run says when it cannot go on."""

from __future__ import annotations


def one_line(said: str, *words: str) -> None:
    """The message is one line of ours, and holds these words."""
    lines = said.strip().splitlines()
    assert len(lines) == 1 and lines[0].startswith("billwatch: "), said
    assert all(word in lines[0] for word in words), f"{words} are not all in: {lines[0]}"
