"""The page of a bill, and the page of a number that several bills share."""

from __future__ import annotations

from collections.abc import Iterator

from billwatch.bill import BillId
from billwatch.stages import beside_stage
from billwatch_site.pictures.pedigree import pedigree_of
from billwatch_site.printing.press import BillPress, Page
from billwatch_site.reading import kinship, people
from billwatch_site.records import BillRecord
from billwatch_site.settings import Stance
from billwatch_site.words import links, timeline
from billwatch_site.words.effect import effect_of
from billwatch_site.words.legislature import Official
from billwatch_site.words.official import legislature
from billwatch_site.words.rates import base_rate
from billwatch_site.words.wording import small_words


def bill(press: BillPress, record: BillRecord) -> Iterator[Page]:
    """Everything about one bill."""
    house, path = legislature(record.legislature), links.bill_path(record.id)
    record = kinship.with_replaced(record)
    root = links.root_of(path)
    yield press.page(
        "bill.html",
        path,
        bill=record,
        id=BillId.parse(record.id),
        house=house,
        chamber=house.chamber_of(record.identifier),
        stance=press.settings.stances.get(record.id, Stance("", "", "")),
        family=kinship.links_of(record),
        cousins=kinship.others_of(record, press.bills),
        has_relatives=bool(record.family),
        base_rate=base_rate(record, house),
        amendments=[r for r in record.relations if r.kind == "chapter-amendment" and r.incoming],
        effect=effect_of(record.stage, record.stage_since, record.takes_effect),
        pedigree=pedigree_of(record, press.bills, house),
        in_its_way=_in_its_way(record),
        days=timeline.timeline_of(record),
        joined=timeline.joined(record),
        left=timeline.left(record),
        letters=_letters(record),
        letters_to=_letters_to(record),
        sponsor_link=lambda s: root + people.path_of(record, s),
        leader=next((root + people.path_of(record, s) for s in record.sponsors if s.name == record.sponsor), ""),
        checked_at=max((check.checked_at for check in record.checks), default=None),
        kin=record.namesakes,
    )


def _in_its_way(record: BillRecord) -> list[str]:
    """Its marks beside the stage; nothing stands in the way of a law."""
    return [] if record.stage == "law" else beside_stage(record.stage, record.marks)


def number(press: BillPress, record: BillRecord) -> Iterator[Page]:
    """One number, several bills: a page made with the latest of them that has one here."""
    latest = next((namesake.id for namesake in record.namesakes if namesake.own), record.id)
    if latest == record.id:
        yield press.page(
            "number.html",
            links.number_path(record.id),
            identifier=record.identifier,
            house=legislature(record.legislature),
            namesakes=record.namesakes,
            own={namesake.id for namesake in record.namesakes if namesake.own},
        )


def _letters_to(record: BillRecord) -> list[Official]:
    """The official pages of those who decide: the sponsor, the committee that has the bill, one's own members."""
    house = legislature(record.legislature)
    sponsor = next((s.name for s in record.sponsors if s.role == "primary"), record.sponsor)
    found = [house.member(house.chamber_of(record.identifier), sponsor)] if sponsor else []
    if record.committee and not record.ended:
        found.append(house.committee(record.chamber, small_words(record.committee)))
    return [*(page for page in found if page), *house.representatives]


def _letters(record: BillRecord) -> list[tuple[str, str]]:
    """The letters of a bill's prints with their dates, the newest first; the original is always among them."""
    dates = {p.letter: p.published_on for p in record.prints}
    for letter in ("", record.version):
        dates.setdefault(letter, record.introduced_on if not letter else "")
    return sorted(dates.items(), reverse=True)
