"""billwatch signup: the service where people ask for mail, change it and end it; and the clerk that writes to them."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from billwatch.cli import reaching
from billwatch.config import now
from billwatch.errors import UsageError

if TYPE_CHECKING:
    from billwatch.cli.work import Work
    from billwatch_site.alerts.signup.clerk import Clerk
    from billwatch_site.alerts.signup.counter import Counter


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Stand behind a web server: it does the TLS.")
@click.option("--port", type=click.IntRange(0, 65535), default=8025, show_default=True, help="0 takes a free one.")
@click.pass_obj
def signup(work: Work, host: str, port: int) -> None:
    """Serve the form, the signed links and one-click unsubscribing; send the letters to confirm."""
    _ready(work)
    server = _server(work, host, port)
    stop = threading.Event()
    worker = threading.Thread(target=_clerk(work).work, args=(stop,), name="clerk")
    worker.start()
    work.say(f"Sign-up at http://{host}:{server.effective_port}/ for {work.config.mail.service_url} (stop with Ctrl-C)")
    try:
        server.run()
    finally:
        stop.set()
        worker.join()


def _server(work: Work, host: str, port: int) -> Any:
    """The service, listening."""
    try:
        from waitress import create_server

        from billwatch_site.alerts.signup.service import application
    except ModuleNotFoundError as error:
        raise UsageError(reaching.MISSING) from error
    counter = _counter(work)
    counter.open()
    try:
        return create_server(
            application(counter),
            host=host,
            port=port,
            ident=None,
            max_request_body_size=64_000,
            trusted_proxy="127.0.0.1",
            trusted_proxy_headers="x-forwarded-for",
            clear_untrusted_proxy_headers=True,
        )
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", "") or "there is no such host"
        raise UsageError(f"{host}:{port} cannot be used ({why}); choose others with --host and --port") from error


def _ready(work: Work) -> None:
    """What has to be there before anybody may ask for mail."""
    mail = work.config.mail
    if not mail.service_url:
        raise UsageError('where is the service reached? write service_url = "https://..." under [mail]')
    if not mail.host:
        raise UsageError('no mail server is configured; write [mail] with host = "..." and sender = "..."')
    work.existing()


def _counter(work: Work) -> Counter:
    from billwatch_site.alerts.signup.counter import Counter

    codes = work.config.follow.legislatures
    return Counter(
        data=work.data,
        settings=reaching.settings(work),
        codes=codes,
        numbers=lambda text: numbers_in(text, codes),
        tokens=reaching.tokens(work),
        now=lambda: now(os.environ),
    )


def numbers_in(text: str, codes: Iterable[str]) -> list[tuple[str, str, str | None]]:
    """The bill numbers that somebody typed, as each followed legislature reads them."""
    from billwatch.legislatures import legislature

    return [(code, n.identifier, n.session) for code in codes for n in legislature(code).numbers_in(text)]


def _clerk(work: Work) -> Clerk:
    from billwatch_site.alerts.signup.clerk import Clerk
    from billwatch_site.alerts.signup.letter import Sender
    from billwatch_site.alerts.signup.preview import zone_of
    from billwatch_site.alerts.smtp import Mailer

    mail, codes = reaching.mail_settings(work), work.config.follow.legislatures
    return Clerk(
        file=reaching.subscribers_file(work),
        letter=Sender(reaching.settings(work), mail.sender, reaching.tokens(work)).confirmation,
        zone=lambda wishes: zone_of(wishes, codes),
        mailer=lambda: Mailer(mail.server),
        carry=lambda mailer: reaching.carry(work, mailer),
        per_minute=mail.per_minute,
        now=lambda: now(os.environ),
    )
