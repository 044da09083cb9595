"""Files that the bulletin reads: what came back, and lists of contacts."""

from typing import Any

from saidanddone.bulletin import verbs
from saidanddone.bulletin.imports import contacts, letters
from saidanddone.core.imports import Kind
from saidanddone.mail import bounces

MOST_BYTES = 50_000_000


def read(content: bytes) -> dict[str, Any]:
    """Every message in the file, and what it says."""
    return {"messages": [bounces.read(raw) for raw in bounces.messages_in(content)]}


BOUNCES = Kind(
    name="bounce",
    about="letters that came back, complaints and automatic answers (a mailbox or one message)",
    most=MOST_BYTES,
    options=(),
    read=read,
    look=verbs.look_at_bounces,
    take=verbs.take_bounces,
    after="All of it is noted. Read again, each message counts once.",
)

CONTACTS = Kind(
    name="contacts",
    about="readers of the bulletin, from Outlook or a spreadsheet (text, CSV)",
    most=contacts.MOST_BYTES,
    options=(),
    read=contacts.read,
    look=verbs.look_at_contacts,
    take=verbs.take_contacts,
    after="They are readers, or are asked first. Whoever left stays away. An editor can take the list "
    "back at /bulletin/desk/readers/.",
)

ITEM = Kind(
    name="item",
    about="a letter to the bulletin, as one suggestion (.eml, or - for a pipe)",
    most=letters.MOST_BYTES,
    options=(),
    read=letters.read,
    look=verbs.look_at_letter,
    take=verbs.take_letter,
    after="It is kept. Read again, it counts once.",
)
