"""What a feed and its entries are called for ever, and where they are."""

from __future__ import annotations

from billwatch_site.settings import Settings
from billwatch_site.words import links


class Names:
    """The names and addresses of one feed: permanent ids (RFC 4151), its page and its files.

    The year in an id is when the scheme was made, and never changes. An entry's id holds the feed's path: readers
    that know an entry by its id alone, whatever feed it came in (newsboat), would else show what is in two feeds in
    one of them only, and somebody would miss it. The three strengths of a feed share the ids, so that nothing comes
    twice to who moves from one to another.
    """

    __slots__ = ("_inside", "_scope", "author", "home", "stem")

    def __init__(self, settings: Settings, path: str, stem: str) -> None:
        self.author = settings.title
        self.stem = stem
        # Without an address of our own, links lead the way from the feed's folder.
        self._inside = f"{settings.url.rstrip('/')}/" if settings.url else links.root_of(path)
        self._scope = f"tag:{settings.host},2025:{path}{stem}"
        self.home = self._inside + path

    def address(self, path: str) -> str:
        """Where a path of the site is, from outside."""
        return self._inside + path

    def file(self, mark: str, kind: str) -> str:
        """The address of one of the feed's files."""
        return f"{self.home}{self.stem}{mark}.{kind}"

    def feed_id(self, mark: str) -> str:
        return f"{self._scope}{mark}"

    def entry_id(self, key: str) -> str:
        return f"{self._scope}:{key}"
