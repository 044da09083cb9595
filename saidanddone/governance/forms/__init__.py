"""The shape of what people type about bodies, meetings, agendas, decisions and actions."""

from saidanddone.governance.forms.actions import AssignForm, EvidenceForm, HandOnForm, UpdateForm
from saidanddone.governance.forms.agendas import (
    AcceptForm,
    ItemForm,
    ProposeForm,
    ReasonForm,
)
from saidanddone.governance.forms.ahead import (
    EscalateForm,
    ForwardForm,
    RhythmForm,
    SeriesForm,
    StandingForm,
    TermsForm,
    UpAnswerForm,
)
from saidanddone.governance.forms.bodies import AppointForm, BodyForm, SeatForm
from saidanddone.governance.forms.imports import MeetingsFileForm
from saidanddone.governance.forms.interests import (
    DeclareForm,
    InterestForm,
)
from saidanddone.governance.forms.meetings import ChangeMeetingForm, CloseForm, MeetingForm
from saidanddone.governance.forms.minutes import AnswerForm, DecisionForm
from saidanddone.governance.forms.minuting import (
    ActOnInterestForm,
    ApproveForm,
    AttendeeForm,
    CorrectionForm,
    DeclaredForm,
    MakeCorrectionForm,
    MinuteSaveForm,
    QuorumForm,
    SettleForm,
    SheetForm,
    VotesForm,
    YoungForm,
)
from saidanddone.governance.forms.papers import HandInForm, PaperForm, SupplementForm
from saidanddone.governance.forms.registers import ActionFilter, DecisionFilter
from saidanddone.governance.forms.risks import (
    RiskForm,
    ScoreForm,
)

__all__ = [
    "AcceptForm", "ActOnInterestForm", "ActionFilter", "AnswerForm", "AppointForm", "ApproveForm",
    "AssignForm", "AttendeeForm", "BodyForm", "ChangeMeetingForm", "CloseForm", "CorrectionForm",
    "DecisionFilter", "DecisionForm", "DeclareForm", "DeclaredForm", "EscalateForm", "EvidenceForm",
    "ForwardForm", "HandInForm", "HandOnForm", "InterestForm", "ItemForm", "MakeCorrectionForm",
    "MeetingForm", "MeetingsFileForm", "MinuteSaveForm", "PaperForm", "ProposeForm",
    "QuorumForm", "ReasonForm", "RhythmForm", "RiskForm", "ScoreForm", "SeatForm", "SeriesForm",
    "SettleForm", "SheetForm", "StandingForm", "SupplementForm", "TermsForm", "UpAnswerForm",
    "UpdateForm", "VotesForm", "YoungForm",
]  # fmt: skip
