"""The shape of what people type about bodies, meetings, agendas, decisions and actions."""

from saidanddone.governance.forms.actions import AssignForm, EvidenceForm, HandOnForm, UpdateForm
from saidanddone.governance.forms.agendas import (
    AcceptForm,
    ItemForm,
    PaperForm,
    ProposeForm,
    ReasonForm,
)
from saidanddone.governance.forms.bodies import AppointForm, BodyForm, SeatForm
from saidanddone.governance.forms.meetings import ChangeMeetingForm, CloseForm, MeetingForm
from saidanddone.governance.forms.minutes import AnswerForm, DecisionForm, MinuteForm
from saidanddone.governance.forms.registers import ActionFilter, DecisionFilter

__all__ = [
    "AcceptForm", "ActionFilter", "AnswerForm", "AppointForm", "AssignForm", "BodyForm",
    "ChangeMeetingForm", "CloseForm", "DecisionFilter", "DecisionForm", "EvidenceForm",
    "HandOnForm", "ItemForm", "MeetingForm", "MinuteForm", "PaperForm", "ProposeForm",
    "ReasonForm", "SeatForm", "UpdateForm",
]  # fmt: skip
