"""Everything we know, in one SQLite file that people may open."""

from billwatch.store.store import MERGED, Observation, Store

__all__ = ["MERGED", "Observation", "Store"]
