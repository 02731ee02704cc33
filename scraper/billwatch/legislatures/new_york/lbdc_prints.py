"""The prints that LBDC's page lists, with the text and the memo of the active one."""

from __future__ import annotations

from billwatch.bill import Version
from billwatch.legislatures.new_york.spelling import Print, prints_in
from billwatch.page import Page, attribute, words

_LABEL = "Text Versions:"


def versions_of(page: Page, active: Print) -> tuple[Version, ...] | None:
    """The prints, original first; None where the page neither lists them nor shows one."""
    text, memo = _text_and_memo(page)
    letters = _listed(page)
    if not letters and text is None and memo is None:
        return None
    return tuple(
        Version(letter, text=text, memo=memo) if letter == active.letter else Version(letter)
        for letter in sorted(letters | {active.letter})
    )


def _listed(page: Page) -> set[str]:
    """Letters in the line "Text Versions: S 6169-B, S 6169-A, S 6169"."""
    links = [a for a in page.any("#nv_bot_contents a[href]") if "bstframe" in attribute(a, "href")]
    labelled = [span for span in page.any("span.nv_bot_info") if words(span).startswith(_LABEL)]
    if bool(links) != bool(labelled):
        raise page.changed(f"links to prints, but no line '{_LABEL}'" if links else f"an empty '{_LABEL}'")
    prints = [prints_in(words(link)) for link in links]
    if not all(len(found) == 1 for found in prints):
        raise page.changed("a link to a print without its number")
    return {found[0].letter for found in prints}


def _text_and_memo(page: Page) -> tuple[str | None, str | None]:
    """Both stand in `<pre>`, one a page; the memo's come after its heading."""
    text: list[str] = []
    memo: list[str] = []
    current = text
    for part in page.any("#nv_bot_contents center, #nv_bot_contents pre"):
        if part.name == "pre":
            current.append(part.get_text().strip("\n\xa0"))
        elif "MEMORANDUM IN SUPPORT" in words(part):
            current = memo
    if any("BILL NUMBER:" in sheet[:200] for sheet in text):
        raise page.changed("a memo without its heading")
    return "\n".join(text) or None, "\n".join(memo) or None
