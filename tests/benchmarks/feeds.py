"""What the six feeds and the calendar of a bill cost, beside what well-kept libraries need for the same.

    python tests/benchmarks/feeds.py           # wants feedgenerator; icalendar is there for the tests

One bill with one change, which is what most have, and one with eleven. Time of the processor, the least of many turns.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from feedgenerator import Atom1Feed
from icalendar import Calendar, Event

from billwatch_site import calendars, feeds
from billwatch_site.printing.press import BillPress, Press, templates
from billwatch_site.printing.static import static_files
from billwatch_site.reading.view import View, opened
from site_sample import SETTINGS, filled

PLACE = "https://a.example/"
SEEN = datetime(2025, 6, 12, 21, 5, tzinfo=UTC)


def least(work: Callable[[], object]) -> float:
    """Microseconds of one turn."""
    found = []
    for _ in range(300):
        begin = time.process_time_ns()
        for _ in range(5):
            work()
        found.append((time.process_time_ns() - begin) / 5000)
    return min(found)


def by_feedgenerator(entries: int) -> None:
    """Three Atom feeds of so many entries, without a word of what is in them worked out."""
    for _ in range(3):
        feed = Atom1Feed(
            title="t", link="https://a.example/", description="", author_name="a", feed_url="https://a.example/"
        )
        for i in range(entries):
            feed.add_item(
                title="t", link="https://a.example/", description="<p>x</p>" * 8, unique_id=str(i), updateddate=SEEN
            )
        feed.write(StringIO(), "utf-8")


def by_icalendar() -> None:
    """A calendar of one event."""
    calendar = Calendar()
    event = Event()
    for name, value in (("uid", "x"), ("dtstamp", SEEN), ("dtstart", date(2026, 12, 31)), ("summary", "s" * 80)):
        event.add(name, value)
    event.add("description", "d" * 300)
    calendar.add_component(event)
    calendar.to_ical()


def main() -> None:
    store = filled(Path(tempfile.mkdtemp()) / "bills.db")
    view = View(opened(store))
    view.begin()
    press = Press(SETTINGS, static_files(), templates(b""))
    records = {record.id: record for record in view.records(["ny/2025/S3591", "ny/2025/S4505", "ny/2025/S404"])}
    for name in ("ny/2025/S3591", "ny/2025/S4505"):
        record = records[name]
        told = len(record.changes)
        mine = least(lambda record=record: list(feeds.of_a_bill(BillPress(press, record), record)))
        theirs = least(lambda told=told: by_feedgenerator(told))
        peer = f"three Atom feeds by feedgenerator {theirs:.0f} µs"
        print(f"{name}, {told} changes: six feeds with their words {mine:.0f} µs, {peer}: {mine / theirs:.2f}")
    record = records["ny/2025/S404"]
    mine, theirs = least(lambda: list(calendars.of_a_bill(BillPress(press, record), record))), least(by_icalendar)
    print(f"calendar {mine:.0f} µs, by icalendar {theirs:.0f} µs: {mine / theirs:.2f}")


if __name__ == "__main__":
    main()
