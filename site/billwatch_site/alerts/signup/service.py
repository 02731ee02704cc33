"""The sign-up service: a small WSGI app, to stand behind any server.

GET shows, and never changes anything: scanners of mail fetch every link. POST acts. There is no session and no cookie,
so there is nothing that another site could ride on: a link's own signature says what may be done, and the form carries
a signed token of the last hours, which another site's page does not have. Where the browser tells that a form came from
another site, it is not taken either.

    GET  /                      the form
    POST /preview               what would have come; keeps nothing, so the static site's form may lead here
    POST /subscribe             keeps the application; the same answer for every address
    GET  POST /confirm/T        the letter's link: a page with a button; it begins
    GET  POST /manage/T         see and change what one gets
    GET  POST /unsubscribe/T    end all mail; the POST is that of RFC 8058 too
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any

from bottle import BaseRequest, Bottle, HTTPError, HTTPResponse, request, response

from billwatch.errors import BillwatchError
from billwatch_site.alerts.addresses import BadAddress, checked_address
from billwatch_site.alerts.signup.applications import Overrun, put_down
from billwatch_site.alerts.signup.counter import Counter
from billwatch_site.alerts.signup.limits import network_of
from billwatch_site.alerts.signup.links import LinkPages
from billwatch_site.alerts.signup.pages import Answer, Pages
from billwatch_site.alerts.signup.preview import Preview, zone_of
from billwatch_site.alerts.signup.sheet import Sheet, named, sheet_of
from billwatch_site.alerts.signup.wishes import BadForm
from billwatch_site.alerts.tokens import BadLink

BaseRequest.MEMFILE_MAX = 64_000  # bytes of a form; ours have at most a few thousand

# Everything is refused to the page but its own style and its own forms.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
    "Cache-Control": "no-store",
}
_KEPT = "public, max-age=31536000, immutable"
_OTHER_SITES = ("cross-site", "same-site")
_KINDS = {"css": "text/css; charset=utf-8", "svg": "image/svg+xml"}

log = logging.getLogger("billwatch.signup")
App = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Form:
    """The form and what comes of it, up to the letter."""

    def __init__(self, counter: Counter, pages: Pages) -> None:
        self.counter, self.pages = counter, pages

    def start(self) -> Answer:
        topic = request.query.decode().get("topic", "")
        return self.pages.page("form.html", "", problem="", ticked=(topic,))

    def preview(self) -> Answer:
        """What the form asks for, and what that would have brought. Nothing is kept."""
        if not self.counter.previews.allows(_network(), self.counter.now()):
            return _too_often(self.pages, "preview")
        return self._shown("")

    def subscribe(self) -> Answer:
        """Keep the application. Whatever we know of the address, this answers the same."""
        if request.headers.get("Sec-Fetch-Site") in _OTHER_SITES:
            raise BadForm("This form has to be sent from here.")
        fields = request.forms.decode()
        try:
            self.counter.tokens.read("form", fields.get("token", ""))
            address = checked_address(fields.get("address", ""))
        except BadLink:
            return self._shown("The page was open for too long. Press the button once more.", 400)
        except BadAddress as error:
            return self._shown(str(error), 400)
        sheet = self._sheet()
        if not sheet.wishes.follow:
            return self._shown("Tick something that you want to hear of.", 400)
        if not self.counter.requests.allows(_network(), self.counter.now()):
            return _too_often(self.pages, "subscribe")
        with self.counter.people() as people:
            put_down(people, address, sheet.wishes, self.counter.now())
        return self.pages.said(
            "subscribe",
            "Look into your mailbox",
            "A letter is on its way to the address you gave. Its link leads to a button, and with that it begins.",
            "An address gets one such letter a day: if you have asked today already, the first letter counts. "
            "If none comes, look among the unwanted mail, and whether the address was right.",
        )

    def _sheet(self) -> Sheet:
        return sheet_of(request.forms.decode(), self.counter.snapshot, self.counter.codes, self.counter.numbers)

    def _shown(self, problem: str, status: int = 200) -> Answer:
        snapshot, sheet = self.counter.snapshot, self._sheet()
        nothing = Preview(0, (), None)
        follows = bool(sheet.wishes.follow)
        if not (follows or sheet.lines or sheet.unknown or problem):
            return self.pages.page("form.html", "preview", 400, problem="Choose something to hear of.", ticked=())
        return self.pages.page(
            "preview.html",
            "preview",
            status,
            sheet=sheet,
            preview=snapshot.preview(sheet.wishes, zone_of(sheet.wishes, self.counter.codes)) if follows else nothing,
            related=[(slug, *named(("topic", slug), {})) for slug in snapshot.related(sheet.wishes)],
            token=self.counter.tokens.token("form", "sign-up"),
            address=request.forms.decode().get("address", "")[:254],
            problem=problem,
        )


def application(counter: Counter) -> App:
    """The service as a WSGI app."""
    pages = Pages(counter.settings, counter.codes)
    form, linked = Form(counter, pages), LinkPages(counter, pages)
    app = Bottle()
    app.config["catchall"] = False  # what breaks is ours to say, see _guarded
    app.route("/", "GET", form.start)
    app.route("/preview", "POST", form.preview)
    app.route("/subscribe", "POST", form.subscribe)
    for purpose in ("confirm", "manage", "unsubscribe"):
        app.route(f"/{purpose}/<token>", "GET", getattr(linked, f"show_{purpose}"))
        app.route(f"/{purpose}/<token>", "POST", getattr(linked, purpose))
    app.route("/robots.txt", "GET", lambda: _file(b"User-agent: *\nDisallow: /\n", "text/plain"))
    app.route("/<name>", "GET", lambda name: _static(pages, name))
    app.install(lambda act: _answered(act, pages))
    app.default_error_handler = lambda error: _refused(error, pages)
    return _guarded(app, pages)


def _answered(act: Callable[..., Answer], pages: Pages) -> Callable[..., HTTPResponse]:
    """What an action answers, as the framework takes it; mistakes of the sender are said to them."""

    def answered(*words: str, **named: str) -> HTTPResponse:
        path = request.path.strip("/")
        try:
            answer = act(*words, **named)
        except BadForm as error:
            answer = pages.said(path, "This cannot be taken", str(error), status=400)
        except UnicodeError:
            answer = pages.said(path, "This cannot be taken", "The form is not written in UTF-8.", status=400)
        except Overrun:
            answer = pages.said(path, "Too much at once", "Please come back in an hour.", status=503)
        except BillwatchError:
            answer = pages.said(path, "Not now", "The service cannot do this now. Please come back later.", status=503)
        return HTTPResponse(answer.body, answer.status, HEADERS | answer.headers)

    return answered


def _guarded(app: Bottle, pages: Pages) -> App:
    """The app with a log that says what broke, and for nobody whom."""

    def serve(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        try:
            found: Iterable[bytes] = app(environ, start)
            return found
        except Exception as error:
            log.error("%s at %s", type(error).__name__, _last_line(error))  # never its words: they may hold an address
        answer = pages.said("", "Something broke", "It is our fault. Please come back later.", status=500)
        start("500 Internal Server Error", list((HEADERS | answer.headers).items()))
        return [answer.body]

    return serve


def _refused(error: HTTPError, pages: Pages) -> bytes:
    """The page for what the service does not have or take."""
    titles = {404: "There is no such page", 405: "This page takes no such thing", 413: "That is too much"}
    title = titles.get(error.status_code, "This cannot be taken")
    answer = pages.said(request.path.strip("/"), title, status=error.status_code)
    for name, value in (HEADERS | answer.headers).items():
        response.set_header(name, value)
    return answer.body


def _last_line(error: BaseException) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}" if trace else "?"


def _static(pages: Pages, name: str) -> Answer:
    content = pages.static.contents.get(name)
    if content is None:
        raise HTTPError(404)
    return _file(content, _KINDS.get(name.rpartition(".")[2], "application/octet-stream"), _KEPT)


def _file(content: bytes, kind: str, kept: str = "no-store") -> Answer:
    return Answer(200, content, {"Content-Type": kind, "Cache-Control": kept})


def _network() -> str:
    return network_of(request.environ.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For", ""))


def _too_often(pages: Pages, path: str) -> Answer:
    return pages.said(path, "Too often", "Your network has asked a lot. Please come back in an hour.", status=429)
