"""What publishes facts about bills, as the rest of the house knows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol, TypeGuard

from billwatch.answer import Answer, Fetcher
from billwatch.bill import Bill, BillId

if TYPE_CHECKING:
    from billwatch.run.desk import Desk, Sighting


class Publisher(Protocol):
    """One place that publishes facts about bills; one that only lists them is no more than this."""

    @property
    def name(self) -> str:
        """ "assembly": in the store, in reports, in addresses."""

    @property
    def label(self) -> str:
        """ "the Assembly's site": in sentences."""

    @property
    def kind(self) -> str:
        """What an answer is: "html" or "json"."""

    @property
    def is_index(self) -> bool:
        """Whether it only lists bills: that is no answer about any of them."""

    def watch(self, desk: Desk) -> Iterator[Sighting]:
        """What it has to say in one run."""
        ...

    def probe(self, fetcher: Fetcher) -> str:
        """One question about something that cannot change any more, and what it answered."""
        ...


class Source(Publisher, Protocol):
    """A publisher that can be asked for one bill, and how to read what it says."""

    def address(self, bill: BillId) -> str:
        """What to ask for this bill."""
        ...

    def read(self, answer: Answer, asked: BillId) -> Bill:
        """The facts of the answer, or a `SourceError`: never a guess."""
        ...

    def page(self, bill: BillId) -> str:
        """The address of the page a person reads; "" where there is none."""
        ...


def can_be_asked(publisher: Publisher) -> TypeGuard[Source]:
    """Whether it answers about single bills."""
    return not publisher.is_index
