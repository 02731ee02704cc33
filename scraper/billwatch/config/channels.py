"""[[channel]]: chat rooms, public accounts and webhooks that are told, as the configuration names them.

An address of a channel is a secret: whoever has it can write there. So it may be written as ${BILLWATCH_ROOM}, and is
then taken from the environment. Only what sends needs it there; but where it is, what is wrong with it is said at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from billwatch.bill import BillId
from billwatch.config.file import ConfigFile
from billwatch.config.shapes import Name, page
from billwatch.errors import UsageError
from billwatch.topics import Taxonomy

_VARIABLE = re.compile(r"\$\{([^}]*)\}")
_OURS = re.compile(r"BILLWATCH_[A-Z0-9_]+")
_SERVICE = re.compile(r"[A-Za-z][\w+.-]*://\S")
_URL = 'write it like url = "${BILLWATCH_ROOM}"'
_SECRETS = ("url", "webhook", "secret")
_LOCAL = ("localhost", "127.0.0.1", "::1")
_SHORTEST = 16  # letters of a secret


class Channel(msgspec.Struct, frozen=True, kw_only=True):
    """Where to, what of, how much and when. Nothing named means everything that is followed."""

    name: Name
    url: str = ""
    webhook: str = ""
    secret: str = ""
    bills: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    legislatures: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    strength: Literal["milestones", "notable", "all"] = "notable"
    rhythm: Literal["at-once", "daily", "weekly"] = "at-once"
    urgent: bool = False

    def __repr__(self) -> str:
        return f"Channel({self.name})"  # a repr ends up in logs

    def filled(self, env: Mapping[str, str]) -> Channel:
        """With its secrets from the environment; one that is not there, or cannot be one, is a `UsageError`."""
        return msgspec.structs.replace(self, **{key: self._filled(key, env) for key in _SECRETS})

    def check(self, env: Mapping[str, str]) -> None:
        """Refuse what is known to be wrong by now; a variable that is not there yet may be there when it is needed."""
        for key in _SECRETS:
            named = _VARIABLE.findall(getattr(self, key))
            if not any(_OURS.fullmatch(name) and not env.get(name) for name in named):
                self._filled(key, env)

    def _filled(self, key: str, env: Mapping[str, str]) -> str:
        def value(found: re.Match[str]) -> str:
            if not _OURS.fullmatch(found[1]):
                raise UsageError(f"channel '{self.name}': {key} names {found[0]}; write it like ${{BILLWATCH_ROOM}}")
            if not env.get(found[1]):
                raise UsageError(f"channel '{self.name}': {found[1]} is not in the environment; set it there")
            return env[found[1]]

        if "${" in _VARIABLE.sub("", getattr(self, key)):
            raise UsageError(f"channel '{self.name}': {key} has a ${{ without its }}")
        filled = _VARIABLE.sub(value, str(getattr(self, key)))
        if flaw := self._flaw(key, filled):
            raise UsageError(f"channel '{self.name}': its {key} {flaw}")
        return filled

    def _flaw(self, key: str, value: str) -> str:
        """What is wrong with an address or a secret, without showing it."""
        if key == "secret":
            signs = len(value) >= _SHORTEST or not self.webhook
            return "" if signs else f"signs what its webhook gets; write {_SHORTEST} letters or more"
        if not value:
            return ""
        if key == "webhook":
            return "" if _is_private(value) else "is no https address; write it like https://hooks.example.org/bills"
        return "" if _SERVICE.match(value) else "is no address of a service; write it like ntfy://ntfy.sh/our-bills"


def _is_private(address: str) -> bool:
    """Whether nobody can read on the way what is sent there: plain http goes to this machine only."""
    if page(address):
        return False
    parts = urlsplit(address)
    return parts.scheme == "https" or parts.hostname in _LOCAL


def channels_in(file: ConfigFile, legislatures: tuple[str, ...]) -> Iterator[Channel]:
    """The channels of a file, each with a name of its own and something to follow that there is."""
    tables = file.table.get("channel", [])
    if not isinstance(tables, list):
        raise file.mistake("channel", "is not a list", "write [[channel]] with two brackets")
    seen: set[str] = set()
    for table in tables:
        channel = file.record(Channel, table, "channel")
        if channel.name in seen:
            raise file.mistake("channel.name", f"'{channel.name}' stands twice", "give each channel a name of its own")
        if bool(channel.url) == bool(channel.webhook):
            raise file.mistake("channel.url", f"'{channel.name}' needs a url or a webhook, one of them", _URL)
        seen.add(channel.name)
        file.only(channel.topics, Taxonomy.load().names, "channel.topics")
        file.only(channel.legislatures, legislatures, "channel.legislatures")
        _are_bills(file, channel.bills, "channel.bills")
        _are_bills(file, channel.families, "channel.families")
        _can_be_reached(file, channel)
        yield channel


def _are_bills(file: ConfigFile, bills: tuple[str, ...], where: str) -> None:
    for bill in bills:
        try:
            BillId.parse(bill)
        except UsageError as error:
            raise UsageError(f"{file.path}: {where}: {error}") from None


def _can_be_reached(file: ConfigFile, channel: Channel) -> None:
    try:
        channel.check(file.env)
    except UsageError as error:
        raise UsageError(f"{file.path}: {error}") from None
