"""Bodies, seats, meetings, agendas, decisions and actions."""

from saidanddone.governance.models.actions import Action, ActionUpdate
from saidanddone.governance.models.bodies import PRECISIONS, Appointment, Body, Seat
from saidanddone.governance.models.meetings import AgendaItem, Meeting, Paper
from saidanddone.governance.models.minutes import Decision

__all__ = [
    "PRECISIONS", "Action", "ActionUpdate", "AgendaItem", "Appointment", "Body", "Decision",
    "Meeting", "Paper", "Seat",
]  # fmt: skip
