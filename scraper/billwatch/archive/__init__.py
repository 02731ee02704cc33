"""Every answer kept, with a receipt; and the archive as a `Fetcher`, so that old pages can be parsed again.

keeping.py  what is kept, and answering from it      shelf.py  the files and their lists
warc.py     records as web archives write them       room.py   which files may be dropped
"""

from billwatch.archive.keeping import Archive, ArchivedAnswers

__all__ = ["Archive", "ArchivedAnswers"]
