"""Where a bill stands, from its actions and its official status.

standing.py   the stage, for people                 effects.py    what each kind of action does to a course
course.py     the way a bill has gone               sentences.py  how it is said
"""

from billwatch.stages.course import Official, SessionRules
from billwatch.stages.standing import CERTAIN_AFTER, STAGE_SENTENCES, STAGES, Standing, Step, stage_of

__all__ = ["CERTAIN_AFTER", "STAGES", "STAGE_SENTENCES", "Official", "SessionRules", "Standing", "Step", "stage_of"]
