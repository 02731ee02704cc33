"""The whole configuration: what can be configured, checked as a whole.

`Config.load` reads `billwatch.toml`. Every mistake in it is a `UsageError` of one line that names the file, the
key and what to write instead.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from billwatch.bill import BillId
from billwatch.config.channels import Channel, channels_in
from billwatch.config.file import ConfigFile, example
from billwatch.config.reading import corrections_in, legislatures_in, mail_in, named_in, site_in
from billwatch.config.tables import Archive, Correction, Follow, LegislatureSettings, Mail, NamedBill, Site
from billwatch.errors import UsageError
from billwatch.legislatures import checked_bill, legislature
from billwatch.topics import Decision, Taxonomy

DEFAULT_FILE = Path("billwatch.toml")


class Config(msgspec.Struct, frozen=True):
    """The whole configuration, checked."""

    site: Site = Site()
    follow: Follow = Follow()
    legislatures: dict[str, LegislatureSettings] = {}
    bill: tuple[NamedBill, ...] = ()
    correction: tuple[Correction, ...] = ()
    archive: Archive = Archive()
    mail: Mail = Mail()
    channel: tuple[Channel, ...] = ()

    @classmethod
    def load(cls, path: Path | None = None, env: Mapping[str, str] | None = None) -> Config:
        """The configuration in `path`, or in `billwatch.toml` of the working directory if it is there.

        `env` gives what a file should not: BILLWATCH_NY_KEY (and so for each legislature), BILLWATCH_SITE_URL.
        """
        file = path or (DEFAULT_FILE if os.path.lexists(DEFAULT_FILE) else None)
        env = env or {}
        return checked(ConfigFile.read(file, env) if file else ConfigFile(DEFAULT_FILE, {}, env))

    def legislature(self, code: str) -> LegislatureSettings:
        """The settings of a followed legislature."""
        if code not in self.legislatures:
            raise UsageError(f"'{code}' is not followed; add it to legislatures under [follow]")
        return self.legislatures[code]

    @property
    def named_bills(self) -> tuple[BillId, ...]:
        """Every bill that is followed because it is named, in the order of the file, each once."""
        named = (b.id for b in self.bill if not b.not_ours)
        return tuple(dict.fromkeys(map(BillId.parse, (*self.follow.bills, *named))))

    @property
    def decisions(self) -> dict[str, Decision]:
        """What the publisher decided about bills, whatever their words say."""
        return {b.id: Decision(b.topics, b.not_ours, b.reason) for b in self.bill if b.topics or b.not_ours}


def now(env: Mapping[str, str]) -> datetime:
    """The time in UTC: BILLWATCH_NOW where it is set (replays, reproducible builds), else the real one."""
    text = env.get("BILLWATCH_NOW", "")
    if not text:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise UsageError(f"BILLWATCH_NOW is '{text}'; write it with its offset, as 2025-03-04T12:00:00Z")
    if not 1970 <= moment.year < 2099:  # days and sessions before and after it are reckoned with
        raise UsageError(f"BILLWATCH_NOW is '{text}'; write a time from the years 1970 to 2098")
    return moment.astimezone(UTC)


def checked(file: ConfigFile) -> Config:
    """The configuration of a file and the environment."""
    file.only(file.table, Config.__struct_fields__)
    follow = file.record(Follow, file.table.get("follow", {}), "follow")
    file.only(follow.topics, Taxonomy.load().names, "follow.topics")
    config = Config(
        site=site_in(file),
        follow=follow,
        legislatures=dict(legislatures_in(file, follow)),
        bill=tuple(named_in(file)),
        correction=tuple(corrections_in(file)),
        archive=file.record(Archive, file.table.get("archive", {}), "archive"),
        mail=mail_in(file),
        channel=tuple(channels_in(file, follow.legislatures)),
    )
    _bills_are_followed(file, config)
    for code, settings in config.legislatures.items():
        _sessions_can_be(file, code, settings.sessions)
    return config


def _bills_are_followed(file: ConfigFile, config: Config) -> None:
    try:
        named = dict.fromkeys((*config.named_bills, *(BillId.parse(b.id) for b in config.bill)))
    except UsageError as error:
        raise UsageError(f"{file.path}: follow.bills or bill.id: {error}") from None
    for bill in named:
        if bill.legislature not in config.legislatures:
            remedy = f'add "{bill.legislature}" to legislatures under [follow]'
            raise file.mistake("follow.bills", f"{bill} is of a legislature that is not followed", remedy)
        try:
            checked_bill(bill)
        except UsageError as error:
            raise UsageError(f"{file.path}: follow.bills: {error}") from None


def _sessions_can_be(file: ConfigFile, code: str, sessions: Iterable[str]) -> None:
    """A session that there is not would be asked for in vain; one that begins soon may have bills filed already."""
    for session in sessions:
        try:
            start = legislature(code).session_start(session)
        except UsageError as error:
            raise UsageError(f"{file.path}: legislatures.{code}.sessions: {error}") from None
        if start > now(file.env).date() + timedelta(days=366):
            problem = f"'{session}' begins on {start} only"
            raise file.mistake(f"legislatures.{code}.sessions", problem, example("sessions"))
