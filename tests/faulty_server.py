"""A real HTTP server on loopback that answers as told: whole, cut, dripping, lying about its length."""

from __future__ import annotations

import contextlib
import gzip
import ssl
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, NamedTuple


class Seen(NamedTuple):
    """One request as the server saw it."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Says(NamedTuple):
    """What the server answers.

    `length` is what Content-Length states: None for the true one, -1 for none at all (the connection's end is the
    body's), -2 for chunks. `cut` sends only so many bytes of the body. `drip` waits so many seconds before each byte
    of what `dripping` names.
    """

    body: bytes = b""
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    zipped: bool = False
    length: int | None = None
    cut: int | None = None
    drip: float = 0.0
    dripping: str = "body"
    hang_up: bool = False


def page(text: str = "S9191", **more: Any) -> Says:
    """A whole page."""
    return Says(f"<!DOCTYPE html><html><body><p>{text}</p></body></html>\n".encode())._replace(**more)


def json(text: str = '{"success": true}', **more: Any) -> Says:
    """A whole JSON answer."""
    return Says(text.encode(), kind="application/json")._replace(**more)


class FaultyServer:
    """`with FaultyServer() as server: server.on("/x", page(), ...)`: answers in this order, the last one for ever."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.seen: list[Seen] = []
        self._scripts: dict[str, list[Says]] = {"/robots.txt": [Says(b"none", 404)]}
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._http.daemon_threads = True
        self._http.handle_error = lambda *_: None  # type: ignore[method-assign] # clients hang up on us on purpose
        if context:
            self._http.socket = context.wrap_socket(self._http.socket, server_side=True)
        scheme = "https" if context else "http"
        self.host = f"127.0.0.1:{self._http.server_port}"
        self.root = f"{scheme}://{self.host}"

    def on(self, path: str, *says: Says) -> str:
        """Answer so at this path (with any query); gives its address."""
        self._scripts[path] = list(says)
        return self.root + path

    def asked(self, path: str) -> list[Seen]:
        """The requests for this path."""
        return [seen for seen in self.seen if seen.path.partition("?")[0] == path]

    def __enter__(self) -> FaultyServer:
        threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._http.shutdown()
        self._http.server_close()

    def _next(self, path: str) -> Says:
        script = self._scripts.get(path, [Says(b"<html>nothing here</html>", 404)])
        return script.pop(0) if len(script) > 1 else script[0]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                headers = {name.lower(): value for name, value in self.headers.items()}
                server.seen.append(Seen(self.command, self.path, headers, body))
                with contextlib.suppress(OSError):
                    self.say(server._next(self.path.partition("?")[0]))

            do_POST = do_GET

            def say(self, says: Says) -> None:
                if says.hang_up:
                    self.close_connection = True
                    return
                body = gzip.compress(says.body, mtime=0) if says.zipped else says.body
                for part in _spread(self.head_of(says, body), says.drip if says.dripping == "head" else 0):
                    self.wfile.write(part)
                body = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body) if says.length == -2 else body
                for part in _spread(body[: says.cut], says.drip if says.dripping == "body" else 0):
                    self.wfile.write(part)
                self.close_connection = says.length is not None or says.cut is not None

            def head_of(self, says: Says, body: bytes) -> bytes:
                lines = [f"HTTP/1.1 {says.status} As told", f"Content-Type: {says.kind}"]
                lines += ["Content-Encoding: gzip"] if says.zipped else []
                lines += [f"{name}: {value}" for name, value in says.headers]
                if says.length == -2:
                    lines.append("Transfer-Encoding: chunked")
                elif says.length != -1 and says.status != 304:
                    lines.append(f"Content-Length: {len(body) if says.length is None else says.length}")
                return "\r\n".join([*lines, "", ""]).encode()

            def log_message(self, *_: object) -> None:
                pass

        return Handler


def _spread(data: bytes, pause: float) -> Iterator[bytes]:
    if not pause:
        yield data
        return
    for byte in data:
        time.sleep(pause)
        yield bytes([byte])
