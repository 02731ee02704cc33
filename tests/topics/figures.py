"""How well the topic finder finds: what ../shared's judged sets, experts' lists and Congress's own subjects say.

    python tests/topics/figures.py

Fitted: the taxonomy as it is. Cross-validated: the judged bills, by family, in five parts; for the bills of a part, no
term counts whose only judged bills are in that part, so that nothing is found by a term that was written for it.
"""

from __future__ import annotations

import csv
import gzip
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

sys.path.insert(0, str(Path(__file__).parents[1]))

from billwatch.bill import Bill
from billwatch.topics import Classifier, Taxonomy
from topics.recorded import filled, flagged, recorded

SHARED = Path(__file__).resolve().parents[3] / "shared"
PARTS = 5
CORE = (
    "Right of privacy",
    "Internet, web applications, social media",
    "Data collection, sharing, protection",
    "Computer security and identity theft",
    "Student records",
)


class Figures(msgspec.Struct, frozen=True):
    """What score_topics.py prints, as numbers."""

    precision: float
    recall: float
    f1: float
    precision_without_borderline: float
    experts: float
    text: str


def scored(prediction: Iterable[str], known: Iterable[str], shared: Path = SHARED) -> Figures:
    """The scorer's verdict on a prediction."""
    with tempfile.TemporaryDirectory() as name:
        files = [Path(name) / "prediction", Path(name) / "known"]
        for file, lines in zip(files, (prediction, known), strict=True):
            file.write_text("\n".join(sorted(lines)))
        command = [sys.executable, str(shared / "score_topics.py"), str(files[0]), "--known", str(files[1])]
        text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    strict, without = (re.findall(r"\d\.\d+", line) for line in text.splitlines()[:2])
    (experts,) = re.findall(r"experts' bills found \S+ = ([\d.]+)", text)
    return Figures(float(strict[0]), float(strict[1]), float(strict[2]), float(without[0]), float(experts), text)


