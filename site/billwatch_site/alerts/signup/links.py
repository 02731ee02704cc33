"""What the links of letters lead to: a page that shows and a button that acts, each for one purpose."""

from __future__ import annotations

from collections.abc import Callable

from bottle import request

from billwatch_site.alerts.addresses import masked
from billwatch_site.alerts.signup.applications import application, confirm
from billwatch_site.alerts.signup.counter import Counter
from billwatch_site.alerts.signup.pages import Answer, Pages
from billwatch_site.alerts.signup.sheet import Line, Sheet, named, sheet_of
from billwatch_site.alerts.signup.wishes import BadForm, value_of
from billwatch_site.alerts.subscriptions import STRENGTHS, Subscriber, Subscribers
from billwatch_site.alerts.tokens import BadLink, Expired, Purpose

STRENGTH_WORDS = {"milestones": "milestones only", "notable": "what is notable", "all": "everything"}
RHYTHM_WORDS = {"at-once": "as soon as we see it", "daily": "in the morning, on days with news", "weekly": "on Mondays"}


class LinkPages:
    """The pages of signed links."""

    def __init__(self, counter: Counter, pages: Pages) -> None:
        self.counter, self.pages = counter, pages

    # -- confirm

    def show_confirm(self, token: str) -> Answer:
        """What was asked for, and a button."""
        return self._opened("confirm", token, lambda subject: self._asked(subject, token))

    def confirm(self, token: str) -> Answer:
        """It begins."""
        return self._opened("confirm", token, self._begun)

    def _asked(self, subject: str, token: str) -> Answer:
        with self.counter.people() as people:
            found = application(people, subject)
            to = people.get(found.subscriber) if found and found.subscriber else None
        if not found or not to:
            return self._done("confirm/x")
        wishes = found.asked
        how = f"How much: {STRENGTH_WORDS[wishes.strength]}. How often: {RHYTHM_WORDS[wishes.rhythm]}."
        return self.pages.page(
            "confirm.html",
            "confirm/x",
            token=token,
            address=masked(to.address),
            lines=[named(follow, self.counter.snapshot.bills) for follow in wishes.follow],
            how=f"{how} Milestones at once." if wishes.urgent and wishes.rhythm != "at-once" else how,
        )

    def _begun(self, subject: str) -> Answer:
        with self.counter.people() as people:
            subscriber = confirm(people, subject, self.counter.now())
        if not subscriber:
            return self._done("confirm/x")
        return self.pages.page("begun.html", "confirm/x", token=self.counter.tokens.token("manage", subscriber))

    def _done(self, path: str) -> Answer:
        return self.pages.said(
            path,
            "This link has done its work",
            "What it was for has begun, or a newer letter took its place.",
            "If you get no letters and want some, fill in the form once more.",
        )

    # -- manage

    def show_manage(self, token: str) -> Answer:
        """What somebody gets."""
        return self._opened("manage", token, lambda subject: self._managed(subject, token))

    def manage(self, token: str) -> Answer:
        """Change what somebody gets: what is not ticked any more is not followed any more."""
        return self._opened("manage", token, lambda subject: self._changed(subject, token))

    def _managed(self, subject: str, token: str, sheet: Sheet | None = None, problem: str = "") -> Answer:
        with self.counter.people() as people:
            found = people.get(subject)
            follows = people.subscriptions(subject)
        if not found:
            return self._gone("manage/x")
        bills = self.counter.snapshot.bills
        kept = [((s.kind, s.target), s.strength) for s in follows]
        return self.pages.page(
            "manage.html",
            "manage/x",
            400 if problem else 200,
            token=token,
            leave=self.counter.tokens.token("unsubscribe", subject),
            address=masked(found.address),
            since=found.confirmed_at[:10],
            last=found.last_sent_at[:10],
            suspended=found.suspended_at[:10],
            lines=[(Line(value_of(follow), *named(follow, bills), True), strength) for follow, strength in kept],
            rhythm=found.rhythm,
            urgent=found.urgent,
            dates=found.dates,
            saved=sheet is not None and not problem,
            unknown=sheet.unknown if sheet else (),
            problem=problem,
        )

    def _changed(self, subject: str, token: str) -> Answer:
        fields = request.forms.decode()
        try:
            sheet = sheet_of(fields, self.counter.snapshot, self._codes(subject), self.counter.numbers)
            strengths = {value: fields.get(f"strength {value}", "") for value in fields.getall("follow")}
            if any(s and s not in STRENGTHS for s in strengths.values()):
                raise BadForm("That is not a choice of the form.")
        except BadForm as error:
            return self._managed(subject, token, problem=str(error))
        with self.counter.people() as people, people.atomic():
            found = people.get(subject)
            if found:
                self._write(people, found, sheet, strengths)
        return self._managed(subject, token, sheet)

    def _codes(self, subject: str) -> tuple[str, ...]:
        """The legislatures that may be followed here, and those that somebody follows from earlier times."""
        with self.counter.people() as people:
            old = [
                s.target.partition("/")[0] for s in people.subscriptions(subject) if s.kind not in ("topic", "words")
            ]
        return (*self.counter.codes, *old)

    def _write(self, people: Subscribers, found: Subscriber, sheet: Sheet, strengths: dict[str, str]) -> None:
        wishes, now = sheet.wishes, self.counter.now()
        people.choose(found.id, rhythm=wishes.rhythm, urgent=wishes.urgent, dates=wishes.dates)
        for old in people.subscriptions(found.id):
            if (old.kind, old.target) not in wishes.follow:
                people.unsubscribe(found.id, old.kind, old.target)
        for kind, target in wishes.follow:
            chosen = strengths.get(value_of((kind, target))) or wishes.strength
            people.subscribe(found.id, kind, target, chosen, now)  # type: ignore[arg-type] # one of STRENGTHS
        if request.forms.get("resume") == "yes":
            people.resume(found.id)

    # -- unsubscribe

    def show_unsubscribe(self, token: str) -> Answer:
        """A button; whoever only looks stays subscribed."""
        return self._opened(
            "unsubscribe", token, lambda subject: self.pages.page("unsubscribe.html", "unsubscribe/x", token=token)
        )

    def unsubscribe(self, token: str) -> Answer:
        """End all mail, by the button or by a mail program's own (RFC 8058). Twice is the same as once."""
        return self._opened("unsubscribe", token, self._left)

    def _left(self, subject: str) -> Answer:
        with self.counter.people() as people:
            people.forget(subject)
        return self.pages.said(
            "unsubscribe/x",
            "No more letters",
            "Your address and your list are deleted. A letter that was on its way may still arrive.",
        )

    # -- any

    def _opened(self, purpose: Purpose, token: str, act: Callable[[str], Answer]) -> Answer:
        """Act for whom the token names; a token that is not ours, or too old, leads to a page that says so."""
        path = f"{purpose}/x"
        try:
            return act(self.counter.tokens.read(purpose, token))
        except Expired:
            sentence = "Every letter has a fresh one at its foot. Or fill in the form once more: its letter leads on."
            return self.pages.said(path, "This link is too old", sentence, status=410)
        except BadLink:
            sentence = "It was cut off, or changed on its way. Copy the whole of it from the letter."
            return self.pages.said(path, "This is none of our links", sentence, status=403)

    def _gone(self, path: str) -> Answer:
        sentence = "Nothing is known here any more: it was ended, or never confirmed."
        return self.pages.said(path, "There is nothing here", sentence, status=410)
