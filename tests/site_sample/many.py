"""A store of many made-up bills: what is one page on a small site is split into many here.

Most bills are in committee, so that their list has sheets; months have days, and corrections have months.
"""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database

from benchmarks.made_up import NOW, filled
from billwatch_site import Settings
from site_sample.rows import Row, change_row

__all__ = ["BILLS", "NOW", "SETTINGS", "many"]

BILLS = 600
IN_COMMITTEE = 540  # of them at least
CORRECTIONS = 120
SETTINGS = Settings(url="https://bills.example.org/", service_url="https://alerts.example.org/", cards=False)


def many(path: Path) -> Path:
    """A store at `path` with so many bills and corrections."""
    filled(path, BILLS)
    db = Database(path)
    db.execute("update bills set stage = 'in-committee' where rowid <= ?", (IN_COMMITTEE,))
    db.table("changes").insert_all(_correction(n) for n in range(CORRECTIONS))
    db.close()
    return path


def _correction(n: int) -> Row:
    """A line of the record that was dated anew, of another bill each, in two months."""
    days = [f"2025-{10 + n % 2}-{day:02} Senate: REFERRED TO HEALTH" for day in (12, 11)]
    seen, receipt = f"2025-{10 + n % 2}-14T10:00:00+00:00", f"r-ny/2025/S{n + 1}"
    return change_row(f"ny/2025/S{n + 1}", "action-edited", *days, seen_at=seen, severity="notable", receipt=receipt)
