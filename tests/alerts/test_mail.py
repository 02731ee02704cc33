"""Any news makes one well-formed message: one recipient, the same headers, text and HTML that say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser
from urllib.parse import urlsplit

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml.html import fromstring

from alerts.news import NOW, PASSED, change, news, record
from alerts.postoffice import PostOffice, open_office
from alerts.scene import plan, text_of
from billwatch_site.alerts.digest import digest_of
from billwatch_site.alerts.html import html_of
from billwatch_site.alerts.letter import Writer
from billwatch_site.alerts.mail import Correspondence
from billwatch_site.alerts.matching import Board, matches_of
from billwatch_site.alerts.outbox import Outgoing
from billwatch_site.alerts.plain import WIDTH
from billwatch_site.alerts.smtp import Mailer
from billwatch_site.alerts.subscriptions import Dates, Subscriber, Subscription
from billwatch_site.records import BillRecord, Change

HEADERS = [
    *("From", "To", "Subject", "Date", "Message-ID", "Reply-To", "Auto-Submitted", "List-Id", "List-Unsubscribe"),
    *("List-Unsubscribe-Post", "MIME-Version", "Content-Type"),
]
TAGS = {*("html", "head", "meta", "title", "style", "body", "div", "p", "a", "h1", "h2", "strong", "span")}
ANY = st.text(st.characters(), max_size=300)


def ann(dates: Dates = "day-first") -> Subscriber:
    return Subscriber(
        id="an-id-of-22-characters",
        address="ann@example.org",
        rhythm="daily",
        urgent=True,
        zone="America/New_York",
        dates=dates,
        created_at="2025-06-01T00:00:00+00:00",
        confirmed_at="2025-06-01T00:00:00+00:00",
        suspended_at="",
        bounces=0,
        last_sent_at="",
        reached=0,
        slot="",
    )


def written(
    *changes: Change,
    bills: dict[str, BillRecord] | None = None,
    service: bool = True,
    dates: Dates = "day-first",
    twins: dict[str, str] | None = None,
) -> Outgoing:
    """The message that tells these changes."""
    found = news(changes)
    if bills:
        found = [type(n)(n.count, n.change, bills[n.change.bill]) for n in found]
    choices = plan(service=service)
    matches = matches_of(Board(found, {}), [Subscription("ann", "legislature", "ny", "all")])
    writer = Writer({n.record.id: n.record for n in found}, {c.id: c for c in changes}, choices.settings)
    assert choices.mail
    return Correspondence(writer, choices.mail, choices.signed, NOW).digest(ann(dates), digest_of(matches, twins or {}))


def test_what_both_houses_bills_share_is_told_whole_and_once() -> None:
    """Without their number, which stands above; and what was is in the sentence, not in a line of its own again."""
    both = [
        change(bill, kind=kind, was=was, now=now, severity="notable", cause=kind)
        for kind, was, now in (("law-section", "Executive Law", "Penal Law"), ("version", "A", "B"))
        for bill in ("ny/2025/S4505", "ny/2025/A5346")
    ]
    text = text_of(read(written(*both, twins=dict.fromkeys(("ny/2025/S4505", "ny/2025/A5346"), "one"))))
    assert text.count("Law section: Penal Law (was Executive Law).") == text.count("Executive Law") == 1
    assert "Amended: the current print is B (was A)." in text


def read(outgoing: Outgoing) -> EmailMessage:
    return message_from_bytes(outgoing.message, policy=default)  # type: ignore[return-value] # the policy's kind


@pytest.fixture(scope="module")
def office() -> Iterator[PostOffice]:
    with open_office() as office:
        yield office


@st.composite
def any_changes(draw: st.DrawFn) -> tuple[Change, ...]:
    """Changes of any kind with any text in them."""
    kinds = ["action", "action-edited", "title", "cosponsor-added", "sponsor", "vote-added", "unlisted", "of-tomorrow"]
    return tuple(
        change(
            f"ny/2025/S{draw(st.integers(1, 3))}",
            id=f"c{n}",
            kind=draw(st.sampled_from(kinds)),
            was=draw(ANY),
            now=draw(ANY),
            severity=draw(st.sampled_from(["milestone", "notable", "detail"])),
            backfill=draw(st.booleans()),
            cause=draw(st.sampled_from(["", "one cause"])),
            corrects=draw(st.sampled_from(["", "c0"])),
        )
        for n in range(draw(st.integers(1, 5)))
    )


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=any_changes(), title=ANY, site=ANY)
def test_any_text_is_one_message(office: PostOffice, changes: tuple[Change, ...], title: str, site: str) -> None:
    """Whatever a source writes: one message arrives, for one recipient, with these headers and no other."""
    bills = {c.bill: record(c.bill, title=title, abstract=title) for c in changes}
    outgoing = written(*changes, bills=bills)
    office.arrived.clear()
    with closing(Mailer(office.server)) as mailer:
        assert mailer.send("alerts@bills.example.org", "ann@example.org", outgoing.message).state == "sent"
    ((to, message),) = office.messages()
    assert to == message["To"] == "ann@example.org"
    assert list(dict.fromkeys(message.keys())) == [*HEADERS] and len(message.keys()) == len(HEADERS)
    assert not message.defects and all(not part.defects for part in message.walk())
    assert max(map(len, outgoing.message.split(b"\r\n"))) <= 998 and len(message["Subject"]) <= 200
    assert [part.get_content_type() for part in message.walk()] == [
        *("multipart/alternative", "text/plain", "text/html"),
    ]
    assert outgoing.message.isascii()


def test_the_headers() -> None:
    """How to leave, in one step and by mail; which list; that no answer is expected; whose it is."""
    message = read(written(change()))
    raw = written(change()).message
    assert b"\r\nList-Unsubscribe: <https://alerts.example.org/unsubscribe/" in raw, "no program reads it encoded"
    assert b"=?" not in raw.split(b"\r\n\r\n")[0]
    assert message["From"] == "Online speech and privacy bills <alerts@bills.example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Id"] == "<alerts.bills.example.org>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    post, mailto = message["List-Unsubscribe"].split(", ")
    assert post.startswith("<https://alerts.example.org/unsubscribe/")
    assert mailto == "<mailto:desk@bills.example.org?subject=unsubscribe>"
    assert datetime.strptime(message["Date"], "%a, %d %b %Y %H:%M:%S %z") == NOW


def test_a_long_address_stays_whole() -> None:
    """An address of 250 letters is written as it is, in one piece."""
    to = msgspec.structs.replace(ann(), address=f"{'a' * 60}@{'b.' * 88}example.org")
    choices, found = plan(), news([change()])
    writer = Writer({found[0].record.id: found[0].record}, {}, choices.settings)
    assert choices.mail
    digest = digest_of(matches_of(Board(found, {}), [Subscription("ann", "legislature", "ny")]), {})
    outgoing = Correspondence(writer, choices.mail, choices.signed, NOW).digest(to, digest)
    assert f"\r\nTo: {to.address}\r\n".encode() in outgoing.message and read(outgoing)["To"] == to.address


def test_a_subject_begins_on_its_line() -> None:
    """However long it is: a first line that holds nothing looks to some programs like a letter without a subject."""
    for size in range(20, 120):
        raw = written(change(kind="of-tomorrow", now=("word " * 30)[:size].strip())).message
        (subject,) = re.findall(rb"\r\nSubject:(.*(?:\r\n[ \t].*)*)", raw)
        assert subject.startswith(b" S4505") and max(map(len, subject.split(b"\r\n"))) < 100


def test_without_a_service() -> None:
    """Where nothing answers to a click, no click is offered: one leaves by writing to the operator."""
    message = read(written(change(), service=False))
    assert message["List-Unsubscribe"] == "<mailto:desk@bills.example.org?subject=unsubscribe>"
    assert message["List-Unsubscribe-Post"] is None
    assert "Unsubscribe:\nmailto:desk@bills.example.org?subject=unsubscribe" in text_of(message)
    assert "alerts.example.org" not in written(change(), service=False).message.decode()


def test_the_same_message_has_the_same_bytes() -> None:
    """Decided again, it is the same message under the same name; another one has another."""
    passed, later = change(id="one"), change(id="two", now="2025-06-13 Senate: DELIVERED TO ASSEMBLY")
    assert written(passed) == written(passed)
    assert written(passed).message_id != written(passed, later).message_id


@pytest.mark.parametrize(
    ("dates", "found"), [("day-first", "12 June 2025"), ("month-first", "June 12, 2025"), ("iso", "2025-06-12")]
)
def test_dates(dates: Dates, found: str) -> None:
    """Dates are written as somebody wants them, in text and HTML alike."""
    message = read(written(change(), dates=dates))
    for kind in ("plain", "html"):
        assert f"Happened {found}; seen {found}, 14:00 EDT." in re.sub("<[^>]*>", "", text_of(message, kind))


class Reader(HTMLParser):
    """What an HTML part loads, links to, and says."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "srcset", "background")]

    def handle_data(self, data: str) -> None:
        self.words += data.split()


