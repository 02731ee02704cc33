"""What the operator says about mail: the server, the sender, how fast, and where people may leave."""

from __future__ import annotations

from typing import Protocol

import msgspec

from billwatch_site.alerts.smtp import Server


class MailSettings(msgspec.Struct, frozen=True, kw_only=True):
    """`contact` is the operator's address, as mailto:; `service_url` is where the sign-up service stands, or "".

    `quiet_after_days`: after so many days without news we say that all is well; 0 for never.
    """

    server: Server
    sender: str
    bounces: str = ""
    contact: str = ""
    per_minute: int = 300
    service_url: str = ""
    quiet_after_days: int = 30

    @property
    def host(self) -> str:
        """Whose mail this is: the part of the sender's address after the @."""
        return self.sender.rpartition("@")[2]

    @property
    def operator(self) -> str:
        """The address that a person answers."""
        return self.contact.removeprefix("mailto:") if self.contact.startswith("mailto:") else self.sender


class Links(Protocol):
    """Who makes the signed links of a letter (`tokens.Tokens`)."""

    def manage_link(self, base_url: str, subscriber: str) -> str: ...

    def unsubscribe_link(self, base_url: str, subscriber: str) -> str: ...
