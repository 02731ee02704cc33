"""Those who are told, on the loopback address: a program behind a webhook, and a service that has a room."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeVar

from billwatch_site.alerts.channels import Channel

Server = TypeVar("Server", bound=ThreadingHTTPServer)


class Receiver(ThreadingHTTPServer):
    """A receiver that answers what it is told to: (status, headers), or "drop" and "hang"."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Receiving)
        self.script: list[Any] = []
        self.received: list[tuple[str, dict[str, str], bytes]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/bills"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A dropped connection is part of the script."""


class _Receiving(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append((self.path, dict(self.headers), body))
        script = self.server.script
        said = script.pop(0) if script else (200, {})
        if said == "drop":
            self.connection.close()
            raise ConnectionAbortedError
        self.send_response(said[0])
        for name, value in said[1].items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST

    def log_message(self, *words: object) -> None:
        """Quiet."""


class Room(ThreadingHTTPServer):
    """A service that speaks apprise's json://, and answers the statuses it is told to."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _InRoom)
        self.statuses: list[int] = []
        self.posts: list[dict[str, Any]] = []

    @property
    def channel(self) -> Channel:
        return Channel(name="room", url=f"json://127.0.0.1:{self.server_address[1]}/TOKEN")


class _InRoom(BaseHTTPRequestHandler):
    server: Room

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.posts.append(body | {"agent": self.headers["User-Agent"]})
        self.send_response(self.server.statuses.pop(0) if self.server.statuses else 200)
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *words: object) -> None:
        """Quiet."""


@contextmanager
def open_for(server: Server) -> Iterator[Server]:
    """The server, answering."""
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
