"""What a browser may do on our pages: one policy, in the pages themselves and in the files for hosts that send headers.

A page loads its own pictures, style and scripts, and nothing from anywhere else; nothing in it runs that is written
inside the page.
"""

from __future__ import annotations

POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'"
)
# What only a header can say: nobody shows our pages in a frame, and no page may ask for a camera, a place or a payment.
HEADERS = {
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Access-Control-Allow-Origin": "*",  # other people's pages may read our data and feeds: all of it is public
}
FOR_EVER = "public, max-age=31536000, immutable"  # what has its content in its name
