"""The demo's fetcher: bundled recordings instead of the network, each moment a folder.

`recordings/2025-06-13T1800Z/asked.json` lists what was asked at that moment (New York time is four or five hours
behind) and the file that answers; an answer that had not changed since is the earlier moment's file.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from billwatch.addresses import struck_out, without_key
from billwatch.answer import Answer
from billwatch.bill import BillId
from billwatch.errors import Unreachable

RECORDINGS = Path(__file__).parent / "recordings"

Address = Callable[[str, BillId], str]  # what the named source is asked for this bill

_CONTENT_TYPES = {".json": "application/json;charset=UTF-8", ".html": "text/html; charset=utf-8"}


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question and the file that answers it, relative to its moment's folder."""

    source: str  # "open-legislation", "lbdc", "assembly", "senate"
    bill: str  # "ny/2025/S4505"
    file: str
    note: str = ""  # what a reader of the recordings should know: "The Assembly's page is a day behind ..."

    @property
    def bill_id(self) -> BillId:
        return BillId.parse(self.bill)


class Moment(msgspec.Struct, frozen=True):
    """What was asked at one time (UTC), and the folder with the answers."""

    at: datetime
    folder: Path
    asked: tuple[Asked, ...]


def moments(folder: Path = RECORDINGS) -> list[Moment]:
    """All recorded moments, oldest first."""
    return [_moment(file) for file in sorted(folder.glob("*/asked.json"))]


def _moment(file: Path) -> Moment:
    at = datetime.strptime(file.parent.name, "%Y-%m-%dT%H%MZ").replace(tzinfo=UTC)
    asked = msgspec.json.decode(file.read_bytes(), type=tuple[Asked, ...])
    return Moment(at=at, folder=file.parent, asked=asked)


class RecordedAnswers:
    """Answers for the addresses asked at one moment; for any other address, no connection."""

    def __init__(self, moment: Moment, address: Address) -> None:
        self._at = moment.at
        self._files = {
            without_key(address(asked.source, asked.bill_id)): moment.folder / asked.file for asked in moment.asked
        }

    def get(self, url: str, *, kind: str, etag: str = "", last_modified: str = "") -> Answer:
        """The recorded answer, as fetched at the moment; `Unreachable` where nothing was recorded."""
        file = self._files.get(without_key(url))
        if file is None:
            raise Unreachable("the demo holds no recording of this address", struck_out(url))
        return Answer(
            url=struck_out(url),
            status=200,
            body=file.read_bytes(),
            fetched_at=self._at,
            content_type=_CONTENT_TYPES[file.suffix],
        )

    def post(self, url: str, form: dict[str, str], *, kind: str) -> Answer:
        """Nothing was recorded that is asked for by POST."""
        raise Unreachable("the demo holds no recording of a form", struck_out(url))
