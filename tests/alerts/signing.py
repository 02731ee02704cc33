"""A real signer beside the mail server: OpenDKIM as a milter, with a key of its own, and what it publishes.

OpenDKIM leaves List-Unsubscribe-Post out unless it is told, and RFC 8058 wants both headers covered.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

needs_opendkim = pytest.mark.skipif(
    not shutil.which("opendkim"), reason="OpenDKIM is not installed (apt-get install opendkim)"
)

_CONFIG = """
Socket inet:{port}@127.0.0.1
Domain bills.example.org
Selector test
KeyFile {folder}/key.pem
Mode s
InternalHosts 127.0.0.1
SignHeaders *,+list-unsubscribe-post
RequireSafeKeys no
Syslog no
"""


class Signer(NamedTuple):
    """Where it listens, and the record that stands in the DNS."""

    port: int
    record: bytes

    @property
    def postfix(self) -> str:
        """What the mail server is told of it."""
        return f"smtpd_milters = inet:127.0.0.1:{self.port}\nmilter_default_action = tempfail\n"


@contextmanager
def signing() -> Iterator[Signer]:
    """Start a signer in a folder of its own, and end it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="signing-"))
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    forms = serialization.Encoding, serialization.PrivateFormat, serialization.PublicFormat
    private = key.private_bytes(forms[0].PEM, forms[1].TraditionalOpenSSL, serialization.NoEncryption())
    public = key.public_key().public_bytes(forms[0].DER, forms[2].SubjectPublicKeyInfo)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "key.pem").write_bytes(private)
    (folder / "opendkim.conf").write_text(_CONFIG.format(folder=folder, port=port))
    process = subprocess.Popen(["opendkim", "-f", "-x", str(folder / "opendkim.conf")])
    try:
        _answers(port)
        yield Signer(port, b"v=DKIM1; k=rsa; p=" + b64encode(public))
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(folder)


def _answers(port: int, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("OpenDKIM does not answer")
