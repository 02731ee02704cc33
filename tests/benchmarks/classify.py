"""How fast all bills of four sessions are classified, beside a plain loop over one regular expression.

    python tests/benchmarks/classify.py      # 76,752 bills of New York from ../shared's recordings

The regular expression is an alternative of every phrase of the taxonomy, and only finds: it knows no exceptions, no
places and no weights. Printed are seconds and bills a second for a quarter, half and all of the bills, so that one
sees whether the time grows with their number alone; each is the least of several runs.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from billwatch.bill import Bill
from billwatch.topics import Classifier, Taxonomy
from billwatch.topics.phrases import plain
from topics.recorded import recorded

SHARED = Path(__file__).resolve().parents[3] / "shared"


def pattern(taxonomy: Taxonomy) -> re.Pattern[str]:
    """Every phrase as one alternative, whole words only."""
    phrases = {phrase for subtopic in taxonomy.topic for phrase in subtopic.phrases}
    written = (re.escape(plain(p).removesuffix("*")) + (r"\w*" if p.endswith("*") else "") for p in sorted(phrases))
    return re.compile(rf"\b(?:{'|'.join(written)})\b")


def least(times: int, work: Callable[[], object]) -> float:
    """Seconds of the fastest run."""
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def classified(bills: Sequence[Bill], classifier: Classifier) -> int:
    return sum(any(label.ours for label in classifier.labels_of(bill)) for bill in bills)


def searched(bills: Sequence[Bill], expression: re.Pattern[str]) -> int:
    return sum(len(expression.findall(plain(f"{b.title}\n{b.abstract}\n{b.law_code}"))) for b in bills)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=3)
    times = parser.parse_args().times
    bills, taxonomy = recorded(SHARED / "data" / "ny"), Taxonomy.load()
    ready = least(1, lambda: Classifier(taxonomy))
    classifier, expression = Classifier(taxonomy), pattern(taxonomy)
    print(f"taxonomy made ready in {ready:.2f} s; {classified(bills, classifier):,} of {len(bills):,} bills are ours")
    for share in (4, 2, 1):
        some = bills[::share]
        seconds = least(times, lambda some=some: classified(some, classifier))
        print(f"  {len(some):6,} bills   {seconds:6.2f} s   {len(some) / seconds:9,.0f} bills a second")
    sample = bills[::20]
    loop = least(1, lambda: searched(sample, expression)) * len(bills) / len(sample)
    print(f"  one regular expression over all: {loop:.1f} s (from every 20th bill), {loop / seconds:.0f} times as long")


if __name__ == "__main__":
    main()
