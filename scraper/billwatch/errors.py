"""What can go wrong, as a tree: every error says in one line what happened and what to do.

    BillwatchError
    ├── UsageError            wrong command, configuration or bill number        (exit status 2)
    ├── StoreError            the data directory or the database cannot be used
    │   └── Busy              another run holds the lock
    └── SourceError           one source did not answer with what was asked
        ├── Unreachable       no connection, time-out, 5xx, 429: try again later
        ├── Refused           robots.txt or the source's rules say no
        ├── Blocked           a challenge or block page stood in for the answer
        ├── Unauthorized      the key is missing or wrong
        ├── Damaged           truncated, empty, too large, undecodable, HTML where JSON was due
        ├── LayoutChanged     the page is not built as we know it
        ├── WrongBill         the answer is about another bill
        └── NotListed         the source says, in its own words, that it has no such bill

A `SourceError` never becomes a fact: the last good facts stay and the failure is shown.
"""


class BillwatchError(Exception):
    """Anything billwatch reports in one line instead of a traceback."""


class UsageError(BillwatchError):
    """The command line, the configuration or a bill number cannot be understood."""


class StoreError(BillwatchError):
    """The data directory or the database cannot be read or written."""


class Busy(StoreError):
    """Another run is using this data directory."""


class SourceError(BillwatchError):
    """One source did not give what was asked of it; `url` never carries a key."""

    def __init__(self, message: str, url: str = "") -> None:
        super().__init__(f"{message} ({url})" if url else message)
        self.url = url


class Unreachable(SourceError):
    """No connection, a time-out, a reset, or a status that says: later."""


class Refused(SourceError):
    """robots.txt does not allow this address."""


class Blocked(SourceError):
    """A challenge or block page came instead of the answer; it is reported, never got around."""


class Unauthorized(SourceError):
    """The source wants a valid key."""


class Damaged(SourceError):
    """The answer is incomplete, empty, too large, undecodable, or of another kind than was asked."""


class LayoutChanged(SourceError):
    """The page arrived whole, but is not built as we know it."""


class WrongBill(SourceError):
    """The answer is about another bill than was asked for."""


class NotListed(SourceError):
    """The source itself says that it has no such bill."""
