"""What can be configured, with defaults good enough that no file is needed.

`Config.load` reads `billwatch.toml`. Every mistake in it is a `UsageError` of one line that names the file, the
key and what to write instead. `example.toml` beside this module holds each key once: the README shows it, and
the remedies quote its lines.
"""

from __future__ import annotations

import difflib
import importlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import msgspec

from billwatch.bill import BillId
from billwatch.errors import UsageError
from billwatch.legislatures import legislature

DEFAULT_FILE = Path("billwatch.toml")
Position = Literal["support", "support if amended", "oppose", "oppose unless amended", "watch"]
Address = Annotated[str, msgspec.Meta(pattern=r"^(https?://[^\s]+)?$")]
Contact = Annotated[str, msgspec.Meta(pattern=r"^((mailto:|https?://)[^\s]+)?$")]
Line = Annotated[str, msgspec.Meta(pattern=r"^[^\x00-\x1f]*$")]  # one line: it may stand in a header


class Site(msgspec.Struct, frozen=True):
    """The published site. `url` is "" until it is known where the site stands."""

    title: Line = "Online speech and privacy bills"
    url: Address = ""
    contact: Contact = ""


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

    def __rich_repr__(self) -> Iterator[tuple[str, object]]:
        """Fields and values; a key is never among them, for a repr ends up in logs."""
        for name in self.__struct_fields__:
            value = getattr(self, name)
            yield name, "(hidden)" if name.endswith("_key") and value else value

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{n}={v!r}' for n, v in self.__rich_repr__())})"


class NamedBill(msgspec.Struct, frozen=True):
    """What the publisher says about one bill."""

    id: str
    position: Position = "watch"
    priority: Literal["high", "normal", "low"] = "normal"
    note: str = ""


class Archive(msgspec.Struct, frozen=True):
    """How much of what was fetched is kept."""

    max_megabytes: Annotated[int, msgspec.Meta(ge=1)] = 500


class Config(msgspec.Struct, frozen=True):
    """The whole configuration, checked."""

    site: Site = Site()
    follow: Follow = Follow()
    legislatures: dict[str, LegislatureSettings] = {}
    bill: tuple[NamedBill, ...] = ()
    archive: Archive = Archive()

    @classmethod
    def load(cls, path: Path | None = None, env: Mapping[str, str] | None = None) -> Config:
        """The configuration in `path`, or in `billwatch.toml` of the working directory if it is there.

        `env` gives what a file should not: BILLWATCH_NY_KEY (each legislature has its own) and BILLWATCH_SITE_URL.
        """
        file = path or (DEFAULT_FILE if DEFAULT_FILE.exists() else None)
        return _checked(_Reader(file or DEFAULT_FILE, _table(file) if file else {}, env or {}))

    def legislature(self, code: str) -> LegislatureSettings:
        """The settings of a followed legislature."""
        if code not in self.legislatures:
            raise UsageError(f"'{code}' is not followed; add it to legislatures under [follow]")
        return self.legislatures[code]

    @property
    def named_bills(self) -> tuple[BillId, ...]:
        """Every bill that is followed because it is named, in the order of the file, each once."""
        return tuple(dict.fromkeys(map(BillId.parse, (*self.follow.bills, *(b.id for b in self.bill)))))

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


# --- reading ---------------------------------------------------------------------------------------------------

Record = TypeVar("Record", bound=msgspec.Struct)


class _Reader(msgspec.Struct, frozen=True):
    """One configuration file on its way to records: knows its name, so that each mistake can say where it is."""

    file: Path
    table: dict[str, Any]
    env: Mapping[str, str]

    def mistake(self, key: str, problem: str, remedy: str) -> UsageError:
        return UsageError(f"{self.file}: {key}: {problem}; {remedy}")

    def record(self, kind: type[Record], table: object, where: str) -> Record:
        """`table` as a `kind`; `where` is its name in the file, "site" or "legislatures.ny"."""
        if not isinstance(table, dict):
            raise self.mistake(
                where, "is not a table", f"write [{where}] on a line of its own, its keys below"
            )
        self.only(table, kind.__struct_fields__, where)
        try:
            return msgspec.convert(table, kind)
        except msgspec.ValidationError as error:
            problem, _, place = str(error).partition(" - at `$.")
            key = re.match(r"\w*", place)
            name = key[0] if key else ""
            raise self.mistake(f"{where}.{name}".rstrip("."), problem, _example(name)) from None

    def only(self, table: Mapping[str, object], known: Iterable[str], where: str = "") -> None:
        """Refuse a key that is not among the known ones: a misspelt key would be a setting silently ignored."""
        for key in table:
            if key not in known:
                raise self.mistake(f"{where}.{key}".lstrip("."), "no such key", _did_you_mean(key, known))


