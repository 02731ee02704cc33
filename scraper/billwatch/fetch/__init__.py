"""Polite, honest HTTP: says who asks, takes its turn, obeys robots.txt, and believes only whole answers.

session.py    one answer, from asking to believing      pacing.py     whose turn it is
reply.py      which reply means what                    robots.py     what a site allows
wholeness.py  bodies that came to their end             breaker.py    hosts given up for the run
wire.py       deadlines and certificates                failure.py    what went wrong, in our errors
redaction.py  keys, struck out everywhere
"""

from billwatch.fetch.session import Limits, Session, user_agent

__all__ = ["Limits", "Session", "user_agent"]
