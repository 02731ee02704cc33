"""Finding New York's bills without a key: the Assembly's index gives every number and title of a session at once."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from billwatch.answer import Answer, Fetcher, clean
from billwatch.bill import Bill
from billwatch.legislatures.new_york import assembly_index
from billwatch.run.desk import Desk, Observed, Sighting, Unchanged, digest_of


class AssemblyIndex(msgspec.Struct, frozen=True):
    """The Assembly's advanced search as a source: it carries titles, and that a bill exists."""

    url: str = "https://nyassembly.gov/leg/"
    name: str = "assembly-index"
    label: str = "the Assembly's index"
    kind: str = "html"


def watch(source: AssemblyIndex, desk: Desk, sessions: list[str]) -> Iterator[Sighting]:
    """Every bill of the sessions by number and title; nothing where only named bills are followed."""
    if desk.only or not desk.discovers:
        return
    known = desk.store.digests(source.name)
    for session in sessions:
        desk.budget.spend()
        answer = asked(source, desk.fetcher, session)
        unchanged = []
        for identifier, title in titles(answer, session):
            bill = Bill(legislature="ny", session=session, identifier=identifier, title=clean(title))
            digest = digest_of(f"{bill.id} {title}".encode())
            if digest in known:
                unchanged.append(bill.id)
            else:
                yield Observed(bill=bill, answer=answer, digest=digest, part=title.encode())
        yield Unchanged(tuple(unchanged))


def asked(source: AssemblyIndex, fetcher: Fetcher, session: str) -> Answer:
    """The page that lists a session."""
    return fetcher.post(source.url + assembly_index.ADDRESS, assembly_index.index_form(session), kind="html")


def titles(answer: Answer, session: str) -> list[tuple[str, str]]:
    """Number and title of each bill listed; resolutions are left out."""
    return [row for row in assembly_index.listed(answer.text(), session, answer.url) if row[0][0] in "AS"]
