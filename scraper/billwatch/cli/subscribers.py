"""What the operator does with subscribers by hand: enter, list, change, hand over, forget."""

from __future__ import annotations

import json
import os
from contextlib import closing
from typing import TYPE_CHECKING

import click

from billwatch.cli import reaching
from billwatch.config import now
from billwatch.errors import UsageError

if TYPE_CHECKING:
    from billwatch.cli.work import Work
    from billwatch_site.alerts.subscriptions import Dates, Kind, Rhythm, Strength, Subscriber, Subscribers

_WHAT: tuple[tuple[Kind, str], ...] = (
    ("bill", "A bill: ny/2025/S4505."),
    ("family", "A bill and its family across houses and sessions."),
    ("topic", "A topic or area: privacy."),
    ("legislature", "All followed bills of a legislature: ny."),
    ("words", "Words in title, summary or what happened."),
)


def _targets(command: click.decorators.FC) -> click.decorators.FC:
    """The options that name what is followed; each may stand several times."""
    for kind, text in reversed(_WHAT):
        command = click.option(f"--{kind}", multiple=True, help=text)(command)
    return command


@click.group()
def subscribers() -> None:
    """Who gets mail, and of what: the operator's own hand."""


@subscribers.command("add")
@click.argument("address")
@_targets
@click.option("--strength", type=click.Choice(["milestones", "notable", "all"]), help="[at first: notable]")
@click.option("--rhythm", type=click.Choice(["at-once", "daily", "weekly"]), help="[at first: daily]")
@click.option("--urgent/--no-urgent", default=None, help="Milestones at once, whatever the rhythm. [at first: urgent]")
@click.option("--dates", type=click.Choice(["day-first", "month-first", "iso"]), help="[at first: day-first]")
@click.pass_obj
def add(
    work: Work,
    /,
    address: str,
    strength: Strength | None,
    rhythm: Rhythm | None,
    urgent: bool | None,
    dates: Dates | None,
    **named: tuple[str, ...],
) -> None:
    """Enter ADDRESS, whose owner has asked for it, and what it follows from now on.

    What somebody known has chosen stays, except what is given here anew.
    """
    from billwatch_site.words.sentences import counted

    targets = _named(named)
    if not targets:
        raise UsageError("say what to follow, with --bill, --family, --topic, --legislature or --words")
    moment = now(os.environ)
    with closing(reaching.people(work)) as people:
        _are_there(work, targets)
        with people.atomic():
            one = people.add(address, moment, zone=_zone(work))
            people.choose(one, rhythm=rhythm, urgent=urgent, dates=dates)
            for kind, target in targets:
                people.subscribe(one, kind, target, strength, moment)
            people.confirm(one, moment)
            people.resume(one)
        things = counted(len(people.subscriptions(one)), "thing")
        work.say(f"subscriber {one} follows {things}; told is what happens from now on")


@subscribers.command("list")
@click.pass_obj
def list_subscribers(work: Work) -> None:
    """Print who gets mail and what each follows."""
    with closing(reaching.people(work)) as people:
        for one in _all(people):
            state = "suspended" if one.suspended_at else "confirmed" if one.confirmed_at else "not confirmed"
            urgent = ", milestones at once" if one.urgent and one.rhythm != "at-once" else ""
            click.echo(f"{one.address}: {state}, {one.rhythm}{urgent}")
            for what in people.subscriptions(one.id):
                click.echo(f"    {what.kind} {what.target} ({what.strength})")


@subscribers.command("remove")
@click.argument("address")
@_targets
@click.pass_obj
def remove(work: Work, /, address: str, **named: tuple[str, ...]) -> None:
    """End what ADDRESS follows: all of it, or what is named. The address stays; `forget` deletes it."""
    from billwatch_site.words.sentences import counted

    with closing(reaching.people(work)) as people:
        one = _known(people, address)
        there = [(s.kind, s.target) for s in people.subscriptions(one.id)]
        ending = _named(named) or tuple(there)
        if any(target not in there for target in ending):
            raise UsageError("this is not followed there; see 'billwatch subscribers list'")
        with people.atomic():
            for kind, target in ending:
                people.unsubscribe(one.id, kind, target)
        work.say(f"{counted(len(ending), 'subscription')} ended, {len(there) - len(ending)} left")


@subscribers.command("export")
@click.argument("address", required=False)
@click.pass_obj
def export(work: Work, address: str | None) -> None:
    """Print as JSON lines all that is held about ADDRESS, or about everybody."""
    with closing(reaching.people(work)) as people:
        for one in [_known(people, address)] if address else _all(people):
            click.echo(json.dumps(people.held_about(one.id), ensure_ascii=False))


@subscribers.command("forget")
@click.argument("address")
@click.pass_obj
def forget(work: Work, address: str) -> None:
    """Delete ADDRESS and all that is held about it."""
    with closing(reaching.people(work)) as people:
        people.forget(_known(people, address).id)
    work.say("forgotten")


def _all(people: Subscribers) -> list[Subscriber]:
    from billwatch_site.alerts.subscriptions import Subscriber

    return people.rows(Subscriber, "select * from subscribers order by address")


def _known(people: Subscribers, address: str) -> Subscriber:
    found = people.find(address)
    if not found:
        raise UsageError("this address is not known; see 'billwatch subscribers list'")
    return found


def _named(named: dict[str, tuple[str, ...]]) -> tuple[tuple[Kind, str], ...]:
    from billwatch_site.alerts.subscriptions import checked_target

    return tuple((kind, checked_target(kind, target)) for kind, _ in _WHAT for target in named[kind])


def _are_there(work: Work, targets: tuple[tuple[Kind, str], ...]) -> None:
    """What is followed must be something that we watch: else somebody would wait for ever."""
    from billwatch.store import Store
    from billwatch.topics import Taxonomy

    topics = Taxonomy.load().names
    with closing(Store(work.existing())) as store:
        for kind, target in targets:
            if kind == "topic" and target not in topics:
                raise UsageError(f"there is no topic '{target}'; there are: {', '.join(topics)}")
            if kind == "legislature" and target not in work.config.follow.legislatures:
                raise UsageError(f"'{target}' is not followed; add it to legislatures under [follow]")
            known = kind not in ("bill", "family") or store.column("select id from bills where id = ?", (target,))
            if not known:
                raise UsageError(f"{target} is not in the store; name it under [follow] bills and update")


def _zone(work: Work) -> str:
    """Whose morning it is: that of the first legislature we follow."""
    from billwatch_site.words.official import legislature

    return legislature(work.config.follow.legislatures[0]).timezone.key
