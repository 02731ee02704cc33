"""The ways of the bills: how far each has come, and what of it was undone or never happened."""

from __future__ import annotations

from site_sample.rows import way

LAW = way(
    ("Introduced", "Senate", "done", "2025-02-06"),
    ("Committee", "Senate", "done", "2025-02-06"),
    ("Floor", "Senate", "done", "2025-06-05"),
    ("Passed", "Senate", "done", "2025-06-12"),
    ("Committee", "Assembly", "done", "2025-06-12"),
    ("Floor", "Assembly", "done", "2025-06-16"),
    ("Passed", "Assembly", "done", "2025-06-17"),
    ("Governor", "", "done", "2025-12-08"),
    ("Law", "", "here", "2025-12-19"),
)
COMMITTEE = way(
    ("Introduced", "Senate", "done", "2025-01-08"),
    ("Committee", "Senate", "here", "2025-01-08"),
    ("Floor", "Senate", "ahead", ""),
    ("Passed", "Senate", "ahead", ""),
    ("Committee", "Assembly", "ahead", ""),
    ("Passed", "Assembly", "ahead", ""),
    ("Governor", "", "ahead", ""),
    ("Law", "", "ahead", ""),
)
EXPIRED = way(
    ("Introduced", "Senate", "done", "2018-11-14"),
    ("Committee", "Senate", "ended", "2018-11-14"),
    ("Passed", "Senate", "ahead", ""),
    ("Passed", "Assembly", "ahead", ""),
    ("Law", "", "ahead", ""),
)
BACKWARDS = way(
    ("Introduced", "Senate", "done", "2025-01-08"),
    ("Committee", "Senate", "done", "2025-01-08"),
    ("Floor", "Senate", "here", "2025-06-10", [[1, "2025-03-04"]]),
    ("Passed", "Senate", "undone", "2025-05-20"),
    ("Committee", "Assembly", "undone", "2025-05-20"),
    ("Floor", "Assembly", "ahead", ""),
    ("Passed", "Assembly", "ahead", ""),
    ("Governor", "", "ahead", ""),
    ("Law", "", "ahead", ""),
)
VETOED = [*LAW[:-2], ["Governor", "", "ended", "2025-12-19"], ["Law", "", "ahead", ""]]
SUBSTITUTED = way(
    ("Introduced", "Assembly", "done", "2025-02-13"),
    ("Committee", "Assembly", "done", "2025-02-13"),
    ("Floor", "Assembly", "ended", "2025-06-16"),
    ("Passed", "Assembly", "ahead", ""),
    ("Law", "", "ahead", ""),
)
