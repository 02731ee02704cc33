"""How well the topic finder finds: what ../shared's judged sets, experts' lists and Congress's own subjects say.

    python tests/topics/figures.py

Prints the fitted figures, of the taxonomy as it is, beside cross-validated ones; see validation.py for what they mean.
"""

from __future__ import annotations

import csv
import gzip
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

sys.path.insert(0, str(Path(__file__).parents[1]))

from billwatch.topics import Classifier, Taxonomy
from topics.recorded import filled, flagged, recorded
from topics.validation import cross_validated

SHARED = Path(__file__).resolve().parents[3] / "shared"
SETS = ("ny_eval_weighted_dev.tsv", "ny_gold_dev.tsv")
CONGRESS = ("labels_117.derived.jsonl.gz", "labels_119.derived.jsonl.gz")
CORE = (  # subjects of the Congressional Research Service that are ours
    "Right of privacy",
    "Internet, web applications, social media",
    "Data collection, sharing, protection",
    "Computer security and identity theft",
    "Student records",
)
FEW = 6  # subjects of a bill that is about them; the service gives others two hundred


class Figures(msgspec.Struct, frozen=True):
    """What score_topics.py prints, as numbers."""

    precision: float
    recall: float
    f1: float
    precision_without_borderline: float
    experts: float
    text: str


def scored(prediction: Iterable[str], known: Iterable[str], shared: Path = SHARED) -> Figures:
    """The scorer's verdict on a prediction: lines of session/number, as those that were classified."""
    with tempfile.TemporaryDirectory() as name:
        files = [Path(name) / "prediction", Path(name) / "known"]
        for file, lines in zip(files, (prediction, known), strict=True):
            file.write_text("\n".join(sorted(lines)))
        command = [sys.executable, str(shared / "score_topics.py"), str(files[0]), "--known", str(files[1])]
        text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    strict, without = ([float(n) for n in re.findall(r"\d\.\d+", line)] for line in text.splitlines()[:2])
    (experts,) = re.findall(r"experts' bills found \S+ = ([\d.]+)", text)
    return Figures(strict[0], strict[1], strict[2], without[0], float(experts), text)


def judged(shared: Path = SHARED) -> dict[str, bool]:
    """The bills that people judged, by session/number: whether they are ours."""
    found = {}
    for name in SETS:
        with (shared / "data" / "topics" / name).open(newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                found[f"{row['session']}/{row['bill']}"] = row.get("label", "1") == "1"
    return found


def congress(classifier: Classifier, shared: Path = SHARED) -> Iterator[tuple[set[str], bool]]:
    """The subjects of each bill of Congress that has some, and whether we find it ours; no list means not known."""
    for name in CONGRESS:
        with gzip.open(shared / "data" / "us" / name) as lines:
            for line in lines:
                row = msgspec.json.decode(line)
                if row["subjects"]:
                    summary = re.sub(r"<[^>]+>|&\w+;", " ", row.get("summary") or "")
                    yield set(row["subjects"]), bool(classifier.topics(row["title"] or "", summary))


def _of_congress(labelled: list[tuple[set[str], bool]]) -> Iterator[str]:
    hits = [subjects for subjects, is_ours in labelled if is_ours]
    right = sum(not subjects.isdisjoint(CORE) for subjects in hits)
    yield f"Congress: {len(labelled):,} labelled bills, {len(hits)} ours, {right / len(hits):.3f} with a core subject"
    for subject in CORE:
        for most in (1000, FEW):
            having = [is_ours for subjects, is_ours in labelled if subject in subjects and len(subjects) <= most]
            among = "all" if most > FEW else f"with at most {FEW} subjects"
            share = sum(having) / max(1, len(having))
            yield f"  recall of '{subject}', {among}: {sum(having)} of {len(having)}, {share:.3f}"


def main() -> None:
    taxonomy, known = Taxonomy.load(), judged()
    bills = {bill.id.removeprefix("ny/"): bill for bill in recorded(SHARED / "data" / "ny")}
    store = filled(bills.values(), Classifier(taxonomy))
    ours = flagged(store)
    print(f"flags by session, of {len(bills):,} bills: {sorted(Counter(name[:4] for name in ours).items())}")
    print(f"  inherited only: {len(ours - flagged(store, inherited=False))}")
    print(f"\nfitted\n{scored(ours, bills).text}")
    wide = cross_validated(bills, taxonomy, known, ours)
    print(f"cross-validated, any bill of another family bears a term out\n{scored(wide, bills).text}")
    strict = cross_validated(bills, taxonomy, known, ())
    print(f"cross-validated strictly, a judged bill of another part bears a term out\n{scored(strict, bills).text}")
    print("\n".join(_of_congress(list(congress(Classifier(taxonomy))))))


if __name__ == "__main__":
    main()
