"""[[channel]]: chat rooms, public accounts and webhooks that are told, as the configuration names them.

An address of a channel is a secret: whoever has it can write there. So it may be written as ${BILLWATCH_ROOM}, and is
then taken from the environment when something is sent, and by no command before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

import msgspec

from billwatch.bill import BillId
from billwatch.config.file import ConfigFile
from billwatch.errors import UsageError
from billwatch.topics import Taxonomy

Name = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
_VARIABLE = re.compile(r"\$\{([^}]*)\}")
_OURS = re.compile(r"BILLWATCH_[A-Z0-9_]+")
_URL = 'write it like url = "${BILLWATCH_ROOM}"'
_SECRETS = ("url", "webhook", "secret")


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
        """With its secrets from the environment; one that is not there is a `UsageError`."""
        return msgspec.structs.replace(self, **{key: self._filled(key, env) for key in _SECRETS})

    def _filled(self, key: str, env: Mapping[str, str]) -> str:
        def value(found: re.Match[str]) -> str:
            if not _OURS.fullmatch(found[1]):
                raise UsageError(f"channel '{self.name}': {key} names {found[0]}; write it like ${{BILLWATCH_ROOM}}")
            if not env.get(found[1]):
                raise UsageError(f"channel '{self.name}': {found[1]} is not in the environment; set it there")
            return env[found[1]]

        return _VARIABLE.sub(value, str(getattr(self, key)))


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
        _are_bills(file, (*channel.bills, *channel.families))
        yield channel


def _are_bills(file: ConfigFile, bills: tuple[str, ...]) -> None:
    for bill in bills:
        try:
            BillId.parse(bill)
        except UsageError as error:
            raise file.mistake("channel.bills", str(error), "write ny/2017/S9191") from None
