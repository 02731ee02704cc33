"""The bills: real ones as far as facts go, and those that are hard to show."""

from __future__ import annotations

import json

from site_sample.rows import HOSTILE, bill_row, way
from site_sample.ways import BACKWARDS, COMMITTEE, EXPIRED, LAW, SUBSTITUTED, VETOED

REVIEW = "Relates to requiring social media and search engine reviews prior to the approval of an application or "

BILLS = [
    bill_row(
        "ny/2017/S9191",
        REVIEW + "renewal of a license to carry or possess a pistol or revolver",
        abstract=REVIEW + "renewal of a license to carry or possess a pistol or revolver; requires a person applying "
        "to consent to having his or her social media accounts and search engine history reviewed and investigated "
        "over a period of 1-3 years prior to the approval of such application or renewal; defines terms.",
        sponsor="Kevin S. Parker",
        law_section="Penal Law",
        law_code="Amd §400.00, Pen L",
        introduced_on="2018-11-14",
        stage="expired",
        stage_since="2018-12-31",
        steps=EXPIRED,
        sentence="It was referred to Rules on 14 November 2018 and never voted on; it ended with the session.",
        next="It cannot move again. A bill of a later session can take it up.",
        official="In Senate committee: Rules",
        ended=1,
        last_action_on="2018-11-14",
    ),
    bill_row(
        "ny/2019/S1413",
        "Relates to requiring social media reviews prior to the approval of an application for a license to carry "
        "or possess a pistol or revolver or to purchase a rifle or shotgun",
        sponsor="Kevin S. Parker",
        stage="expired",
        last_action_on="2020-01-08",
        followed=0,
    ),
    bill_row(
        "ny/2025/S4505",
        "Relates to warning labels on certain social media platforms",
        abstract="Requires warning labels on social media platforms which provide an addictive feed, autoplay, "
        "infinite scroll, like counts, and/or push notifications; directs the commissioner of mental health to "
        "design the warning label.",
        sponsor="Andrew Gounardes",
        law_section="General Business Law",
        law_code="Add Art 45-A §§1520 - 1526, Gen Bus L; add §7.48, Ment Hyg L",
        introduced_on="2025-02-06",
        version="A",
        stage="law",
        stage_since="2025-12-19",
        steps=LAW,
        sentence="It was signed on 19 December 2025 and is chapter 689 of 2025.",
        next="A chapter amendment often follows in January.",
        official="Signed by the Governor",
        marks=["approval memorandum 68"],
        last_action_on="2025-12-19",
        takes_effect="This act shall take effect on the one hundred eightieth day after it shall have become law.",
    ),
    bill_row(
        "ny/2025/A5346",
        "Relates to warning labels on certain social media platforms",
        sponsor="Nily Rozic",
        law_section="General Business Law",
        introduced_on="2025-02-13",
        stage="substituted",
        stage_since="2025-06-16",
        steps=SUBSTITUTED,
        sentence="It was replaced by S4505 on 16 June 2025, which goes on in its place.",
        official="On the Assembly floor",
        ended=1,
        last_action_on="2025-06-16",
    ),
    bill_row(
        "ny/2025/S3591",
        "Requires age verification for internet pornography websites",
        abstract="Requires age verification for internet pornography websites; imposes a $50,000 penalty per day "
        "for violations; provides exemptions for news organizations.",
        sponsor="Jake Ashby",
        law_section="General Business Law",
        stage="in-committee",
        stage_since="2025-05-05",
        steps=COMMITTEE,
        sentence="It was defeated in the committee on Internet and Technology on 5 May 2025; the record also has "
        "it committed to Codes the same day, and still calls it in committee.",
        next="The committee can take it up again in 2026.",
        official="In Senate committee",
        disagreement="The official status still says 'In Senate committee', but the committee on Internet and "
        "Technology defeated the bill on 5 May 2025.",
        marks=["defeated in committee on 5 May 2025"],
        last_action_on="2025-05-05",
    ),
    bill_row(
        "ny/2025/S929",
        "Provides for the protection of health information",
        sponsor="Liz Krueger",
        law_section="General Business Law",
        stage="vetoed",
        stage_since="2025-12-19",
        steps=VETOED,
        sentence="The Governor vetoed it on 19 December 2025.",
        next="Two thirds of both houses could override the veto.",
        official="Vetoed",
        last_action_on="2025-12-19",
    ),
    bill_row(
        "ny/2025/S8000",
        "Relates to the retention of data of automatic license plate readers and to its disclosure",
        sponsor="Patricia Canzoneri-Fitzpatrick",
        stage="on-floor",
        stage_since="2025-06-10",
        steps=BACKWARDS,
        sentence="It was recalled from the Assembly on 10 June 2025 and is on the Senate floor again.",
        next="The Senate can amend it and vote again.",
        official="On the Senate floor",
        marks=["recalled from the Assembly"],
        last_action_on="2025-06-10",
        rates=json.dumps([["2021", "2021-12-19", 210, 120, 80, 61, 9, 0], ["2023", "2023-12-19", 1, 0, 0, 0, 0, 0]]),
        unlisted_since="2025-12-18T09:00:00+00:00",
    ),
    bill_row(
        "ny/2025/A9000",
        "Enacts the New York privacy act",
        sponsor="Member 1",
        stage="in-committee",
        steps=COMMITTEE,
    ),
    bill_row("ny/2025/A10402", None, sponsor=None, stage="introduced", last_action_on="2025-11-03"),
    bill_row(
        "ny/2025/S6666",
        HOSTILE,
        sponsor=HOSTILE,
        stage="in-committee",
        abstract=HOSTILE,
        sentence=HOSTILE,
        official=HOSTILE,
        steps=way((HOSTILE, HOSTILE, "here", "2025-01-08")),
    ),
    bill_row(
        "ny/2025/S404",
        "Prohibits the use of reverse location and reverse keyword searches",
        sponsor="Zellnor Myrie",
        stage="in-committee",
        steps=COMMITTEE,
        sentence="It is with the Senate committee on Codes.",
        next="The committee can report it to the floor.",
        official="In Senate committee",
        last_action_on="2025-01-08",
    ),
    bill_row(
        "ny/2025/S9191",
        "Provides limitations on overlapping control between insurance companies and pharmacy "
        "benefits managers and pharmacies",
        sponsor="Michelle Hinchey",
        stage="in-committee",
        followed=0,
    ),
    bill_row(
        "ny/2023/S9191",
        "Adds Fishkill Creek to the definition of inland waterways",
        sponsor="Robert Rolison",
        stage="passed-one-chamber",
        followed=0,
        last_action_on="2024-05-28",
    ),
    bill_row(
        "ny/2021/S9191",
        "Includes the right to strike as an employee right",
        sponsor="Jabari Brisport",
        stage="in-committee",
        followed=0,
    ),
]