def test_what_was_seen_together_says_so_once() -> None:
    """A bill's day in one list: each line with its own date, and none twice."""
    vote = change(
        kind="vote-added", now="2025-06-10 Senate floor: 58 aye", happened_on="2025-06-10", severity="notable"
    )
    found = text_of(read(written(change(), vote, change(kind="title", was="a", now="b", happened_on=""))))
    assert found.count("Seen 12 June 2025, 14:00 EDT.") == 1 and found.count("Happened 12 June 2025.") == 1
    assert found.count("10 June 2025") == 1, "the sentence says it"


@pytest.mark.parametrize(
    ("kind", "was", "now", "said"),
    [
        ("committee", "CODES", "WAYS AND MEANS", "Codes"),
        ("substituted-by", "ny/2025/A1", "ny/2025/A2", "A1 of 2025"),
        ("sponsor", "RIVERA", "MAY", "Rivera"),
        ("status", "IN_SENATE_COMM", "SENATE_FLOOR", "In Senate committee"),
        ("title", "Old words", "New words", "Old words"),
        ("version", "S4505", "S4505A", "was S4505"),
    ],
)
def test_what_was_stands_beside_what_is(kind: str, was: str, now: str, said: str) -> None:
    """Whatever took the place of another thing: both are told."""
    text = text_of(read(written(change(kind=kind, was=was, now=now, severity="notable", happened_on=""))))
    assert said in text


