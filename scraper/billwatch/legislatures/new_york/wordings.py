"""Every wording of New York's official history, and the terms it bears.

The wordings are the 171 action codes of the Legislative Bill Drafting Commission (LBDC) and the 124 that
80,000 bills of 2019-2026 bear. Each has a rule of its own: there is none that catches the rest, so an unknown
wording stays unclassified and can be counted.
"""

from __future__ import annotations

# How much a term matters to somebody who follows the bill. The first table is the vocabulary of Open States
# (openstates-core, BILL_ACTION_CLASSIFICATION_CHOICES) as far as New York uses it.
OPEN_STATES = {
    "introduction": "notable",
    "referral": "detail",
    "referral-committee": "notable",
    "committee-passage": "notable",
    "committee-failure": "milestone",
    "reading-1": "notable",
    "reading-2": "detail",
    "reading-3": "notable",
    "amendment-passage": "notable",
    "amendment-failure": "notable",
    "deferral": "notable",
    "receipt": "detail",
    "passage": "milestone",
    "failure": "milestone",
    "concurrence": "notable",
    "withdrawal": "milestone",
    "substitution": "milestone",
    "executive-receipt": "milestone",
    "executive-signature": "milestone",
    "executive-veto": "milestone",
    "executive-veto-line-item": "milestone",
    "became-law": "milestone",
    "veto-override-passage": "milestone",
    "veto-override-failure": "milestone",
}

# House terms, for what Open States has no word for.
HOUSE_TERMS = {
    "adoption": "milestone",  # a resolution adopted
    "committee-discharge": "notable",  # taken from a committee without its report
    "committee-hold": "notable",  # held for consideration: the committee votes not to act on it
    "companion": "detail",  # points to the other house's bill
    "concurrence-failure": "milestone",  # one house does not accept the other's amendments
    "died": "milestone",  # the year ended while the other house had it; it goes back to its own
    "executive-memo": "detail",  # the executive's memorandum beside a signature
    "executive-recall": "milestone",  # asked back from the executive
    "fiscal-note": "detail",  # a note on local costs, or the exemption from one
    "home-rule": "detail",  # a local government asks for the law
    "legal-opinion": "detail",  # the Attorney General is asked, or answers
    "line-item": "detail",  # names an item of an appropriation
    "line-veto-step": "detail",  # a step about vetoed lines; the law stands
    "message-of-necessity": "detail",  # the executive lets the houses vote before three days have passed
    "motion": "detail",  # a motion that moves the bill nowhere
    "not-carried-over": "milestone",  # the bill ends with its session or year
    "notice": "detail",  # notice of something to come
    "pocket-veto": "milestone",  # vetoed by leaving it unsigned after the session
    "print": "notable",  # the number of a new print
    "recall": "milestone",  # asked back from the other house
    "reconsideration": "milestone",  # the vote that passed it is undone
    "return": "detail",  # sent back to the other house
    "stand-in": "notable",  # takes the place of the other house's bill
    "stricken": "milestone",  # the enacting clause is struck: the sponsor gives it up
    "substitution-undone": "milestone",  # the bill that took its place leaves it again
    "to-next-legislature": "milestone",  # a constitutional amendment goes to the Secretary of State
}

