"""The secretary, who writes the messages: for a person a digest or a notice, for a channel its bulletins."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property

from billwatch_site.alerts.digest import Digest
from billwatch_site.alerts.letter import Writer
from billwatch_site.alerts.mail import Correspondence, message_id
from billwatch_site.alerts.newsroom import Newsroom
from billwatch_site.alerts.notices import Health, concerned, is_quiet, outage_letter, quiet_letter, week_of
from billwatch_site.alerts.outbox import Outgoing
from billwatch_site.alerts.recipients import Recipient
from billwatch_site.alerts.settings import Links, MailSettings
from billwatch_site.alerts.subscriptions import Subscriber
from billwatch_site.settings import Settings


class Secretary:
    """Writes all messages of one run."""

    def __init__(
        self,
        newsroom: Newsroom,
        healths: Mapping[str, Health],
        settings: Settings,
        mail: MailSettings | None,
        signed: Links | None,
        bulletins: Callable[[Recipient, Digest, Newsroom], Sequence[Outgoing]] | None,
        now: datetime,
    ) -> None:
        self._newsroom, self._healths, self._settings = newsroom, healths, settings
        self._mail, self._signed, self._bulletins, self._now = mail, signed, bulletins, now

    def write(self, recipient: Recipient, digest: Digest) -> list[Outgoing]:
        """The messages for somebody; with an empty digest on a morning, what is to be said without news."""
        if not recipient.subscriber:
            return (
                list(self._bulletins(recipient, digest, self._newsroom)) if self._bulletins and digest.stories else []
            )
        if not digest.stories:
            return list(self._notice(recipient, recipient.subscriber))
        return [self._letters.digest(recipient.subscriber, digest, self._notes(recipient))]

    @cached_property
    def _letters(self) -> Correspondence:
        if self._mail is None:
            raise ValueError("no letter can be written without a sender")
        writer = Writer(self._newsroom.bills, self._newsroom.changes, self._settings, self._newsroom.daily)
        return Correspondence(writer, self._mail, self._signed, self._now)

    def _concerned(self, recipient: Recipient) -> list[Health]:
        codes = concerned(recipient.subscriptions, self._healths)
        return [self._healths[code] for code in sorted(codes)]

    def _notes(self, recipient: Recipient) -> list[str]:
        return [health.line for health in self._concerned(recipient) if health.line]

    def _notice(self, recipient: Recipient, to: Subscriber) -> Iterator[Outgoing]:
        """That sources are out, once a week; or that nothing happened for long, once a month."""
        letters, healths = self._letters, self._concerned(recipient)
        host, days, foot = letters.mail.host, letters.mail.quiet_after_days, letters.foot(to)
        out = [health for health in healths if health.out]
        if out:
            letter = outage_letter(out, self._settings, foot)
            yield letters.message(to, letter, message_id(host, to.id, "outage", week_of(self._now)), "notice")
        elif recipient.subscriptions and is_quiet(to.last_sent_at or to.confirmed_at, self._now, days):
            letter = quiet_letter(recipient.subscriptions, healths, self._settings, days, foot)
            yield letters.message(to, letter, message_id(host, to.id, "quiet", f"{self._now:%Y-%m}"), "notice")
