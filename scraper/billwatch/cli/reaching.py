"""What the commands that reach people have in common: the subscribers' file, the mail server, and who signs the links.

No module of the other half is imported before it is needed: commands that send nothing start without them.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from billwatch.config import Mail, now
from billwatch.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from billwatch.cli.work import Work
    from billwatch_site.alerts.bounces import Returns
    from billwatch_site.alerts.delivery import Carry
    from billwatch_site.alerts.settings import MailSettings
    from billwatch_site.alerts.smtp import Mailer
    from billwatch_site.alerts.subscriptions import Subscribers
    from billwatch_site.alerts.tokens import Tokens
    from billwatch_site.settings import Settings

PASSWORD = "BILLWATCH_SMTP_PASSWORD"
MISSING = "mail and the sign-up service need more than is installed here; run: pip install 'billwatch[alerts]'"


def subscribers_file(work: Work) -> Path:
    """Where it is told who follows what: beside the store."""
    from billwatch_site.alerts.subscriptions import NAME

    return work.data / NAME


def people(work: Work) -> Subscribers:
    """The subscribers' file, open; to be closed."""
    from billwatch_site.alerts.subscriptions import Subscribers

    return Subscribers(subscribers_file(work))


def settings(work: Work) -> Settings:
    """The site as letters and forms name it."""
    from billwatch_site import Settings

    site = work.config.site
    return Settings(title=site.title, url=site.url, contact=site.contact, service_url=work.config.mail.service_url)


def mail_settings(work: Work) -> MailSettings:
    """The mail server and the sender; a missing password is a `UsageError`."""
    from billwatch_site.alerts.settings import MailSettings
    from billwatch_site.alerts.smtp import Server

    mail = work.config.mail
    return MailSettings(
        server=Server(
            host=mail.host,
            port=mail.port,
            security=mail.security,
            user=mail.user,
            password=_password(mail),
        ),
        sender=mail.sender,
        bounces=mail.bounces,
        contact=work.config.site.contact,
        per_minute=mail.per_minute,
        service_url=mail.service_url,
        quiet_after_days=mail.quiet_after_days,
    )


def _password(mail: Mail) -> str:
    found = os.environ.get(PASSWORD, "")
    if mail.user and not found:
        raise UsageError(f"mail.user needs its password in the environment, as {PASSWORD}")
    return found


def tokens(work: Work) -> Tokens:
    """Who makes and reads the signed links."""
    try:
        from billwatch_site.alerts.tokens import Tokens
    except ModuleNotFoundError as error:
        raise UsageError(MISSING) from error
    return Tokens(_secrets(work), lambda: now(os.environ))


def returns(work: Work) -> Returns | None:
    """The return addresses, one for each letter; None where no bounces are expected."""
    from billwatch_site.alerts.bounces import Returns

    address = work.config.mail.bounces
    return Returns(address, _secrets(work)) if address else None


def _secrets(work: Work) -> tuple[str, ...]:
    from billwatch_site.alerts.secret import secrets_of

    return secrets_of(work.data, os.environ)


def carry(work: Work, mailer: Mailer) -> Carry:
    """How a letter goes out."""
    from billwatch_site.alerts.smtp import carrier

    expected = returns(work)
    return carrier(mailer, work.config.mail.sender, expected.sender if expected else None)
