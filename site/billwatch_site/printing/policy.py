"""What a browser may do on our pages: one policy, in the pages themselves and in the files for hosts that send headers.

A page loads its own pictures, style and scripts, and nothing from anywhere else; nothing in it runs that is written
inside the page. Only the search of the full text, where a site has it, runs WebAssembly, which is a file of ours too.
"""

from __future__ import annotations

# What only a header can say: nobody shows our pages in a frame, and no page may ask for a camera, a place or a payment.
_HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Access-Control-Allow-Origin": "*",  # other people's pages may read our data and feeds: all of it is public
}
FOR_EVER = "public, max-age=31536000, immutable"  # what has its content in its name


def policy(*, full_text: bool = False, forms: str = "") -> str:
    """The Content-Security-Policy of a page, or of a host of such pages. `full_text`: one that searches it; `forms`:
    the address of the service that its sign-up form is sent to, where there is one.
    """
    run = "script-src 'self' 'wasm-unsafe-eval'" if full_text else "script-src 'self'"
    sent_to = f"'self' {forms}".strip()
    return (
        f"default-src 'none'; img-src 'self'; style-src 'self'; {run}; connect-src 'self'; "
        f"base-uri 'none'; form-action {sent_to}"
    )


def headers(*, full_text: bool, forms: str) -> dict[str, str]:
    """What a host sends with every file."""
    return {
        "Content-Security-Policy": f"{policy(full_text=full_text, forms=forms)}; frame-ancestors 'none'",
        **_HEADERS,
    }
