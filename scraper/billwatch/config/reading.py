"""Each table as the file has it: read, completed from the environment, and refused where it cannot be meant."""

from __future__ import annotations

import importlib
from collections.abc import Iterator

from billwatch.bill import BillId
from billwatch.config.file import ConfigFile, example
from billwatch.config.tables import Correction, Follow, LegislatureSettings, Mail, NamedBill, Site
from billwatch.errors import UsageError
from billwatch.legislatures import legislature
from billwatch.topics import Taxonomy


def site_in(file: ConfigFile) -> Site:
    table = file.table.get("site", {})
    site = file.record(Site, table, "site")
    if site.url or not file.env.get("BILLWATCH_SITE_URL"):
        return site
    return file.record(Site, {**table, "url": file.env["BILLWATCH_SITE_URL"]}, "site")


def mail_in(file: ConfigFile) -> Mail:
    mail = file.record(Mail, file.table.get("mail", {}), "mail")
    if mail.host and not mail.sender:
        raise file.mistake("mail.sender", "is missing", example("sender"))
    if mail.user and mail.security == "none" and mail.host not in ("localhost", "127.0.0.1", "::1"):
        raise file.mistake("mail.security", "a password would go out unencrypted", example("security"))
    return mail


def legislatures_in(file: ConfigFile, follow: Follow) -> Iterator[tuple[str, LegislatureSettings]]:
    tables = file.table.get("legislatures", {})
    if not isinstance(tables, dict):
        raise file.mistake("legislatures", "is not a table", "write [legislatures.ny]")
    if not follow.legislatures:
        raise file.mistake("follow.legislatures", "is empty, so no bill could be followed", example("legislatures"))
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


def named_in(file: ConfigFile) -> Iterator[NamedBill]:
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


def corrections_in(file: ConfigFile) -> Iterator[Correction]:
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
