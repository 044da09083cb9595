"""Everything that can happen to items, editions and subscriptions."""

from saidanddone.bulletin.verbs.contacts import (
    Undone,
    look_at_contacts,
    take_contacts,
    undo_contacts,
)
from saidanddone.bulletin.verbs.editing import (
    add_news,
    arrange_edition,
    change_entry,
    compile_edition,
    leave_entry_out,
    put_entry_in,
    week_to_come,
    write_opening,
)
from saidanddone.bulletin.verbs.following import follow_link
from saidanddone.bulletin.verbs.items import (
    accept_item,
    change_item,
    confirm_item,
    decline_item,
    forget_unconfirmed,
    print_item,
    submit_item,
)
from saidanddone.bulletin.verbs.letters import look_at_letter, take_letter
from saidanddone.bulletin.verbs.returning import look_at_bounces, take_bounces
from saidanddone.bulletin.verbs.sending import (
    approve_edition,
    hand_edition_on,
    send_edition,
    stop_edition,
)
from saidanddone.bulletin.verbs.subscribing import (
    ask_for_bulletin,
    choose_topics,
    confirm_subscription,
    end_subscription,
    take_bulletin,
)

__all__ = [
    "Undone", "accept_item", "add_news", "approve_edition", "arrange_edition", "ask_for_bulletin",
    "change_entry", "change_item", "choose_topics", "compile_edition", "confirm_item",
    "confirm_subscription", "decline_item", "end_subscription", "follow_link",
    "forget_unconfirmed", "hand_edition_on", "leave_entry_out", "look_at_bounces",
    "look_at_contacts", "look_at_letter", "print_item", "put_entry_in", "send_edition", "stop_edition",
    "submit_item", "take_bounces", "take_bulletin", "take_contacts", "take_letter", "undo_contacts",
    "week_to_come", "write_opening",
]  # fmt: skip
