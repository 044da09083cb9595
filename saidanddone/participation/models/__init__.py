"""The nouns of this area: voices and holds, issues and their steps, replies and judgements."""

from saidanddone.participation.models.issues import (
    Answer,
    BroughtBack,
    GroupedVoice,
    Issue,
    Question,
    Routing,
    Step,
    Tabling,
)
from saidanddone.participation.models.replies import Happened, Judgement, Reply
from saidanddone.participation.models.voices import Duty, Gathering, Hold, ThreadCode, Voice

__all__ = [
    "Answer", "BroughtBack", "Duty", "Gathering", "GroupedVoice", "Happened", "Hold", "Issue",
    "Judgement", "Question", "Reply", "Routing", "Step", "Tabling", "ThreadCode", "Voice",
]  # fmt: skip
