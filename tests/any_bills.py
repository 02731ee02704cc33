"""Any bill, as hypothesis draws it: few words and dates, so that two often share some."""

from __future__ import annotations

import msgspec
from hypothesis import strategies as st

from billwatch.bill import Action, Bill, Sponsorship, Version, Vote

WORDS = st.sampled_from(
    ["Relates to Bail", "relates to social media", "Codes", "RULES", "", "Requires  a notice; defines terms"]
)
DATES = st.sampled_from(["2025-01-08", "2025-02-11", "2025-06-12"])
ACTIONS = st.builds(
    Action,
    DATES,
    st.sampled_from(["Senate", "Assembly"]),
    st.sampled_from(["REFERRED TO CODES", "REPORTED", "PASSED SENATE", "AMENDED 404A", "1ST REPORT CAL.77"]),
)
HISTORIES = st.lists(ACTIONS, max_size=8).map(tuple)
MEMBERS = st.lists(
    st.builds(Sponsorship, st.sampled_from(["Ann Lee", "Bo Ray", "Cy Fox", "Di Orr"])), unique=True, max_size=4
).map(
    lambda names: tuple(msgspec.structs.replace(s, role="cosponsor" if n else "primary") for n, s in enumerate(names))
)
LINKS = st.lists(st.sampled_from([f"ny/2025/A{n}" for n in range(1, 6)]), unique=True, max_size=4).map(tuple)
VOTES = st.lists(
    st.builds(
        Vote,
        DATES,
        st.just("Senate"),
        st.sampled_from(["floor", "committee"]),
        st.sampled_from(["", "Codes"]),
        roll=st.sampled_from([(), (("aye", ("KRUEGER",)),), (("nay", ("KRUEGER",)),)]),
        counts=st.sampled_from([(), (("aye", 1),), (("nay", 1),)]),
    ),
    unique_by=lambda v: (v.date, v.chamber, v.kind, v.committee),
    max_size=4,
).map(tuple)
VERSIONS = st.lists(
    st.builds(Version, st.sampled_from(["", "A", "B"]), text=st.sampled_from([None, "text", "more text"])),
    unique_by=lambda v: v.letter,
    max_size=3,
).map(tuple)


def bills() -> st.SearchStrategy[Bill]:
    maybe = st.none()
    return st.builds(
        Bill,
        legislature=st.just("ny"),
        session=st.just("2025"),
        identifier=st.just("S404"),
        title=maybe | WORDS,
        abstract=maybe | WORDS,
        status=maybe | st.sampled_from(["IN_SENATE_COMM", "PASSED_SENATE"]),
        committee=maybe | WORDS,
        version=maybe | st.sampled_from(["", "A", "B"]),
        law_section=maybe | WORDS,
        sponsors=maybe | MEMBERS,
        actions=maybe | HISTORIES,
        versions=maybe | VERSIONS,
        votes=maybe | VOTES,
        same_as=maybe | LINKS,
        previous_versions=maybe | LINKS,
        substituted_by=maybe | st.sampled_from(["", "ny/2025/A1"]),
    )