def _table(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise UsageError(
            f"{file}: cannot be read ({error.strerror}); check the path after --config"
        ) from None
    except UnicodeDecodeError:
        raise UsageError(f"{file}: is not UTF-8 text; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{file}: {error}; see https://toml.io for how to write it") from None


def _checked(reader: _Reader) -> Config:
    reader.only(reader.table, Config.__struct_fields__)
    follow = reader.record(Follow, reader.table.get("follow", {}), "follow")
    config = Config(
        site=_site(reader),
        follow=follow,
        legislatures=dict(_legislatures(reader, follow)),
        bill=tuple(_named(reader)),
        archive=reader.record(Archive, reader.table.get("archive", {}), "archive"),
    )
    _bills_are_followed(reader, config)
    return config


def _site(reader: _Reader) -> Site:
    table = reader.table.get("site", {})
    site = reader.record(Site, table, "site")
    if site.url or not reader.env.get("BILLWATCH_SITE_URL"):
        return site
    return reader.record(Site, {**table, "url": reader.env["BILLWATCH_SITE_URL"]}, "site")


def _legislatures(reader: _Reader, follow: Follow) -> Iterator[tuple[str, LegislatureSettings]]:
    tables = reader.table.get("legislatures", {})
    if not isinstance(tables, dict):
        raise reader.mistake("legislatures", "is not a table", "write [legislatures.ny]")
    for code in dict.fromkeys((*follow.legislatures, *tables)):
        table = tables.get(code, {})
        kind = _settings_of(reader, code)
        yield code, reader.record(kind, _prepared(reader, kind, table, code), f"legislatures.{code}")


def _settings_of(reader: _Reader, code: str) -> type[LegislatureSettings]:
    """A legislature's own `Settings`, or the general ones where it has none."""
    try:
        package = legislature(code).__name__
    except UsageError as error:
        raise reader.mistake("follow.legislatures", str(error), _example("legislatures")) from None
    try:
        own: type[LegislatureSettings] = importlib.import_module(f"{package}.settings").Settings
    except ModuleNotFoundError as error:
        if error.name != f"{package}.settings":
            raise
        return LegislatureSettings
    return own


def _prepared(reader: _Reader, kind: type[LegislatureSettings], table: object, code: str) -> object:
    """The table with what people may write otherwise: sessions as numbers, the key in the environment."""
    if not isinstance(table, dict):
        return table
    table = dict(table)
    if isinstance(table.get("sessions"), list):
        table["sessions"] = [str(s) if type(s) is int else s for s in table["sessions"]]
    key = next((f for f in kind.__struct_fields__ if f.endswith("_key")), None)
    if key and not table.get(key):
        table[key] = reader.env.get(f"BILLWATCH_{code.upper()}_KEY", "")
    for ca in (name for name in table if name.endswith("_ca") and table[name]):
        table[ca] = _certificate(reader, f"legislatures.{code}.{ca}", table[ca])
    return table


def _certificate(reader: _Reader, key: str, value: object) -> str:
    """The certificate file, looked for beside the configuration."""
    path = reader.file.parent / str(value)
    if not path.is_file():
        raise reader.mistake(key, f"no file '{path}'", 'give the path of a PEM file, or "" for none')
    return str(path)


def _named(reader: _Reader) -> Iterator[NamedBill]:
    seen: set[str] = set()
    tables = reader.table.get("bill", [])
    if not isinstance(tables, list):
        raise reader.mistake("bill", "is not a list", "write [[bill]] with two brackets")
    for table in tables:
        named = reader.record(NamedBill, table, "bill")
        if named.id in seen:
            raise reader.mistake("bill.id", f"'{named.id}' stands twice", "keep one [[bill]] for each bill")
        seen.add(named.id)
        yield named


def _bills_are_followed(reader: _Reader, config: Config) -> None:
    try:
        named = config.named_bills
    except UsageError as error:
        raise UsageError(f"{reader.file}: follow.bills or bill.id: {error}") from None
    for bill in named:
        if bill.legislature not in config.legislatures:
            remedy = f'add "{bill.legislature}" to legislatures under [follow]'
            raise reader.mistake("follow.bills", f"{bill} is of a legislature that is not followed", remedy)


# --- remedies --------------------------------------------------------------------------------------------------


def _did_you_mean(word: str, known: Iterable[str]) -> str:
    known = list(known)
    near = difflib.get_close_matches(word, known, n=1)
    return f"did you mean '{near[0]}'?" if near else f"there are: {', '.join(known)}"


def _example(key: str) -> str:
    """The line of the example that shows how this key is written."""
    lines = _example_lines()
    return f"write it like {lines[key]}" if key in lines else "see the example in the README"


@cache
def _example_lines() -> dict[str, str]:
    text = (files("billwatch") / "example.toml").read_text("utf-8")
    lines = re.findall(r"^(\w+) = (.*?) *(?:#.*)?$", text, re.MULTILINE)
    return {key: f"{key} = {value}" for key, value in lines}