def test_a_correction_says_in_its_subject_what_is_true_now() -> None:
    """What it read before stands in the letter."""
    wrong = change(kind="action-edited", was=PASSED, now="2025-06-11 Senate: REFERRED TO CODES", corrects="x")
    message = read(written(wrong))
    assert message["Subject"] == "Correction: S4505: The record now reads “Referred to Codes (Senate)” of 11 June 2025"
    assert "it read “Passed the Senate” of 12 June 2025" in " ".join(text_of(message).split())


def test_a_list_begins_with_what_weighs_most() -> None:
    """Of many bills that cannot all be named, those are to which most happened; numbers stand as people count."""
    cause = {"cause": "one", "happened_on": "2025-05-01", "backfill": True}
    bills = [change(f"ny/2025/S{n}", kind="title", severity="detail", **cause) for n in range(1, 100)]
    moved = [
        change(f"ny/2025/A{n}", kind="committee", now="Codes", severity="notable", **cause) for n in range(993, 1000)
    ]
    text = text_of(read(written(*bills, *moved)))
    assert text.index("A999:") < text.index("S1:") < text.index("S9:") < text.index("S10:") and "S31:" not in text


def test_a_list_says_of_which_session_a_bill_is() -> None:
    """Where it is not the one that sits; and the bills that are alive stand first."""
    cause = {"cause": "one", "happened_on": "2025-05-01", "backfill": True, "kind": "listed", "severity": "notable"}
    text = text_of(read(written(*(change(bill, **cause) for bill in ("ny/2019/S333", "ny/2025/S20", "ny/2025/S3")))))
    assert text.index("S3: The title") < text.index("S20: The title") < text.index("S333 of 2019: The title")


def test_a_milestone_that_came_to_light_late_is_in_the_subject() -> None:
    """It stands alone, as in the feeds, and is not lost in the list of what else was seen late."""
    cause = {"cause": "one", "happened_on": "2025-05-01", "backfill": True}
    listed = [change(f"ny/2025/S{n}", kind="listed", severity="notable", **cause) for n in (1, 2)]
    message = read(written(*listed, change("ny/2025/S3", now="2025-05-01 Senate: REPASSED SENATE", **cause)))
    assert message["Subject"] == "Earlier, seen now: S3 passed the Senate again, and news of 2 more bills"
    told = text_of(message)
    assert "* Passed the Senate again." in told.partition("HAPPENED EARLIER, SEEN ONLY NOW")[2]
    assert "SEEN NOW" not in told, "the heading says so once for all below it"


