"""Knowing a challenge or block page when one comes instead of the answer, so that it is reported and never parsed.

The marks are markup of the challenge itself. A page behind the same guard carries its scripts too (Cloudflare puts
`/cdn-cgi/challenge-platform/` into ordinary pages), so a vendor's name alone says nothing.
"""

from __future__ import annotations

import re

# Whoever prints one of these is not printing a bill, however long the page.
_CERTAIN = re.compile(
    r"""
      _cf_chl_opt | id="challenge-(?:form|running|error-text)" | cf-browser-verification    # Cloudflare
    | <title>\s*(?:Just\ a\ moment\.\.\.|Attention\ Required!\ \|\ Cloudflare)              # Cloudflare
    | Incapsula\ incident\ ID | _Incapsula_Resource\?(?:CW|SW)UDNSAI                        # Imperva
    | Sucuri\ WebSite\ Firewall | sucuri_cloudproxy_js                                      # Sucuri
    | errors\.edgesuite\.net | /_sec/cp_challenge/ | sec-if-cpt-container                   # Akamai
    | id="px-captcha" | <title>\s*Access\ to\ this\ page\ has\ been\ denied                 # PerimeterX
    | captcha-delivery\.com | <title>\s*Pardon\ Our\ Interruption                           # DataDome, Distil
    | <title>\s*Request\ Rejected\s*</title>                                                # F5
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Ordinary pages may carry these as well: they count only where there is next to no page around them.
_LIKELY = re.compile(
    r"_Incapsula_Resource|<title>\s*Access Denied\s*</title>|AwsWafIntegration|<title>\s*403 Forbidden|"
    r"/cdn-cgi/challenge-platform/h/",
    re.IGNORECASE,
)
_SHORT = 6_000  # characters; the shortest bill page in our recordings has more than twice as many


def looks_like_challenge(text: str) -> bool:
    """Whether this HTML is a guard's challenge or block page (Cloudflare, Imperva, Sucuri, Akamai, ...)."""
    return bool(_CERTAIN.search(text) or (len(text) < _SHORT and _LIKELY.search(text)))