def judged(shared: Path = SHARED) -> dict[str, bool]:
    """The bills that people judged, by session/number: whether they are ours."""
    found = {}
    for name in ("ny_eval_weighted_dev.tsv", "ny_gold_dev.tsv"):
        with (shared / "data" / "topics" / name).open(newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                found[f"{row['session']}/{row['bill']}"] = row.get("label", "1") == "1"
    return found


def cross_validated(bills: Mapping[str, Bill], taxonomy: Taxonomy, known: Mapping[str, bool]) -> set[str]:
    """What is found of the judged bills, each without the terms that only its own part of them bears out."""
    parts = _parts({bill for bill in known if bill in bills}, bills)
    support = _support(taxonomy, {bill: bills[bill] for bill, ours in known.items() if ours and bill in bills})
    found: set[str] = set()
    for part in parts:
        spoilt = {way for way, bearers in support.items() if bearers <= part}
        classifier = Classifier(_without(taxonomy, spoilt))
        relatives = part | {other.removeprefix("ny/") for bill in part for other in _linked(bills[bill])}
        store = filled([bills[bill] for bill in relatives if bill in bills], classifier)
        found |= flagged(store) & part
        store.close()
    return found


Way = tuple[str, str, str]  # subtopic, rule, one way to meet what is written there


def _ways(taxonomy: Taxonomy) -> Iterator[tuple[Way, str]]:
    """Each way to meet each term, and the text that is written."""
    from billwatch.topics.terms import terms_of

    for subtopic in taxonomy.topic:
        for term in terms_of(subtopic):
            yield (term.slug, term.rule, " + ".join(term.parts)), term.written


def _support(taxonomy: Taxonomy, ours: Mapping[str, Bill]) -> dict[Way, set[str]]:
    """For each way that some judged bill of ours meets: which bills do."""
    support: dict[Way, set[str]] = defaultdict(set)
    single = {way: Classifier(_only(taxonomy, way)) for way, _ in _ways(taxonomy)}
    for way, classifier in single.items():
        for name, bill in ours.items():
            if classifier.labels_of(bill):
                support[way].add(name)
    return support


def _only(taxonomy: Taxonomy, way: Way) -> Taxonomy:
    (subtopic,) = (s for s in taxonomy.topic if s.slug == way[0])
    return msgspec.structs.replace(taxonomy, topic=(_with(subtopic, {way}),))


def _with(subtopic: object, ways: Collection[Way]) -> object:
    lists: dict[str, list[str]] = {"terms": [], "hints": [], "laws": []}
    for slug, rule, written in ways:
        if slug == subtopic.slug:
            lists[f"{rule}s"].append(written)
    return msgspec.structs.replace(subtopic, **{name: tuple(found) for name, found in lists.items()})


def _without(taxonomy: Taxonomy, spoilt: Collection[Way]) -> Taxonomy:
    kept = {way for way, _ in _ways(taxonomy)} - set(spoilt)
    return msgspec.structs.replace(taxonomy, topic=tuple(_with(s, kept) for s in taxonomy.topic))


def _linked(bill: Bill) -> tuple[str, ...]:
    return (*(bill.same_as or ()), *(bill.previous_versions or ()))


def _parts(names: Collection[str], bills: Mapping[str, Bill]) -> list[set[str]]:
    """The judged bills in parts that no family and no title crosses, by the first of its names."""
    root: dict[str, str] = {}

    def find(name: str) -> str:
        while root.setdefault(name, name) != name:
            name = root[name]
        return name

    for name in names:
        bill = bills[name]
        for other in (f"title {(bill.title or '').casefold()[:60]}", *(o.removeprefix("ny/") for o in _linked(bill))):
            root[find(other)] = find(name)
    families: dict[str, set[str]] = defaultdict(set)
    for name in names:
        families[find(name)].add(name)
    parts: list[set[str]] = [set() for _ in range(PARTS)]
    for n, family in enumerate(sorted(families.values(), key=lambda family: (-len(family), min(family)))):
        parts[n % PARTS] |= family
    return parts


def congress(classifier: Classifier, shared: Path = SHARED) -> Iterator[tuple[set[str], bool]]:
    """The subjects of each bill of Congress that has some, and whether we find it ours."""
    for name in ("labels_117.derived.jsonl.gz", "labels_119.derived.jsonl.gz"):
        with gzip.open(shared / "data" / "us" / name) as lines:
            for line in lines:
                row = msgspec.json.decode(line)
                if row["subjects"]:
                    summary = re.sub(r"<[^>]+>|&\w+;", " ", row.get("summary") or "")
                    yield set(row["subjects"]), bool(classifier.topics(row["title"] or "", summary))


def main() -> None:
    taxonomy, known = Taxonomy.load(), judged()
    bills = {bill.id.removeprefix("ny/"): bill for bill in recorded(SHARED / "data" / "ny")}
    store = filled(bills.values(), Classifier(taxonomy))
    ours = flagged(store)
    print(f"flags by session, of {len(bills):,} bills: {sorted(Counter(name[:4] for name in ours).items())}")
    print(f"  of them inherited only: {len(ours) - len(flagged(store, inherited=False))}")
    print(f"\nfitted\n{scored(ours, bills).text}")
    print(f"cross-validated\n{scored(cross_validated(bills, taxonomy, known), bills).text}")
    labelled = list(congress(Classifier(taxonomy)))
    hits = [subjects for subjects, is_ours in labelled if is_ours]
    right = sum(not subjects.isdisjoint(CORE) for subjects in hits)
    print(f"Congress: {len(labelled):,} labelled bills, {len(hits)} ours, {right / len(hits):.3f} with a core subject")
    for subject in CORE:
        having = [is_ours for subjects, is_ours in labelled if subject in subjects]
        print(f"  {subject}: {sum(having)} of {len(having)} found, {sum(having) / len(having):.3f}")


if __name__ == "__main__":
    main()
