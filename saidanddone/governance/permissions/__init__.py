"""Who sees bodies, meetings, items, papers, decisions and actions, and who may do what to them.

Everybody sees what has been published in the open. The clerk sees everything; those who sit on a
body see its agendas early and its restricted items; nobody sees more by rank. All of it hangs on
the post that somebody acts for now, signed in with a passkey or a second factor.
"""

from saidanddone.governance.permissions.doing import (
    action_verbs,
    body_verbs,
    item_verbs,
    meeting_verbs,
    paper_verbs,
)
from saidanddone.governance.permissions.people import (
    CHAIRS,
    INVITED,
    SEATED,
    Asker,
    above,
    bodies_of,
    held_seats,
    holds,
    is_clerk,
    is_member,
    parts_on,
    seen_of_body,
    strong,
    works_here,
)
from saidanddone.governance.permissions.reading import (
    visible_actions,
    visible_appointments,
    visible_bodies,
    visible_decisions,
    visible_items,
    visible_meetings,
    visible_papers,
    visible_seats,
)

__all__ = [
    "CHAIRS",
    "INVITED",
    "SEATED",
    "Asker",
    "above",
    "action_verbs",
    "bodies_of",
    "body_verbs",
    "held_seats",
    "holds",
    "is_clerk",
    "is_member",
    "item_verbs",
    "meeting_verbs",
    "paper_verbs",
    "parts_on",
    "seen_of_body",
    "strong",
    "visible_actions",
    "visible_appointments",
    "visible_bodies",
    "visible_decisions",
    "visible_items",
    "visible_meetings",
    "visible_papers",
    "visible_seats",
    "works_here",
]
