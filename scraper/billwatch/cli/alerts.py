"""The commands that reach people: alert, and what the operator does with subscribers by hand."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import closing
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from billwatch.cli import reaching
from billwatch.config import now
from billwatch.database import locked
from billwatch.errors import UsageError

if TYPE_CHECKING:
    from billwatch.cli.work import Work
    from billwatch_site.alerts.alert import Decided, Plan
    from billwatch_site.alerts.channels import Channel
    from billwatch_site.alerts.deciding import Decision
    from billwatch_site.alerts.delivery import Delivered
    from billwatch_site.alerts.subscriptions import Subscribers

STUCK = 1  # the exit status when mail could not go out


@click.command()
@click.option("--dry-run", is_flag=True, help="Print what would be sent, and do nothing.")
@click.option(
    "--bounces",
    type=click.Path(exists=True, allow_dash=True, path_type=Path),
    help="Only read failed deliveries: an mbox, a Maildir, or - for the standard input.",
)
@click.pass_obj
def alert(work: Work, dry_run: bool, bounces: Path | None) -> None:
    """Tell subscribers what is new, once."""
    if bounces is not None:
        _read_bounces(work, sys.stdin.buffer.read() if str(bounces) == "-" else bounces)
        return
    if not work.config.mail.host and not work.config.channel:
        raise UsageError('no mail server is configured; write [mail] with host = "..." and sender = "..."')
    if dry_run:
        _rehearsed(work)
        return
    sys.exit(alerted(work))


def alerted(work: Work) -> int:
    """Decide, send and report; the exit status. Nothing at all where neither mail nor a channel is configured."""
    if not work.config.mail.host and not work.config.channel:
        return 0
    from billwatch_site.alerts.alert import decide, send
    from billwatch_site.alerts.delivery import Pace
    from billwatch_site.alerts.services import carriers_of
    from billwatch_site.alerts.smtp import Mailer
    from billwatch_site.alerts.tables import alone

    channels = _channels(work)
    carriers = carriers_of(channels, lambda: now(os.environ))

    moment, plan = now(os.environ), _plan(work, channels)
    server = reaching.mail_settings(work).server
    with closing(reaching.people(work)) as people, alone(people.path), closing(Mailer(server)) as mailer:
        with locked(work.data):
            decided = decide(people, work.existing(), plan, moment)
        work.say("\n".join(_decided_lines(decided)))
        delivered = send(
            people, reaching.carry(work, mailer), Pace(work.config.mail.per_minute), lambda: now(os.environ), carriers
        )
        work.say("\n".join(_delivered_lines(people, delivered)))
    if delivered.stopped:
        click.echo(f"billwatch: {delivered.stopped}; what waits is sent by the next run", err=True)
    return STUCK if delivered.stopped else 0


def _channels(work: Work) -> tuple[Channel, ...]:
    """The channels with their secrets, which only what sends has to know."""
    from billwatch_site.alerts.channels import Channel

    filled = (channel.filled(os.environ) for channel in work.config.channel)
    return tuple(Channel(**msgspec.structs.asdict(channel)) for channel in filled)


def _plan(work: Work, channels: tuple[Channel, ...]) -> Plan:
    from billwatch_site.alerts.alert import Plan
    from billwatch_site.alerts.bulletins import bulletins_for
    from billwatch_site.alerts.html import ready

    ready()
    settings, codes, mail = reaching.settings(work), work.config.follow.legislatures, work.config.mail
    return Plan(
        settings=settings,
        mail=reaching.mail_settings(work) if mail.host else None,
        signed=reaching.tokens(work) if mail.service_url else None,
        channels=tuple(channel.plan(codes) for channel in channels),
        bulletins=bulletins_for(channels, settings),
    )


def _rehearsed(work: Work) -> None:
    from billwatch_site.alerts.alert import rehearse

    with locked(work.data), closing(reaching.people(work)) as people:
        decided = rehearse(people, work.existing(), _plan(work, _channels(work)), now(os.environ), _show)
    click.echo("\n".join(["Nothing was sent. It would have been:", *_decided_lines(decided)]))


def _show(decision: Decision) -> None:
    """A message as its reader would get it, under the subscriber's number instead of the address."""
    for outgoing in decision.messages:
        shown = _letter if decision.recipient.subscriber else _post
        click.echo(f"To: {shown(decision.recipient.id, outgoing.message)}\n{'=' * 72}")


def _letter(subscriber: str, message: bytes) -> str:
    letter = message_from_bytes(message, policy=default)
    body = letter.get_body(("plain",))
    return f"subscriber {subscriber}\nSubject: {letter['Subject']}\n\n{body.get_content() if body else ''}"


def _post(channel: str, message: bytes) -> str:
    """A bulletin in words; how much of it a room shows is up to the room, and a webhook gets its JSON."""
    from billwatch_site.alerts.bulletins import Bulletin
    from billwatch_site.alerts.posts import post_of

    post = post_of(Bulletin.decoded(message), 4096, 250)
    return f"{channel.replace(':', ' ')}\n{post.title}\n\n{post.body}\n"


def _read_bounces(work: Work, source: bytes | Path) -> None:
    from billwatch_site.alerts.bounces import read_bounces, reports_in
    from billwatch_site.words.sentences import counted

    returns = reaching.returns(work)
    if returns is None:
        raise UsageError('no bounces are expected; write bounces = "..." under [mail]')
    with closing(reaching.people(work)) as people:
        read = read_bounces(people, returns, reports_in(source), now(os.environ))
    work.say(f"{counted(read.counted, 'bounce')} counted, {counted(read.ignored, 'message')} ignored")


def _decided_lines(decided: Decided) -> Iterator[str]:
    from billwatch_site.words.sentences import counted

    noted = decided.noted
    if noted.quiet:
        yield f"{counted(noted.new, 'change')} noted at the first look at this store; nobody is told of them"
    else:
        yield counted(noted.new, "new change")
    for code in noted.unfinished:
        yield f"{code}: the last update did not finish; its changes wait for the next one"
    kinds = ", ".join(counted(number, kind) for kind, number in sorted(decided.messages.items()))
    people, changes = counted(decided.recipients, "recipient"), counted(decided.told, "change")
    yield f"{kinds or 'no messages'} for {people}, telling {changes}"
    yield from decided.silent


def _delivered_lines(people: Subscribers, delivered: Delivered) -> Iterator[str]:
    from billwatch_site.alerts.outbox import waiting

    states = delivered.states
    yield f"{states['sent']} sent, {waiting(people)} waiting, {states['given-up']} given up"
    for reason, times in delivered.reasons.most_common(5):
        yield f"  {times} times: {reason}"
