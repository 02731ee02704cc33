"""Show a built site on this machine only."""

from __future__ import annotations

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import click

from billwatch.errors import UsageError


class _Pages(SimpleHTTPRequestHandler):
    """Files of the site; what is missing gets the site's own page, as hosts for static sites do."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - so the library calls it
        """Nobody's reading is written down."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            return super().send_error(code, message, explain)
        content = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)
        return None


_Pages.extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".xml": "application/xml", ".svg": "image/svg+xml"}


def server(folder: Path, port: int = 0) -> ThreadingHTTPServer:
    """A server for this folder on the loopback address; port 0 takes a free one."""
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), partial(_Pages, directory=str(folder)))
    except OSError as error:
        raise UsageError(f"port {port} cannot be used ({error.strerror}); choose another with --port") from error


def serve(folder: Path, port: int = 8000) -> None:
    """Serve until interrupted, after saying where."""
    with server(folder, port) as serving:
        click.echo(f"The site is at http://127.0.0.1:{serving.server_address[1]}/ (stop with Ctrl-C)")
        try:
            serving.serve_forever()
        except KeyboardInterrupt:
            click.echo("Stopped.")
