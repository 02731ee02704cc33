"""The network and the disk put together for a run: the polite session, the archive, the lock, the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

import msgspec

from billwatch.answer import Fetcher
from billwatch.archive import Archive
from billwatch.bill import BillId
from billwatch.config import Config
from billwatch.database import locked
from billwatch.errors import UsageError
from billwatch.fetch import Session, user_agent
from billwatch.legislatures import checked_bill, legislature
from billwatch.run.runs import Run
from billwatch.source import can_be_asked
from billwatch.store import Store
from billwatch.update import Report, update


def session_for(config: Config, code: str, env: Mapping[str, str]) -> Session:
    """A session for one legislature: its pace, its key struck out, its certificate trusted."""
    settings = config.legislature(code)
    named = {name: getattr(settings, name) for name in settings.__struct_fields__}
    keys = [value for name, value in named.items() if name.endswith("_key") and value]
    trust = {
        named[name.removesuffix("_ca") + "_url"]: pem for name, pem in named.items() if name.endswith("_ca") and pem
    }
    return Session(
        user_agent(config.site.url, config.site.contact),
        requests_per_second=settings.requests_per_second,
        secrets=keys,
        trust=trust,
    )


def live_update(
    config: Config,
    data: Path,
    moment: datetime,
    env: Mapping[str, str],
    bills: Sequence[str] = (),
    progress: Callable[[Run], None] = lambda run: None,
    clock: Callable[[], datetime] | None = None,
) -> Report:
    """Update the store in `data` from the network as of `moment`; of `bills` only, where some are named."""
    only = _only(config, bills)
    with locked(data), closing(Store(data / "bills.db")) as store:
        limit = config.archive.max_megabytes * 1_000_000
        with Archive(data / "archive", max_bytes=limit) as archive:
            sessions: dict[str, Session] = {}

            def fetcher(code: str) -> Fetcher:
                return sessions.setdefault(code, session_for(config, code, env))

            try:
                report = update(
                    config, store, fetcher, moment, archive=archive, only=only, progress=progress, clock=clock
                )
                archive.make_room(store.cited())
                report.notices += [archive.notice] if archive.notice else []
                return report
            finally:
                for session in sessions.values():
                    session.close()


def _only(config: Config, bills: Sequence[str]) -> dict[str, frozenset[str]]:
    """The named bills at each source of their legislature."""
    only: dict[str, frozenset[str]] = {}
    for bill in map(checked_bill, map(BillId.parse, bills)):
        place = legislature(bill.legislature)
        for source in place.sources(config.legislature(bill.legislature)):
            if can_be_asked(source):
                only[source.name] = only.get(source.name, frozenset()) | {str(bill)}
    return only


def recorded(fetcher: Fetcher, bill: BillId, source_name: str, folder: Path) -> list[Path]:
    """Fetch one page and write it with the facts read from it; the paths of both."""
    place = legislature(checked_bill(bill).legislature)
    try:
        source = place.source(source_name)
    except msgspec.ValidationError as error:
        raise UsageError(f"there is no source '{source_name}' in {place.NAME}; see 'billwatch check'") from error
    if not can_be_asked(source):
        raise UsageError(f"'{source_name}' lists bills and has no page of one; record another source")
    answer = fetcher.get(source.address(bill), kind=source.kind)
    facts = msgspec.json.format(msgspec.json.encode(source.read(answer, bill)), indent=1)
    page = folder / f"{bill.session}-{bill.identifier}.{source.kind}"
    folder.mkdir(parents=True, exist_ok=True)
    page.write_bytes(answer.body)
    expected = page.with_suffix(".expected.json")  # where tests/test_recordings.py looks for it, laid out as there
    expected.write_bytes(facts + b"\n")
    return [page, expected]
