"""How the watching went: what was asked and answered, where sources differ or fail, and the sessions they tell of."""

from __future__ import annotations

from site_sample.bills import BILLS
from site_sample.rows import HOSTILE

FOLLOWED = [row["id"] for row in BILLS if row["followed"]]
CHECK = {"digest": b"", "facts": b"{}", "first_seen_at": "2025-06-03T09:00:00+00:00", "receipt": "r1"}
CHECK |= {"changed_at": "2025-12-19T15:00:00+00:00", "checked_at": "2025-12-19T15:30:00+00:00", "checks": 14}
RUN = {"legislature": "ny", "started_at": "2025-12-19T15:00:00+00:00", "finished_at": "2025-12-19T15:31:00+00:00"}
RUN |= {"asked": 412, "answered": 410, "unchanged": 396, "failed": 2, "changes": 14}

OBSERVATIONS = [
    CHECK | {"bill": bill, "source": "open-legislation",
             "url": f"https://legislation.nysenate.gov/api/3/bills/{bill[3:]}"} for bill in FOLLOWED
]  # fmt: skip
DISAGREEMENTS = [
    {"bill": "ny/2025/S3591", "fact": "committee", "source": "senate", "says": "Codes", "since": "2025-05-06"},
    {"bill": "ny/2025/S3591", "fact": "committee", "source": "assembly", "says": "Internet And Technology",
     "since": "2025-05-06"},
    {"bill": "ny/2025/S6666", "fact": HOSTILE, "source": HOSTILE, "says": HOSTILE, "since": "2025-05-06"},
]  # fmt: skip
SETTLED = [
    {"bill": "ny/2025/S404", "fact": "title", "source": source, "says": says, "since": "2025-10-01",
     "until": "2025-10-03T09:00:00+00:00"}
    for source, says in (("senate", "Prohibits reverse searches"), ("assembly", HOSTILE))
]  # fmt: skip
FAILURES = [
    {"bill": "ny/2025/S3591", "source": "senate", "since": "2025-12-17T09:00:00+00:00", "times": 3,
     "last_at": "2025-12-19T15:30:00+00:00", "error": "a challenge page came instead of the answer"},
    {"bill": "ny/2025/S6666", "source": HOSTILE, "since": "2025-12-17T09:00:00+00:00", "times": 1,
     "last_at": "2025-12-19T15:30:00+00:00", "error": HOSTILE},
]  # fmt: skip
FETCHES = [{"id": "r1", "source": "open-legislation", "url": "https://legislation.nysenate.gov/",
             "status": 200, "fetched_at": "2025-12-19T15:00:00+00:00", "sha256": "9f" * 32, "bytes": 5120}]  # fmt: skip
RUNS = [
    RUN | {"source": "open-legislation", "last_good_at": "2025-12-19T15:30:00+00:00"},
    RUN | {"source": "assembly", "failed": 0, "last_good_at": "2025-12-19T15:30:00+00:00"},
    RUN | {"source": "lbdc", "failed": 0, "last_good_at": "2025-12-10T15:30:00+00:00"},
    RUN | {"source": "senate", "answered": 0, "failed": 412, "failing_since": "2025-12-17T09:00:00+00:00",
           "last_good_at": "2025-12-16T09:00:00+00:00", "error": "a challenge page came instead of the answer"},
]  # fmt: skip
SESSIONS = [
    {"legislature": "ny", "session": name, "begins_on": f"{name}-01-01", "ends_on": f"{int(name) + 1}-12-31",
     "bills": bills, "unread": 0, "read_at": read, "counted_at": read}
    for name, bills, read in (("2021", 19_636, "2025-04-01T12:00:00+00:00"), ("2025", 14, ""),
                              ("2023", 19_981, "2025-04-01T12:00:00+00:00"))
]  # fmt: skip
BASE_RATES = [
    {"legislature": "ny", "session": name, "stage": "on-floor", "step": "Floor", "chamber": "Senate",
     "day": day, "bills": bills, "passed": bills - 100, "passed_both": bills // 2, "law": bills // 3,
     "vetoed": 9, "open": 1}
    for name in ("2021", "2023") for day, bills in ((20, 120), (152, 400))
]  # fmt: skip
