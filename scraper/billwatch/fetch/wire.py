"""One request over the wire: it ends at its deadline, and it trusts what the system trusts and no less.

A time-out of a socket counts from byte to byte, so a server that sends one byte a second holds us for ever, in the
headers as well as in the body. The deadline shuts the socket down instead, whatever we are waiting for.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from contextvars import ContextVar, Token
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.response import HTTPResponse

from billwatch.errors import UsageError

_current: ContextVar[Deadline | None] = ContextVar("current", default=None)


class Deadline:
    """A time, in seconds from now, at which this thread's request ends: `with Deadline(60) as deadline: ...`."""

    def __init__(self, seconds: float) -> None:
        self.passed = False
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True
        self._token: Token[Deadline | None] | None = None

    def __enter__(self) -> Deadline:
        self._token = _current.set(self)
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        with self._lock:
            self._socket = None  # it may serve the next request by now
        if self._token:
            _current.reset(self._token)

    def watch(self, sock: socket.socket) -> None:
        """End this socket's work when the time is up."""
        with self._lock:
            self._socket = sock
        if self.passed:
            self._end()

    def _end(self) -> None:
        with self._lock:
            self.passed = True
            if self._socket:
                with contextlib.suppress(OSError):  # the other side was quicker
                    self._socket.shutdown(socket.SHUT_RDWR)


def _watch(sock: Any) -> None:
    deadline = _current.get()
    if deadline and isinstance(sock, socket.socket):
        deadline.watch(sock)


class _Connection(HTTPConnection):
    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as urllib3 itself does
        _watch(self.sock)
        return super().getresponse()


class _SecureConnection(HTTPSConnection):
    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as urllib3 itself does
        _watch(self.sock)
        return super().getresponse()


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


class Wire(HTTPAdapter):
    """requests' adapter with connections that know the deadline, and optionally one more trusted certificate."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        super().__init__()
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}
        if context:
            self.poolmanager.connection_pool_kw["ssl_context"] = context


def trusting(pem: str) -> ssl.SSLContext:
    """The usual trust, and the certificate in this PEM file besides: an intermediate that a site forgets to send."""
    context = ssl.create_default_context()
    try:
        context.load_verify_locations(cafile=pem)
    except (OSError, ssl.SSLError) as error:
        raise UsageError(f"the certificate file '{pem}' cannot be read as PEM: {error}") from None
    return context
