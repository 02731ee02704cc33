"""Where a bill stands, from its actions and its official status.

standing.py  the stage, for people                  effects.py         what each kind of action does to a course
course.py    the way a bill has gone                sentences.py       where it is, in words
days.py      the days that a rule counts            outlook.py         what can come next, in words
journey.py   the whole way of a bill that is over   contradictions.py  where status and history differ, in words
"""

from billwatch.stages.course import Official, SessionRules
from billwatch.stages.days import after_days
from billwatch.stages.journey import UNDECIDED
from billwatch.stages.standing import (
    CERTAIN_AFTER,
    ENDS,
    STAGE_SENTENCES,
    STAGES,
    Standing,
    Step,
    Turn,
    beside_stage,
    stage_of,
)

__all__ = [
    "CERTAIN_AFTER",
    "ENDS",
    "STAGES",
    "STAGE_SENTENCES",
    "UNDECIDED",
    "Official",
    "SessionRules",
    "Standing",
    "Step",
    "Turn",
    "after_days",
    "beside_stage",
    "stage_of",
]
