"""challenge: guards are known by their own pages, and nobody's bill is taken for one."""

from __future__ import annotations

import pytest

from billwatch.challenge import looks_like_challenge

BILL = (
    '<html><head><title>NY State Senate Bill 2025-S404</title>{script}</head><body><div class="node--bill">'
    + "<p>Relates to access denied to certain geolocation records. Just a moment... Attention Required!</p>" * 80
    + "</div></body></html>"
)


@pytest.mark.parametrize(
    "text",
    [
        "<html><head><title>Just a moment...</title></head><body><script>window._cf_chl_opt={}</script></body></html>",
        "<html><head><title>Attention Required! | Cloudflare</title></head><body>Sorry, you have been blocked</body>",
        '<html><body><iframe src="/_Incapsula_Resource?SWUDNSAI=31&xinfo=1">Request unsuccessful. '
        "Incapsula incident ID: 1-2</iframe></body></html>",
        '<html><head><script src="/_Incapsula_Resource?SWJIYLWA=5074a744e2e3d891"></script></head></html>',
        "<html><head><title>Sucuri WebSite Firewall - Access Denied</title></head></html>",
        "<html><head>\n<TITLE>Access Denied</TITLE>\n</head><body>You don't have permission to access this.<p>"
        "Reference&#32;&#35;18&#46;1<p>https&#58;&#47;&#47;errors.edgesuite.net</body></html>",
        '<html><head><title>Access to this page has been denied</title></head><div id="px-captcha"></div></html>',
        "<html><head><title>Request Rejected</title></head><body>Your support ID is: 1</body></html>",
        "<html><head><title>Pardon Our Interruption</title></head></html>",
    ],
)
def test_challenges(text: str) -> None:
    """The usual guards' pages are challenges."""
    assert looks_like_challenge(text)


@pytest.mark.parametrize(
    "script",
    [
        "",
        '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>',
        '<script src="/cdn-cgi/challenge-platform/h/g/scripts/jsd/main.js"></script>',
        '<script src="/_Incapsula_Resource?SWJIYLWA=719d34d31c8e3a6e6fffd425f7e032f3"></script>',
    ],
)
def test_bills(script: str) -> None:
    """A bill behind such a guard, with the guard's script and words like its own, is a bill."""
    assert not looks_like_challenge(BILL.replace("{script}", script))
