"""What went wrong below HTTP, in one line with a remedy, out of what requests and urllib3 raise."""

from __future__ import annotations

import http.client
import ssl

import requests
from urllib3.exceptions import IncompleteRead, NameResolutionError, ReadTimeoutError

from billwatch.addresses import host_of
from billwatch.errors import Damaged, Unreachable
from billwatch.fetch.reply import Passing

_UNVERIFIED = (
    "the certificate of {host} cannot be verified ({why}), so nothing it says is believed; if the site leaves out an "
    "intermediate certificate, name a PEM file with it in the configuration"
)


def failure_of(error: Exception, url: str) -> Exception:
    """The `SourceError` for this, as `Passing` where another try may do better."""
    if isinstance(error, Passing):
        return error
    causes = _causes(error)
    host = host_of(url)
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Unreachable(_UNVERIFIED.format(host=host, why=cause.verify_message), url)
        if isinstance(cause, IncompleteRead | http.client.IncompleteRead):
            return Passing(Damaged("the answer was cut off: the connection ended before its stated length", url))
    if isinstance(error, requests.RequestException) and isinstance(error, ValueError):
        return Unreachable("this is not an address that can be asked", url)
    return Passing(Unreachable(f"{host} cannot be reached: {_reason(causes)}", url))


def _reason(causes: list[BaseException]) -> str:
    for cause in causes:
        if isinstance(cause, requests.ConnectTimeout):
            return "no connection in time"
        if isinstance(cause, requests.ReadTimeout | ReadTimeoutError):
            return "it stopped sending"
        if isinstance(cause, NameResolutionError):
            return "its name is not known; is the network up?"
    said = [cause.strerror for cause in causes if isinstance(cause, OSError) and cause.strerror]
    return said[-1].lower() if said else "the connection broke"


def _causes(error: BaseException) -> list[BaseException]:
    """The error and all that it was made of, outermost first (requests wraps urllib3, which wraps the socket)."""
    found: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting:
        cause = waiting.pop(0)
        if isinstance(cause, BaseException) and cause not in found:
            found.append(cause)
            waiting += [*cause.args, getattr(cause, "reason", None), cause.__cause__, cause.__context__]
    return found
