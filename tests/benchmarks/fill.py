"""How fast a full session is filled and read again, beside the least that the same rows could cost.

    python tests/benchmarks/fill.py            # session 2023 of New York, 19,981 bills, from ../shared's replay

The list pages are fetched once and kept in memory's reach on disk, so that the network counts for nothing. Then, in
this one process and several times over: the whole `update` from those pages into an empty store; the same again; the
same with one bill in 200 changed; and, as the yardstick, orjson over the same pages plus sqlite3's executemany of the
very same rows into the very same tables, without an index or a search beside them. The least of each is printed.
"""

from __future__ import annotations

import argparse
import gc
import re
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import orjson

sys.path.insert(0, str(Path(__file__).parents[1]))

from billwatch.answer import Answer
from billwatch.config import Config, checked
from billwatch.config.file import ConfigFile
from billwatch.errors import NotListed
from billwatch.store import Store
from billwatch.store.rows import CHILDREN
from billwatch.topics import Classifier, Taxonomy
from billwatch.update import update
from replay.server import Replay

NOW = datetime(2025, 1, 1, 12, tzinfo=UTC)
TABLES = ("bills", *CHILDREN, "topics", "changes", "observations")


class Pages:
    """The recorded list pages of a folder as a fetcher."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, url: str, *, kind: str, etag: str = "", last_modified: str = "") -> Answer:
        if "/updates/" in url:
            body = b'{"success":true,"responseType":"empty list","total":0,"offsetEnd":0,"result":{"items":[]}}'
        elif "offset=" not in url:
            raise NotListed("the benchmark holds list pages only", url)
        else:
            offset = parse_qs(urlsplit(url).query)["offset"][0]
            body = (self.folder / f"{offset}.json").read_bytes()
        return Answer(url=url, status=200, body=body, fetched_at=NOW, content_type="application/json")

    def post(self, url: str, form: dict[str, str], *, kind: str) -> Answer:
        raise NotImplementedError


def amended(folder: Path, nth: int) -> Path:
    """The same pages in another folder, with a word more in the summary of every `nth` bill."""
    found = folder / "amended"
    found.mkdir()
    for page in folder.glob("*.json"):
        parts = re.split(rb'("summary": ")', page.read_bytes())
        for n in range(2, len(parts), 2 * nth):
            parts[n] = b"Moreover, " + parts[n]
        (found / page.name).write_bytes(b"".join(parts))
    return found


def fetched(folder: Path, session: str) -> int:
    """Fetch every list page of the session once; how many bytes."""
    size, offset, total = 0, 1, 1
    with Replay.start() as replay:
        replay.move(NOW)
        while offset <= total:
            url = f"{replay.url}/api/3/bills/{session}?full=true&limit=1000&offset={offset}&key=k"
            with urlopen(url, timeout=600) as answer:
                body = answer.read()
            (folder / f"{offset}.json").write_bytes(body)
            size, total, offset = size + len(body), orjson.loads(body)["total"], offset + 1000
    return size


def least(times: int, work: Callable[[], float]) -> float:
    return min(work() for _ in range(times))


def filled(store: Store, config: Config, pages: Pages, classifier: Classifier) -> float:
    """Seconds of one update."""
    store.db.conn.execute("delete from bookmarks where name like 'ny/open-legislation/%'")
    store.db.conn.commit()
    gc.collect()
    start = time.perf_counter()
    report = update(config, store, lambda _: pages, NOW, classifier=classifier)
    seconds = time.perf_counter() - start
    assert not report.runs[0].error, report.runs[0].error
    return seconds


def yardstick(folder: Path, store: Store, path: Path) -> float:
    """Seconds for orjson over the pages and executemany of the store's rows into tables of the same shape."""
    rows = {table: store.db.conn.execute(f"select * from {table}").fetchall() for table in TABLES}
    path.unlink(missing_ok=True)
    db = sqlite3.connect(path)
    db.execute("pragma journal_mode = wal")
    for table in TABLES:
        (sql,) = store.db.conn.execute("select sql from sqlite_master where name = ?", (table,)).fetchone()
        db.execute(sql)
    gc.collect()
    start = time.perf_counter()
    for page in folder.glob("*.json"):
        orjson.loads(page.read_bytes())
    with db:
        for table, values in rows.items():
            if values:
                db.executemany(f"insert into {table} values ({', '.join('?' * len(values[0]))})", values)
    seconds = time.perf_counter() - start
    db.close()
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--session", default="2023")
    parser.add_argument("--times", type=int, default=3)
    args = parser.parse_args()
    tables = {
        "follow": {"topics": ["speech", "privacy"]},
        "legislatures": {
            "ny": {"sessions": [args.session], "open_legislation_key": "k", "sources": ["open-legislation"]}
        },
    }
    config, classifier = checked(ConfigFile(Path("benchmark"), tables)), Classifier(Taxonomy.load())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        size = fetched(folder, args.session)
        stores: list[Store] = []

        def new_store() -> float:
            stores.append(Store(folder / f"{len(stores)}.db"))
            return filled(stores[-1], config, Pages(folder), classifier)

        first = new_store()
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        fill = min(first, least(args.times - 1, new_store))
        again = least(args.times, lambda: filled(stores[-1], config, Pages(folder), classifier))
        changed = Pages(amended(folder, nth=200))
        refill = min(filled(store, config, changed, classifier) for store in stores)
        least_possible = least(args.times, lambda: yardstick(folder, stores[-1], folder / "plain.db"))
        (bills,) = stores[-1].db.conn.execute("select count(*) from bills").fetchone()
        for store in stores:
            store.close()
    print(f"{bills:,} bills of {args.session}, {size / 1e6:.0f} MB of list pages, least of {args.times} runs")
    print(f"  fill                      {bills / fill:8,.0f} bills a second   {fill:6.2f} s")
    print(f"  orjson and executemany    {bills / least_possible:8,.0f} bills a second   {least_possible:6.2f} s")
    print(f"  fill costs {fill / least_possible:.2f} times the yardstick")
    print(f"  read again, unchanged     {bills / again:8,.0f} bills a second   {again:6.2f} s")
    print(f"  read again, 0.5 % changed {bills / refill:8,.0f} bills a second   {refill:6.2f} s")
    print(f"  peak memory of the fill   {memory:8,.0f} MB")


if __name__ == "__main__":
    main()
