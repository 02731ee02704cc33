"""A bill in the words of schema.org (https://schema.org/Legislation), for machines that read pages.

It stands in the page as a block of data. A browser does not run it, so our policy against scripts in the page leaves it
alone; `<` is written as \\u003c, so that nothing in it can end the block.
"""

from __future__ import annotations

from typing import Any

import msgspec
from markupsafe import Markup

from billwatch.bill import BillId
from billwatch_site.records import BillRecord
from billwatch_site.settings import Settings
from billwatch_site.words import links
from billwatch_site.words.official import legislature
from billwatch_site.words.subjects import topic_name
from billwatch_site.words.wording import name_case

_VOCABULARY = "https://schema.org"


def script(record: BillRecord, settings: Settings) -> Markup:
    """The element for the page."""
    data = msgspec.json.encode(legislation(record, settings)).decode()
    for letter in "<>&\u2028\u2029":
        data = data.replace(letter, f"\\u{ord(letter):04x}")
    return Markup('<script type="application/ld+json">{}</script>').format(Markup(data))


def legislation(record: BillRecord, settings: Settings) -> dict[str, Any]:
    """The bill; what the record does not tell is left out."""
    house = legislature(record.legislature)
    page = settings.address(links.bill_path(record.id))
    facts = {
        "@context": _VOCABULARY,
        "@type": "Legislation",
        "@id": page if settings.url else None,
        "url": page if settings.url else None,
        "legislationIdentifier": record.id,
        "alternateName": f"{record.identifier} ({house.session(record.session)})",
        "name": record.headline or record.identifier,
        "abstract": record.abstract,
        "inLanguage": "en",
        "legislationType": "bill",
        "legislationJurisdiction": {"@type": "AdministrativeArea", "name": house.name},
        "dateCreated": record.introduced_on,
        "legislationDate": _signed_on(record),
        "legislationLegalForce": None if record.stage == "law" else f"{_VOCABULARY}/NotInForce",
        "legislationPassedBy": _passed_by(record, house.name),
        "sponsor": [{"@type": "Person", "name": name_case(s.name)} for s in record.sponsors],
        "about": [{"@type": "Thing", "name": topic_name(t.topic)} for t in record.topics],
        "isBasedOn": [_other(r.other) for r in record.relations if _is_earlier(r.kind, r.incoming, r.sure)],
        "legislationChanges": [{"@type": "Legislation", "name": record.law_section}] if record.law_section else [],
        "sameAs": [official.url for official in house.pages(BillId.parse(record.id))],
        "dateModified": record.changed_at.date().isoformat(),
    }
    return {name: value for name, value in facts.items() if value}


def _signed_on(record: BillRecord) -> str:
    """When it became law, as far as the record tells: only a law has a date. Whether it is in force is not recorded."""
    return record.stage_since if record.stage == "law" else ""


def _passed_by(record: BillRecord, house: str) -> list[dict[str, str]]:
    """The chambers that have passed it, and have not taken that back."""
    chambers = [step.chamber for step in record.steps if step.name == "Passed" and step.state in ("done", "here")]
    return [{"@type": "GovernmentOrganization", "name": f"{house} {chamber}"} for chamber in chambers]


def _is_earlier(kind: str, incoming: bool, sure: bool) -> bool:
    return kind == "previous-version" and sure and not incoming


def _other(bill: str) -> dict[str, str]:
    return {"@type": "Legislation", "legislationIdentifier": bill, "name": bill.rsplit("/", 1)[-1]}
