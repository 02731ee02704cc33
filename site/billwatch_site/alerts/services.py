"""Services: what is waiting for a channel goes out, through apprise or as a webhook. Nothing here decides anything."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from billwatch.errors import UsageError
from billwatch_site.alerts.bulletins import Bulletin
from billwatch_site.alerts.channels import Channel
from billwatch_site.alerts.delivery import Carry
from billwatch_site.alerts.outbox import Outcome
from billwatch_site.alerts.posts import post_of
from billwatch_site.alerts.webhooks import SENT, Hook, delivered

Send = Callable[[str, bytes, datetime], Outcome]  # message id, outbox blob, now
_STATUS = re.compile(r"error=(\d{3})")


def carriers_of(channels: Sequence[Channel], now: Callable[[], datetime]) -> dict[str, Carry]:
    """How a parcel goes to each recipient, "channel:NAME"; a channel that cannot be one is a `UsageError`."""
    return {channel.recipient: _carrier(sender_of(channel), now) for channel in channels}


def _carrier(send: Send, now: Callable[[], datetime]) -> Carry:
    return lambda parcel: send(parcel.message_id, parcel.message, now())


def sender_of(channel: Channel) -> Send:
    """How to send to one channel."""
    if channel.webhook:
        hook = Hook(channel.webhook, channel.secret)
        return lambda message_id, blob, now: delivered(hook, message_id, blob, now)
    service = _service(channel)
    return lambda message_id, blob, now: _posted(service, blob)


def _service(channel: Channel) -> Any:
    try:
        import apprise
    except ModuleNotFoundError:
        raise UsageError(f"channel '{channel.name}' needs apprise: pip install 'billwatch[alerts]'") from None

    class Ourselves(apprise.AppriseAsset):
        """Under our own name, without apprise's pictures, which readers would load from somewhere else."""

        app_id, app_desc, app_url = "billwatch", "billwatch", ""
        image_url_mask = image_url_logo = ""
        async_mode = http_redirects = False
        default_service_retry = 0  # the outbox tries again

    # What it logs names hosts and rooms; its reasons are taken from it below, its lines go nowhere.
    logging.getLogger("apprise").propagate = False
    found = apprise.Apprise.instantiate(channel.url, asset=Ourselves(), suppress_exceptions=True)
    if found is None:
        raise UsageError(f"channel '{channel.name}': its url is none that apprise knows; see its list of services")
    return found


def _posted(service: Any, blob: bytes) -> Outcome:
    import apprise

    post = post_of(Bulletin.decoded(blob), service.body_maxlen, service.title_maxlen)
    room = apprise.Apprise(asset=service.asset)
    room.add(service)
    with apprise.LogCapture(level=logging.WARNING) as log:  # type: ignore[no-untyped-call] # apprise has few types
        if room.notify(title=post.title, body=post.body, body_format=apprise.NotifyFormat.TEXT):
            return SENT
        status = _STATUS.search(log.getvalue())
    return Outcome("later", f"the service answered {status[1]}" if status else "the service did not take it")
