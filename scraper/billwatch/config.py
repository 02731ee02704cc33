"""What can be configured, with defaults good enough that no file is needed.

`Config.load` reads `billwatch.toml`. Every mistake in it is a `UsageError` of one line that names the file, the
key and what to write instead.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from billwatch.bill import BillId
from billwatch.config_channels import Channel, channels_in
from billwatch.config_file import ConfigFile, example
from billwatch.errors import UsageError
from billwatch.legislatures import legislature
from billwatch.topics import Decision, Taxonomy

DEFAULT_FILE = Path("billwatch.toml")
Position = Literal["support", "support if amended", "oppose", "oppose unless amended", "watch"]
Address = Annotated[str, msgspec.Meta(pattern=r"^(https?://[^\s]+)?$")]
Contact = Annotated[str, msgspec.Meta(pattern=r"^((mailto:|https?://)[^\s]+)?$")]
MailAddress = Annotated[str, msgspec.Meta(pattern=r"^([^\s@<>,;:\"]+@[^\s@<>,;:\"]+)?$")]
Line = Annotated[str, msgspec.Meta(pattern=r"^[^\x00-\x1f]*$")]  # one line: it may stand in a header


class Site(msgspec.Struct, frozen=True):
    """The published site. `url` is "" until it is known where the site stands.

    `search` "pagefind" also indexes the full text of the bill pages; it needs the extra `search`.
    `cards` draws a picture of each followed bill, where the extra `cards` is installed.
    """

    title: Line = "Online speech and privacy bills"
    url: Address = ""
    contact: Contact = ""
    search: Literal["built-in", "pagefind"] = "built-in"
    cards: bool = True


class Follow(msgspec.Struct, frozen=True):
    """What is watched: bills on these topics, and the bills named."""

    legislatures: tuple[str, ...] = ("ny",)
    topics: tuple[str, ...] = ("speech", "privacy")
    bills: tuple[str, ...] = ()


class LegislatureSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What every legislature has; a legislature with more has a `settings` module with its own `Settings`.

    `sources` empty means the legislature's own order; `sessions` empty means the current one.
    `requests_per_run` is how many requests one run may make; what is left over waits for the next.
    """

    sessions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    requests_per_second: Annotated[float, msgspec.Meta(gt=0)] = 1.0
    requests_per_run: Annotated[int, msgspec.Meta(ge=1)] = 900

    def __rich_repr__(self) -> list[tuple[str, object]]:
        """Fields and values; a key is never among them, for a repr ends up in logs."""
        values = ((name, getattr(self, name)) for name in self.__struct_fields__)
        return [(name, "(hidden)" if name.endswith("_key") and value else value) for name, value in values]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{n}={v!r}' for n, v in self.__rich_repr__())})"


class NamedBill(msgspec.Struct, frozen=True):
    """What the publisher says about one bill. `topics` or `not_ours` overrule what its words say, for a `reason`."""

    id: str
    position: Position = "watch"
    priority: Literal["high", "normal", "low"] = "normal"
    note: str = ""
    topics: tuple[str, ...] = ()
    not_ours: bool = False
    reason: Line = ""


class Correction(msgspec.Struct, frozen=True):
    """A mistake of the publisher's own, and when it was put right."""

    on: date
    text: Annotated[str, msgspec.Meta(min_length=1)]
    bill: str = ""


class Archive(msgspec.Struct, frozen=True):
    """How much of what was fetched is kept."""

    max_megabytes: Annotated[int, msgspec.Meta(ge=1)] = 500


