"""What people type about sessions, places and learning."""

from saidanddone.events.forms.afterwards import (
    AskForm,
    EvaluationForm,
    ImpactForm,
    LearningForm,
    LinkForm,
)
from saidanddone.events.forms.attendance import AttendanceForm, MatchForm
from saidanddone.events.forms.bookings import (
    ApprovalForm,
    BookForm,
    ChangeForm,
    ColleagueForm,
    WalkInForm,
)
from saidanddone.events.forms.sessions import (
    CancelForm,
    MaterialsForm,
    SeriesForm,
    SessionFilter,
    SessionForm,
)

__all__ = [
    "ApprovalForm", "AskForm", "AttendanceForm", "BookForm", "CancelForm", "ChangeForm", "ColleagueForm",
    "EvaluationForm", "ImpactForm", "LearningForm", "LinkForm", "MatchForm", "MaterialsForm",
    "SeriesForm", "SessionFilter", "SessionForm", "WalkInForm",
]  # fmt: skip
