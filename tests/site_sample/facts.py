"""What else the record and we say of the bills: sponsors, prints, votes, kin, topics and doubts."""

from __future__ import annotations

import json

from site_sample.rows import HOSTILE, sponsored

ROLL = [["aye", ["Ashby", "Bailey", "CANZONERI-FITZPATRICK"]], ["nay", ["Borrello", "O'MARA"]]]
VOTE = {"bill": "ny/2025/S4505", "position": 0, "date": "2025-06-12", "chamber": "Senate", "kind": "floor"}
VOTE |= {"committee": "", "motion": "", "version": "A", "counts": '[["aye", 58], ["nay", 3]]', "roll": json.dumps(ROLL)}

SPONSORSHIPS = [
    *sponsored("ny/2017/S9191", "Kevin S. Parker"),
    *sponsored("ny/2025/S4505", "Andrew Gounardes", "Leroy Comrie", "Nathalia Fernandez", "Robert Jackson"),
    *sponsored("ny/2025/A9000", *(f"MEMBER-WITH A. LONGISH NAME {i}" for i in range(1, 151))),
    *sponsored("ny/2025/S6666", HOSTILE, HOSTILE),
]  # fmt: skip
VERSIONS = [
    {"bill": "ny/2025/S4505", "letter": "", "published_on": "2025-02-06", "text": None, "memo": None},
    {"bill": "ny/2025/S4505", "letter": "A", "published_on": "2025-06-05", "text": None, "memo": None},
]  # fmt: skip
VOTES = [VOTE, VOTE | {"bill": "ny/2025/S6666", "motion": HOSTILE, "committee": HOSTILE, "kind": "committee",
                        "roll": json.dumps([[HOSTILE, [HOSTILE]]]), "counts": json.dumps([[HOSTILE, 3]])}]  # fmt: skip
RELATIONS = [
    {"bill": "ny/2019/S1413", "kind": "previous-version", "other": "ny/2017/S9191"},
    {"bill": "ny/2025/S4505", "kind": "same-as", "other": "ny/2025/A5346"},
    {"bill": "ny/2025/A5346", "kind": "same-as", "other": "ny/2025/S4505"},
    {"bill": "ny/2025/A5346", "kind": "substituted-by", "other": "ny/2025/S4505"},
    {"bill": "ny/2025/S404", "kind": "same-as", "other": "ny/2025/A407"},
    {"bill": "ny/2025/S8000", "kind": "chapter-amendment", "other": "ny/2025/S4505", "by": "billwatch",
     "evidence": "its act clause names S. 4505 and A. 5346 of the laws of 2025"},
    {"bill": "ny/2025/S404", "kind": "previous-version", "other": "ny/2023/S217"},
    {"bill": "ny/2025/S404", "kind": "probably-same", "other": "ny/2021/S296", "by": "billwatch",
     "evidence": "same sponsor and nearly the same title"},
    {"bill": "ny/2025/S6666", "kind": "same-as", "other": HOSTILE, "evidence": HOSTILE, "by": "billwatch"},
]  # fmt: skip
TOPICS = [
    {"bill": "ny/2025/S4505", "topic": "social-media-minors", "area": "speech",
     "evidence": "title: 'social media platforms'", "inherited_from": ""},
    {"bill": "ny/2017/S9191", "topic": "government-reading", "area": "speech",
     "evidence": "title: 'social media'; summary: 'search engine history'", "score": 0.96},
    {"bill": "ny/2025/S3591", "topic": "age-verification", "area": "speech",
     "evidence": "title: 'age verification', 'internet'"},
    {"bill": "ny/2025/S6666", "topic": HOSTILE, "area": HOSTILE, "evidence": HOSTILE,
     "inherited_from": HOSTILE, "score": 0.6},
]  # fmt: skip
DOUBTS = [
    {"bill": "ny/2025/A9000", "topic": "police-technology", "area": "privacy", "score": 0.4,
     "evidence": "title: 'body cameras' (a hint)"},
    {"bill": "ny/2025/A10402", "topic": "not-ours", "area": "", "score": 0, "evidence": "by hand: Of cattle."},
    {"bill": "ny/2025/S6666", "topic": HOSTILE, "area": HOSTILE, "evidence": HOSTILE, "score": 0.45},
]  # fmt: skip
