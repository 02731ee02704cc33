"""fetch: a certificate that nobody vouches for is an error with its remedy."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from billwatch.errors import Damaged, Unreachable, UsageError
from faulty_server import FaultyServer, Says, page
from fetch.opening import Opened, error_of


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, Path]:
    """A server's certificate that nobody vouches for, and the PEM of the authority that made it."""
    trustme = pytest.importorskip("trustme", reason="trustme makes the certificates (pip install trustme)")
    authority, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    pem = tmp_path_factory.mktemp("tls") / "authority.pem"
    authority.cert_pem.write_to_path(str(pem))
    return context, pem


def test_tls_unverified(certificates: tuple[ssl.SSLContext, Path], opened: Opened) -> None:
    """A certificate that nobody vouches for is an error with its remedy, at once: another try changes nothing."""
    with FaultyServer(certificates[0]) as server:
        session = opened()
        error = error_of(session, server.on("/bill", page()))
    assert isinstance(error, Unreachable)
    assert "PEM file" in str(error)
    assert (server.seen, session.asked[server.host]) == ([], 1)


def test_tls_with_the_missing_certificate(certificates: tuple[ssl.SSLContext, Path], opened: Opened) -> None:
    """With the missing certificate named for the host it is verified, and only for that host."""
    context, pem = certificates
    with FaultyServer(context) as server, FaultyServer(context) as other:
        session = opened(trust={server.root: str(pem)})
        assert session.get(server.on("/bill", page()), kind="html").status == 200
        assert isinstance(error_of(session, other.on("/bill", page())), Unreachable)


def test_redirect_to_tls(certificates: tuple[ssl.SSLContext, Path], server: FaultyServer, opened: Opened) -> None:
    """From http to https on the same host is followed, form and all; from https to http is not."""
    context, pem = certificates
    with FaultyServer(context) as secure:
        session = opened(trust={secure.root: str(pem)})
        up = server.on("/bill", Says(status=301, headers=(("Location", secure.on("/bill", page())),)))
        assert session.post(up, {"a": "1"}, kind="html").status == 200
        assert secure.seen[-1].body == b"a=1"
        down = secure.on("/old", Says(status=301, headers=(("Location", server.on("/new", page())),)))
        assert isinstance(error_of(session, down), Damaged)
    assert server.asked("/new") == []


def test_tls_for_another_name(certificates: tuple[ssl.SSLContext, Path], opened: Opened) -> None:
    """A certificate for another name is refused, whoever vouches for it."""
    context, pem = certificates
    with FaultyServer(context) as server:
        url = server.on("/bill", page()).replace("127.0.0.1", "localhost")
        assert isinstance(error_of(opened(trust={"https://localhost": str(pem)}), url), Unreachable)


def test_no_pem(opened: Opened, tmp_path: Path) -> None:
    """A certificate file that is none is a mistake in the configuration, named."""
    (tmp_path / "no.pem").write_text("no")
    for path in (tmp_path / "no.pem", tmp_path / "absent.pem"):
        with pytest.raises(UsageError, match=path.name):
            opened(trust={"https://nyassembly.gov/": str(path)})