# Terms, and the wordings that bear them: without numbers, committees and punctuation, in upper case.
_WORDINGS: dict[str, tuple[str, ...]] = {
    "introduction": ("INTRODUCED",),
    "referral-committee": (
        *("REFERRED TO", "COMMITTED TO", "RECOMMITTED TO", "REFERENCE CHANGED TO", "TRANSFER TO"),
        "REFERENCE CHANGE TO",
    ),
    "referral": ("REFERRED TO CALENDAR",),
    "committee-discharge referral-committee": (
        *("COMMITTEE DISCHARGED AND COMMITTED TO", "RULES COMMITTEE DISCHARGED AND COMMITTED TO"),
    ),
    "notice referral-committee": (
        # Both spellings of a code that LBDC misspells, here and below.
        *("COMITTEE CONSIDERATION COMMIT TO RULES", "COMMITTEE CONSIDERATION COMMIT TO RULES"),
    ),
    "amendment-passage referral-committee": ("AMEND AND RECOMMIT TO",),
    "committee-passage referral-committee": ("REPORTED REFERRED TO", "REPORTED AND COMMITTED TO"),
    "amendment-passage committee-passage referral-committee": ("REPORTED WITH AMENDMENTS AND COMMITTED TO",),
    "committee-passage": (*("REPORTED", "RULES REPORT", "SPECIAL REPORT", "REPORTED TO CALENDAR FOR CONSIDERATION"),),
    "committee-passage reading-1": ("1ST REPORT", "REPORTED RESTORED TO FIRST REPORT"),
    "committee-passage reading-2": ("REPORTED RESTORED TO SECOND REPORT",),
    "committee-passage reading-3": ("REPORTED RESTORED TO THIRD READING",),
    "amendment-passage committee-passage": (
        *("REPORTED WITH AMENDMENT", "RULES REPORT WITH AMENDMENT", "SPECIAL REPORT WITH AMENDMENTS"),
        "RULES SPECIAL REPORT WITH AMENDMENTS",
    ),
    "amendment-passage committee-passage reading-1": (
        *("1ST REPORT WITH AMENDMENTS", "RULES 1ST REPORT WITH AMENDMENTS"),
    ),
    "amendment-passage committee-passage reading-3": ("REPORTED AMENDED RESTORED TO THIRD READING",),
    "reading-1": ("RETURNED TO 1ST REPORT",),
    "reading-2": ("2ND REPORT", "RETURNED TO 2ND REPORT"),
    "reading-3": (
        *("ORDERED TO THIRD READING", "ORDERED TO THIRD READING RULES", "ADVANCED TO THIRD READING"),
        *("3RD READING", "RESTORED TO THIRD READING", "ORDERED TO THIRD READING FROM SPECIAL REPORT"),
        "STAR REMOVED",
    ),
    "committee-discharge reading-3": ("COMMITTEE DISCHARGED AND ADVANCED TO THIRD READING",),
    "amendment-passage reading-3": (
        *("AMENDED ON THIRD READING", "ORDERED TO THIRD READING WITH AMENDMENT"),
        "ORDERED TO THIRD READING WITH AMENDMENTS",
    ),
    "amendment-passage": (
        *("AMENDED", "AMEND BY RESTORING TO ORIGINAL PRINT", "AMENDED BY RESTORING TO ORIGINAL PRINT"),
        *("AMENDED BY RESTORING TO PREVIOUS PRINT", "MOTION TO AMEND ADOPTED"),
    ),
    "amendment-failure": (
        *("MOTION TO AMEND LOST", "MOTION TO AMEND LOST VOICE VOTE", "MOTION TO AMEND LOST ROLL CALL VOTE"),
    ),
    "print": ("PRINT NUMBER", "SENATE REPRINT NUMBER", "ASSEMBLY REPRINT NUMBER"),
    "deferral": ("STARRED ON CALENDAR", "TABLED", "MOTION TO RECONSIDER TABLED"),
    "committee-hold deferral": ("HELD FOR CONSIDERATION IN", "HELD IN COMMITTEE"),
    "committee-failure": (
        *("DEFEATED IN", "CONSIDERED BY COMITTEE DEFEATED", "CONSIDERED BY COMMITTEE DEFEATED"),
        "ADVERSE REPORT AGREED TO",
    ),
    "failure": ("LOST", "BILL REJECTED", "CHAMBER CONSIDERATION LOST"),
    "passage": ("PASSED", "PASSED SENATE", "PASSED ASSEMBLY", "REPASSED", "REPASSED SENATE", "REPASSED ASSEMBLY"),
    "passage receipt": ("PASSED AND DELIVERED TO OPPOSITE HOUSE",),
    "passage return": (*("PASSED AND RETURNED TO OPPOSITE HOUSE", "REPASSED AND RETURNED TO OPPOSITE HOUSE"),),
    "passage adoption": ("ADOPTED",),
    "committee-passage passage adoption": ("REPORTED TO CALENDAR FOR CONSIDERATION ADOPTED",),
    "committee-discharge passage adoption": ("COMMITTEE DISCHARGED AND ADOPTED",),
    "concurrence": (
        *("ASSEMBLY CONCURS IN SENATE AMENDMENTS", "SENATE CONCURS IN ASSEMBLY AMENDMENTS"),
        "SENATE CONSURS IN ASSEMBLY AMENDMENTS",
    ),
    "concurrence-failure": ("SENATE AMENDMENT NOT CONCURRED IN", "ASSEMBLY AMENDMENT NOT CONCURRED IN"),
    "receipt": ("DELIVERED TO SENATE", "DELIVERED TO ASSEMBLY"),
    "return": ("RETURNED TO SENATE", "RETURNED TO ASSEMBLY"),
    "recall": ("RECALLED FROM SENATE", "RECALLED FROM ASSEMBLY"),
    "reconsideration": ("VOTE RECONSIDERED",),
    "reconsideration reading-3": ("VOTE RECONSIDERED RESTORED TO THIRD READING",),
    "died": ("DIED IN SENATE", "DIED IN ASSEMBLY"),
    "not-carried-over": (*("BILL NOT CARRIED OVER", "THIS BILL IS NO LONGER ACTIVE IN THE CURRENT SESSION"),),
    "withdrawal": ("WITHDRAWN",),
    "withdrawal stricken": ("ENACTING CLAUSE STRICKEN", "RECOMMIT ENACTING CLAUSE STRICKEN"),
    "substitution": ("SUBSTITUTED BY", "SUBSTITUED BY"),
    "stand-in": ("SUBSTITUTED FOR",),
    "substitution-undone": ("SUBSTITUTION RECONSIDERED",),
    "companion": ("COMPANION BILL", "SEE SENATE", "SEE ASSEMBLY"),
    "executive-receipt": ("DELIVERED TO GOVERNOR", "RETURNED TO GOVERNOR"),
    "executive-recall": ("RECALLED FROM GOVERNOR", "RETURNED FROM GOVERNOR"),
    "executive-signature became-law": ("SIGNED",),
    "became-law": ("CHAPTER",),
    "executive-memo": ("APPROVAL",),
    "executive-veto": ("VETOED",),
    "executive-veto pocket-veto": ("POCKET VETO", "POCKET VETO VETO"),
    "executive-veto-line-item": ("LINE VETO", "THRU LINE VETO"),
    "veto-override-passage": (
        *("REPASSED ASSEMBLY LINE VETO", "REPASSED SENATE LINE VETO"),
        *("PASSED ASSEMBLY LINE VETO", "PASSED SENATE LINE VETO"),
    ),
    "veto-override-failure": ("LOST LINE VETO",),
    "line-veto-step": (
        *("TABLED LINE VETO", "TAKEN FROM TABLE LINE VETO", "MOTION TAKEN FROM TABLE LINE VETO"),
        *("MOTION TO RECONSIDER TABLED LINE VETO", "MOTION TO OVERRIDE LINE VETO", "VOTE RECONSIDERED LINE VETO"),
        *("RETURNED TO SENATE LINE VETO", "RETURNED TO ASSEMBLY LINE VETO"),
        "DELIVERED TO SECRETARY OF STATE LINE VETO",
    ),
    "to-next-legislature": ("DELIVERED TO SECRETARY OF STATE",),
    "legal-opinion": ("TO ATTORNEY GENERAL FOR OPINION", "OPINION REFERRED TO"),
    "home-rule": ("HOME RULE REQUEST",),
    "fiscal-note": ("LOCAL FISCAL IMPACT NOTE", "EXEMPTED LOCAL FISCAL IMPACT NOTE"),
    "line-item": ("ITEM NO",),
    "message-of-necessity": (
        *("MESSAGE OF NECESSITY", "MESSAGE OF NECESSITY APPROPRIATION", "MESSAGE OF NECESSITY DAY MESSAGE"),
    ),
    "notice": (
        *("NOTICE OF COMMITTEE CONSIDERATION REQUESTED", "NOTICE OF COMMITTEE CONSIDERATION WITHDRAWN"),
        *("NOTICE OF CHAMBER CONSIDERATION REQUESTED", "NOTICE OF MOTION TO PETITION FILED"),
        *("NOTICE OF PETITION REQUESTED", "NOTICE OF PETITION RECEIVED", "NOTICE OF PETITION CARRIED"),
        *("PETITION FOR PUBLIC HEARING APPROVED", "PETITION FOR PUBLIC HEARING NOT APPROVED"),
        *("MOTION TO DISCHARGE FILED", "COPY TO GOVERNOR"),
    ),
    "committee-discharge": (*("MOTION TO DISCHARGE CARRIED VOICE VOTE", "MOTION TO DISCHARGE CARRIED ROLL CALL VOTE"),),
    "motion": (
        *("MOTION TO DISCHARGE LOST", "MOTION TO DISCHARGE LOST VOICE VOTE", "ADVERSE REPORT NOT AGREED TO"),
        *("MOTION TO DISCHARGE LOST ROLL CALL VOTE", "MOTION TO PETITION LOST", "MOTION TAKEN FROM TABLE"),
        *("MOTION TO RECONSIDER LOST", "MOTION TO RECONSIDER AND TABLE LOST", "MOTION TO POSTPONE LOST"),
        *("MOTION TO LAY UPON THE TABLE LOST", "MOTION TO OVERRIDE VETO BY GOVERNOR", "TAKEN FROM TABLE"),
        *("RULING OF CHAIR ON POINT OF ORDER", "CHAMBER CONSIDERATION CARRIED"),
    ),
}
TERMS = {wording: tuple(terms.split()) for terms, wordings in _WORDINGS.items() for wording in wordings}
