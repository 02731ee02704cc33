"""A bill on other people's pages: badge, quotation, oEmbed, schema.org and a card. All without scripts.

badge.py    a small SVG         snippet.py  HTML to copy, and oEmbed
card.py     a picture (PNG)     json_ld.py  schema.org/Legislation, in the page itself

What of that stands in the folder of a bill is told in `pages/embedded.py`.
"""
