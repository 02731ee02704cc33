"""One function for each kind of page: what it is made of, and where it stands. Every file is listed here.

A build makes only what changed, so each function says by its list what it may look at:

    OF_A_BILL   (press, record)   the files of one bill's folder: from its record, `record.kin` (the briefs of its
                                  family), `press.items` (its changes as notices), `press.blind` (when all sources
                                  were down) and `press.settings` alone. Made again when any of these changes.
    OF_A_GROUP  (press, group)    pages of bills that belong together, such as those of a topic or a sponsor. A `Kind`
                                  says under which names a bill's brief is put. From `group.bills`,
                                  `press.news` of these and `press.watch`; made again when a brief, a change or the
                                  count of a vote of one of its bills is another, or what is told of the watching.
    OF_A_MONTH  (press, month)    what changed in a month, or on a day of a month that is too long for a page; from
    OF_A_DAY    (press, day)      `press.news.told` alone, made again when a change of these days is another.
    OF_THE_SITE (press)           everything else, from all of `press`; made again when any bill, change or run is.
    OF_THE_CONTENTS (press, contents)
                                  what tells of the files that all these made, so it comes last; from `contents`
                                  and `press.bills`.

A function that looks at `press.now` is made again in every build; those of a bill cannot. What comes out the same to
the byte is not written again. `press.page` prints a template; any other file is a `Page(path, content)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from billwatch_site import calendars, feeds
from billwatch_site.downloads import bill_file
from billwatch_site.downloads import files as downloads
from billwatch_site.downloads.page import data_page
from billwatch_site.feeds import belonging, families, subjects
from billwatch_site.pages import bill, changes, embedded, houses, plain, sponsors, topics
from billwatch_site.pages.coming import calendar_page
from billwatch_site.pages.corrections import corrections_pages
from billwatch_site.pages.lists import bill_list
from billwatch_site.pages.machines import for_machines, site_map
from billwatch_site.pages.method import method_page
from billwatch_site.pages.mine import my_pages
from billwatch_site.pages.search import search_pages
from billwatch_site.pages.sources import sources_pages
from billwatch_site.printing.press import BillPress, Contents, Group, Page, SitePress
from billwatch_site.reading import people
from billwatch_site.reading.news import Dated, Month
from billwatch_site.records import BillRecord, Brief


class Kind(NamedTuple):
    """A way to put bills together: under which names a bill goes, and what is made of each name."""

    names: Callable[[Brief], Iterable[str]]
    made: tuple[Callable[[SitePress, Group], Iterator[Page]], ...]


OF_A_BILL: tuple[Callable[[BillPress, BillRecord], Iterator[Page]], ...] = (
    bill.bill,
    bill.number,
    feeds.of_a_bill,
    calendars.of_a_bill,
    bill_file.of_a_bill,
    embedded.of_a_bill,
)
OF_A_GROUP: Mapping[str, Kind] = {
    "topic": Kind(topics.names_of, (topics.topic, calendars.of_a_topic)),
    "sponsor": Kind(people.paths_of, (sponsors.sponsor,)),
    "legislature": Kind(sponsors.codes_of, (sponsors.sponsor_list, calendars.of_a_legislature)),
    "subject": Kind(belonging.paths_of, (subjects.of_a_subject,)),
    "family": Kind(families.names_of, (families.of_a_family,)),
}
OF_A_MONTH: tuple[Callable[[SitePress, Month], Iterator[Page]], ...] = (changes.month,)
OF_A_DAY: tuple[Callable[[SitePress, Dated], Iterator[Page]], ...] = (changes.day,)
OF_THE_SITE: tuple[Callable[[SitePress], Iterator[Page]], ...] = (
    downloads.database,  # first those that take longest
    downloads.all_changes,
    downloads.all_bills,
    changes.home,
    bill_list,
    changes.months,
    topics.topic_list,
    houses.houses,
    sources_pages,
    calendar_page,
    corrections_pages,
    method_page,
    plain.subscribe,
    plain.review,
    plain.about,
    plain.not_found,
    search_pages,
    my_pages,
    for_machines,
    subjects.of_everything,
    calendars.of_everything,
)
OF_THE_CONTENTS: tuple[Callable[[SitePress, Contents], Iterator[Page]], ...] = (site_map, data_page)