class Mail(msgspec.Struct, frozen=True):
    """How alerts go out by mail; no `host`, no mail. The password is in the environment only.

    `bounces` is a mailbox for what comes back, at a server that keeps what follows a + in an address. `service_url` is
    where `billwatch signup` stands. `quiet_after_days` without news we say that all is well; 0 for never.
    """

    host: Line = ""
    port: Annotated[int, msgspec.Meta(ge=1, le=65535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: Line = ""
    sender: MailAddress = ""
    bounces: MailAddress = ""
    per_minute: Annotated[int, msgspec.Meta(ge=1)] = 300
    service_url: Address = ""
    quiet_after_days: Annotated[int, msgspec.Meta(ge=0)] = 30


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
        file = path or (DEFAULT_FILE if DEFAULT_FILE.exists() else None)
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

    def about(self, bill: str) -> NamedBill | None:
        """What the publisher says about this bill (`ny/2025/S404`), if anything."""
        return next((named for named in self.bill if named.id == bill), None)


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
    return moment.astimezone(UTC)


def checked(file: ConfigFile) -> Config:
    """The configuration of a file and the environment."""
    file.only(file.table, Config.__struct_fields__)
    follow = file.record(Follow, file.table.get("follow", {}), "follow")
    file.only(follow.topics, Taxonomy.load().names, "follow.topics")
    config = Config(
        site=_site(file),
        follow=follow,
        legislatures=dict(_legislatures(file, follow)),
        bill=tuple(_named(file)),
        correction=tuple(_corrections(file)),
        archive=file.record(Archive, file.table.get("archive", {}), "archive"),
        mail=_mail(file),
        channel=tuple(channels_in(file, follow.legislatures)),
    )
    _bills_are_followed(file, config)
    return config


def _site(file: ConfigFile) -> Site:
    table = file.table.get("site", {})
    site = file.record(Site, table, "site")
    if site.url or not file.env.get("BILLWATCH_SITE_URL"):
        return site
    return file.record(Site, {**table, "url": file.env["BILLWATCH_SITE_URL"]}, "site")


def _mail(file: ConfigFile) -> Mail:
    mail = file.record(Mail, file.table.get("mail", {}), "mail")
    if mail.host and not mail.sender:
        raise file.mistake("mail.sender", "is missing", example("sender"))
    if mail.user and mail.security == "none" and mail.host not in ("localhost", "127.0.0.1", "::1"):
        raise file.mistake("mail.security", "a password would go out unencrypted", example("security"))
    return mail


def _legislatures(file: ConfigFile, follow: Follow) -> Iterator[tuple[str, LegislatureSettings]]:
    tables = file.table.get("legislatures", {})
    if not isinstance(tables, dict):
        raise file.mistake("legislatures", "is not a table", "write [legislatures.ny]")
    for code in dict.fromkeys((*follow.legislatures, *tables)):
        table = tables.get(code, {})
        kind = _settings_of(file, code)
        yield code, file.record(kind, _prepared(file, kind, table, code), f"legislatures.{code}")


def _settings_of(file: ConfigFile, code: str) -> type[LegislatureSettings]:
    """A legislature's own `Settings`, or the general ones where it has none."""
    try:
        package = legislature(code).__name__
    except UsageError as error:
        raise file.mistake("follow.legislatures", str(error), example("legislatures")) from None
    try:
        own: type[LegislatureSettings] = importlib.import_module(f"{package}.settings").Settings
    except ModuleNotFoundError as error:
        if error.name != f"{package}.settings":
            raise
        return LegislatureSettings
    return own


def _prepared(file: ConfigFile, kind: type[LegislatureSettings], table: object, code: str) -> object:
    """The table with what people may write otherwise: sessions as numbers, the key in the environment."""
    if not isinstance(table, dict):
        return table
    table = dict(table)
    if isinstance(table.get("sessions"), list):
        table["sessions"] = [str(s) if type(s) is int else s for s in table["sessions"]]
    key = next((f for f in kind.__struct_fields__ if f.endswith("_key")), None)
    if key and not table.get(key):
        table[key] = file.env.get(f"BILLWATCH_{code.upper()}_KEY", "")
    for ca in (name for name in table if name.endswith("_ca") and table[name]):
        table[ca] = _certificate(file, f"legislatures.{code}.{ca}", table[ca])
    return table


def _certificate(file: ConfigFile, key: str, value: object) -> str:
    """The certificate file, looked for beside the configuration."""
    path = file.path.parent / str(value)
    if not path.is_file():
        raise file.mistake(key, f"no file '{path}'", 'give the path of a PEM file, or "" for none')
    return str(path)


def _named(file: ConfigFile) -> Iterator[NamedBill]:
    seen: set[str] = set()
    tables = file.table.get("bill", [])
    if not isinstance(tables, list):
        raise file.mistake("bill", "is not a list", "write [[bill]] with two brackets")
    for table in tables:
        named = file.record(NamedBill, table, "bill")
        if named.id in seen:
            raise file.mistake("bill.id", f"'{named.id}' stands twice", "keep one [[bill]] for each bill")
        seen.add(named.id)
        _is_decided(file, named)
        yield named


def _is_decided(file: ConfigFile, named: NamedBill) -> None:
    """A decision about topics names subtopics or takes all away, and says why: the reason is shown."""
    file.only(named.topics, Taxonomy.load().area_of, "bill.topics")
    if named.topics and named.not_ours:
        raise file.mistake("bill.not_ours", f"{named.id} has topics as well", "keep one of the two")
    if (named.topics or named.not_ours) and not named.reason:
        raise file.mistake("bill.reason", f"{named.id} is decided without one", example("reason"))


def _corrections(file: ConfigFile) -> Iterator[Correction]:
    tables = file.table.get("correction", [])
    if not isinstance(tables, list):
        raise file.mistake("correction", "is not a list", "write [[correction]] with two brackets")
    for table in tables:
        corrected = file.record(Correction, table, "correction")
        try:
            if corrected.bill:
                BillId.parse(corrected.bill)
        except UsageError as error:
            raise file.mistake("correction.bill", str(error), 'or "" where it is about no bill') from None
        yield corrected


def _bills_are_followed(file: ConfigFile, config: Config) -> None:
    try:
        named = dict.fromkeys((*config.named_bills, *(BillId.parse(b.id) for b in config.bill)))
    except UsageError as error:
        raise UsageError(f"{file.path}: follow.bills or bill.id: {error}") from None
    for bill in named:
        if bill.legislature not in config.legislatures:
            remedy = f'add "{bill.legislature}" to legislatures under [follow]'
            raise file.mistake("follow.bills", f"{bill} is of a legislature that is not followed", remedy)
        _is_a_bill(file, bill)


def _is_a_bill(file: ConfigFile, bill: BillId) -> None:
    """A number and a session as the legislature counts them: what cannot be is not asked for, run after run."""
    place = legislature(bill.legislature)
    if bill.identifier not in [number.identifier for number in place.numbers_in(bill.identifier)]:
        raise file.mistake(
            "follow.bills", f"'{bill.identifier}' is no bill number of {place.NAME}", "write ny/2017/S9191"
        )
    try:
        place.session_end(bill.session)
    except UsageError as error:
        raise file.mistake("follow.bills", f"{bill}: {error}", "write ny/2017/S9191") from None