def test_late_milestones_of_many_are_told_by_what_happened() -> None:
    """What was signed while nobody looked leads the letter, with its bills, and not among "News of 31 bills"."""
    cause = {"cause": "one", "happened_on": "2025-05-01", "backfill": True}
    listed = [change(f"ny/2025/S{n}", kind="listed", severity="notable", **cause) for n in range(1, 10)]
    signed = [change(f"ny/2025/S{n}", now=f"2025-05-01 Senate: SIGNED CHAP.{n}", **cause) for n in range(20, 40)]
    message = read(written(*listed, *signed))
    assert message["Subject"] == "Signed into law: 20 bills, and news of 9 more bills"
    again = [change(f"ny/2025/S{n}", kind="listed", severity="notable", **cause) for n in range(20, 40)]
    assert read(written(*again, *signed))["Subject"] == "Signed into law: 20 bills, and more news of the same"
    text = text_of(message)
    assert text.index("HAPPENED EARLIER") < text.index("Signed into law") < text.index("Added to the bills followed")
    assert "S20: The title of ny/2025/S20. Signed into law as chapter 20" in " ".join(text.split())


def test_a_list_of_earlier_days_says_which() -> None:
    """Many bills at once, each of its own day: the day stands behind what happened, and new bills in their own list."""
    cause = {"cause": "one", "backfill": True}
    reported = "2025-05-02 Senate: REPORTED AND COMMITTED TO RULES"
    moved = [
        change("ny/2025/S1", happened_on="2025-05-02", now=reported, severity="notable", **cause),
        change("ny/2025/S4", kind="committee", now="Codes", severity="notable", **cause),
    ]
    listed = [
        change(f"ny/2025/S{n}", kind="listed", happened_on=f"2025-0{n}-08", severity="notable", **cause) for n in (2, 3)
    ]
    text = " ".join(text_of(read(written(*moved, *listed))).split())
    assert "S1: The title of ny/2025/S1. Reported, and committed to Rules (Senate) (2 May 2025)." in text
    assert "S2: The title of ny/2025/S2 (introduced 8 February 2025)" in text


def test_nothing_is_loaded() -> None:
    """No picture, no script, no style from elsewhere, no address that could count readers."""
    poison = '<img src="https://spy.example/x.png"><script>alert(1)</script>'
    bills = {"ny/2025/S4505": record(title=poison)}
    message = read(written(change(now=poison), bills=bills))
    html = text_of(message, "html")
    reader = Reader()
    reader.feed(html)
    assert set(reader.tags) <= {
        *["html", "head", "meta", "title", "style", "body", "div", "p", "a", "h1", "h2", "strong", "span"]
    }
    assert {urlsplit(a).hostname for a in reader.addresses if a.startswith("http")} <= {
        *("bills.example.org", "alerts.example.org", "www.nysenate.gov"),
    }
    assert "url(" not in html and "@import" not in html and "prefers-color-scheme: dark" in html


def test_text_is_readable() -> None:
    """72 columns, but for addresses, which are never broken; the first lines say what it is about."""
    long = change(kind="abstract", was="word " * 100, now="other " * 100, severity="notable")
    text = text_of(read(written(change(), long)))
    wide = [line for line in text.splitlines() if len(line) > WIDTH]
    assert all(re.search(r"https?://\S+$", line) for line in wide)
    assert text.splitlines()[1] == "What changed" and "S4505 · New York, 2025–2026" in text


def test_html_is_a_letter() -> None:
    """The preview comes first and hidden; the milestone is marked; its bill is a link, and labels end with a colon."""
    choices = plan()
    found = news([change()])
    writer = Writer({found[0].record.id: found[0].record}, {}, choices.settings)
    assert choices.mail
    letters = Correspondence(writer, choices.mail, choices.signed, NOW + timedelta(days=1))
    digest = digest_of(matches_of(Board(found, {}), [Subscription("ann", "legislature", "ny")]), {})
    letter = writer.letter(digest, (), letters.foot(ann()))
    assert letter.preview == "The title of ny/2025/S4505", "with one story, beside its subject stands what it is about"
    html = html_of(letter)
    story = fromstring(html).xpath("//div[@class='story']")[0]
    page = "https://bills.example.org/ny/2025/S4505/#change-"
    assert all(a.get("href").startswith(page) for a in story.xpath(".//p[@class='kicker']//a | .//h2/a"))
    assert len(story.xpath(".//p[@class='kicker']//a | .//h2/a")) == 2, "number and title lead to the bill"
    assert "Why you get this: all bills of New York" in " ".join(story.text_content().split())
    assert html.index('class="preview"') < html.index("<h1") and 'class="line milestone"' in html
