"""Bodies, seats, meetings, papers, minutes, decisions, actions, interests and what lies ahead."""

from saidanddone.governance.models.actions import Action, ActionUpdate
from saidanddone.governance.models.bodies import PRECISIONS, Appointment, Body, Seat
from saidanddone.governance.models.forward import Escalation, ForwardItem, Risk, RiskNote
from saidanddone.governance.models.interests import Declaration, Interest, Register
from saidanddone.governance.models.machines import CalendarAddress, Import
from saidanddone.governance.models.meetings import AgendaItem, Meeting, Paper
from saidanddone.governance.models.minutes import Decision
from saidanddone.governance.models.minuting import (
    Attendance,
    Correction,
    Minutes,
    MinuteText,
    Vote,
)
from saidanddone.governance.models.packs import CoverSheet, Pack
from saidanddone.governance.models.terms import Terms

__all__ = [
    "PRECISIONS", "Action", "ActionUpdate", "AgendaItem", "Appointment", "Attendance", "Body",
    "CalendarAddress", "Correction", "CoverSheet", "Decision", "Declaration", "Escalation",
    "ForwardItem", "Import", "Interest", "Meeting", "MinuteText", "Minutes", "Pack", "Paper",
    "Register", "Risk", "RiskNote", "Seat", "Terms", "Vote",
]  # fmt: skip
