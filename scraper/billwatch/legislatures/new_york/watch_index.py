"""Finding New York's bills without a key: the Assembly's index gives every number and title of a session at once."""

from __future__ import annotations

from collections.abc import Container, Iterator

import msgspec

from billwatch.answer import Answer, Fetcher, clean
from billwatch.bill import Bill
from billwatch.legislatures.new_york import assembly_index
from billwatch.legislatures.new_york.watching import ENDED
from billwatch.run.desk import Desk, Observed, Sighting, Unchanged, digest_of


class AssemblyIndex(msgspec.Struct, frozen=True):
    """The Assembly's advanced search as a source: it carries titles, and that a bill exists."""

    url: str = "https://nyassembly.gov/leg/"
    name: str = "assembly-index"
    label: str = "the Assembly's index"
    kind: str = "html"
    is_index: bool = True

    def watch(self, desk: Desk) -> Iterator[Sighting]:
        """Every bill of the sessions by number and title; nothing where only named bills are followed."""
        if desk.only or not desk.discovers:
            return
        known = desk.store.digests(self.name)
        for session in desk.settings.sessions_on(desk.today):
            desk.budget.spend()
            yield from _listed(self._asked(desk.fetcher, session), session, known)

    def probe(self, fetcher: Fetcher) -> str:
        """How many bills a session had that has ended."""
        found = _titles(self._asked(fetcher, ENDED.session), ENDED.session)
        return f"answered with {len(found)} bills of {ENDED.session}"

    def _asked(self, fetcher: Fetcher, session: str) -> Answer:
        """The page that lists a session."""
        return fetcher.post(self.url + assembly_index.ADDRESS, assembly_index.index_form(session), kind="html")


def _listed(answer: Answer, session: str, known: Container[str]) -> Iterator[Sighting]:
    """The bills of the page that we do not know so, then those that we do."""
    unchanged = []
    for identifier, title in _titles(answer, session):
        bill = Bill(legislature="ny", session=session, identifier=identifier, title=clean(title))
        digest = digest_of(f"{bill.id} {title}".encode())
        if digest in known:
            unchanged.append(bill.id)
        else:
            yield Observed(bill=bill, answer=answer, digest=digest, part=title.encode())
    yield Unchanged(tuple(unchanged))


def _titles(answer: Answer, session: str) -> list[tuple[str, str]]:
    """Number and title of each bill listed; resolutions are left out."""
    return [row for row in assembly_index.listed(answer.text(), session, answer.url) if row[0][0] in "AS"]
