"""Who sees bodies, meetings, items, papers, decisions and actions, and who may do what to them.

Everybody sees what has been published in the open. The clerk sees everything; those who sit on a
body see its agendas early and its restricted items; nobody sees more by rank. All of it hangs on
the post that somebody acts for now, signed in with a passkey or a second factor.
"""

from saidanddone.governance.permissions.ahead import (
    LEADS,
    escalation_verbs,
    forward_verbs,
    may_escalate,
    risk_verbs,
    terms_verbs,
    visible_escalations,
    visible_forward,
    visible_risks,
    visible_terms,
)
from saidanddone.governance.permissions.doing import (
    action_verbs,
    body_verbs,
    item_verbs,
    meeting_verbs,
    paper_verbs,
)
from saidanddone.governance.permissions.interests import (
    interests_of,
    keeps_register,
    may_declare_ahead,
    own_declarations,
    own_interests,
    own_register,
    own_votes,
    posts_to_confirm,
    reads_private,
    register_verbs,
    registered_on,
)
from saidanddone.governance.permissions.machines import (
    calendar_bodies,
    calendar_holder,
    calendar_meetings,
    calendar_verbs,
    holds_public_office,
    import_verbs,
    own_calendar_address,
    public_appointments,
    public_office_holders,
    public_seats,
    seated_organisations,
    visible_imports,
)
from saidanddone.governance.permissions.minutes import (
    correction_verbs,
    is_drafted,
    minutes_verbs,
    minuting_verbs,
    shows_nature,
    visible_attendance,
    visible_corrections,
    visible_declarations,
    visible_minutes,
    visible_texts,
    with_minutes_out,
)
from saidanddone.governance.permissions.papers import (
    cover_verbs,
    items_to_hand_in,
    leads,
    led_items,
    opens_closed_part,
    pack_verbs,
    visible_covers,
    visible_packs,
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
    SHOWN,
    seats_of,
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
    "CHAIRS", "INVITED", "LEADS", "SEATED", "SHOWN", "Asker", "above", "action_verbs", "bodies_of",
    "body_verbs", "calendar_bodies", "calendar_holder", "calendar_meetings", "calendar_verbs",
    "correction_verbs", "cover_verbs", "escalation_verbs", "forward_verbs", "held_seats", "holds",
    "holds_public_office", "import_verbs", "interests_of", "is_clerk", "is_drafted", "is_member",
    "item_verbs", "items_to_hand_in", "keeps_register", "leads", "led_items", "may_declare_ahead",
    "may_escalate", "meeting_verbs", "minutes_verbs", "minuting_verbs", "opens_closed_part",
    "own_calendar_address", "own_declarations", "own_interests", "own_register", "own_votes",
    "pack_verbs", "paper_verbs", "parts_on", "posts_to_confirm", "public_appointments",
    "public_office_holders", "public_seats", "reads_private", "register_verbs", "registered_on",
    "risk_verbs", "seated_organisations", "seats_of", "seen_of_body", "shows_nature", "strong",
    "terms_verbs",
    "visible_actions", "visible_appointments", "visible_attendance", "visible_bodies",
    "visible_corrections", "visible_covers", "visible_decisions", "visible_declarations",
    "visible_escalations", "visible_forward", "visible_imports", "visible_items",
    "visible_meetings", "visible_minutes", "visible_packs", "visible_papers", "visible_risks",
    "visible_seats", "visible_terms", "visible_texts", "with_minutes_out", "works_here",
]  # fmt: skip
