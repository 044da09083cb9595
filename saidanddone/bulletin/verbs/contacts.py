"""Lists of contacts become readers of the bulletin: looked at first, each as the law allows."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.bulletin import emails, permissions, states
from saidanddone.bulletin.models import ContactList, Edition, Subscription
from saidanddone.core import clock, imports
from saidanddone.core.access import require
from saidanddone.core.imports import Report
from saidanddone.core.presses import queue_up
from saidanddone.mail.models import Letter
from saidanddone.mail.states import ACCEPTED, IN_HAND
from saidanddone.mail.verbs import cancel, suppressed
from saidanddone.people.models import Organisation, User

By = User | str
ALONE = "readers from lists"
NOTICE = "2026-11-notice"  # the version of what an organisation's address is told
ASKING = "2026-11-asking"  # and of what a person's own is asked
PUBLIC = ("gov.uk", "nhs.uk", "nhs.net", "police.uk", "sch.uk", "ac.uk", "mod.uk")
WRONG, LEFT = "This is no e-mail address.", "They left, complained, or letters came back."
TWICE, HAS, ASKED = "Stands there twice.", "Gets it already.", "Was asked already."
OF_ORGANISATION = "Organisation’s address: gets it, with a letter that says how to leave."
OF_PERSON = "A person’s own, as far as we know: is asked first, and gets it if they say yes."


def look_at_contacts(*, plan: dict[str, Any], by: By) -> Report:
    """Tell what each line would give, and keep nothing. An editor, or whoever operates the place."""
    require("add_readers", permissions.reader_verbs(by))
    return imports.rehearse(lambda: _added(plan, "Looked at", by))


@transaction.atomic
def take_contacts(
    *, plan: dict[str, Any], by: By, file_name: str, digest: str = "", source: str = ""
) -> Report:
    """Add the readers of a list. An editor, or whoever operates the place; each gets one letter.

    An organisation's address gets the bulletin and a notice, a person's own is asked first. Who
    has left or is suppressed is never added again by this.
    """
    require("add_readers", permissions.reader_verbs(by))
    queue_up(ALONE)
    return _added(plan, (source or f"List {file_name}")[:160], by)


@dataclass(frozen=True)
class Undone:
    """What became of a list that was taken back."""

    removed: int  # addresses that get nothing more of it
    called_back: int  # letters that had not left
    left: int  # letters that had, and cannot be called back
    kept: int  # addresses whose owners have said something themselves since


@transaction.atomic
def undo_contacts(*, contact_list: ContactList, by: By) -> Undone:
    """Take a list back: its addresses go, letters that wait are called back. An editor.

    Whoever has said yes, chosen topics or left since stays as they said. An address whose letter
    had left is kept only so that the links in that letter work.
    """
    require("undo_contacts", permissions.reader_verbs(by, contact_list))
    queue_up(ALONE)
    contact_list.move("undo_contacts", undone_at=clock.now(), undone_by=_person(by))
    about = emails.about_list(contact_list.pk)
    called_back = cancel(about=about)
    reached = set(
        Letter.objects.filter(wording__about=about, state__in=(ACCEPTED, *IN_HAND))
        .values_list("address", flat=True)
    )  # fmt: skip
    found = list(contact_list.subscriptions.exclude(state=states.ENDED).select_for_update())
    edition = Edition.objects.sent().filter(sent_at__gte=contact_list.added_at).first()
    for subscription in found:
        if edition is not None and subscription.state == states.LIVE:
            called_back += cancel(about=emails.about(edition), address=subscription.address)
        if subscription.address in reached:
            subscription.move("undo_contacts")
        else:
            subscription.delete()
    record("undo_contacts", contact_list, by=by, detail=f"{len(found)} of {contact_list.added}")
    return Undone(len(found), called_back, len(reached), contact_list.added - len(found))


def _person(by: By) -> User | None:
    return by if isinstance(by, User) else None


def _added(plan: dict[str, Any], source: str, by: By) -> Report:
    report, met = Report(), set()
    contact_list = ContactList.objects.create(source=source, added_by=_person(by))
    addresses = [one["address"] for one in plan["contacts"] if one["address"]]
    gone, corporate = suppressed(addresses), _corporate_domains()
    there = dict(Subscription.objects.filter(address__in=addresses).values_list("address", "state"))
    for one in plan["contacts"]:
        address = one["address"]
        what = f"{one['name']} <{address}>" if one["name"] else address or one["words"]
        fate, why = imports.LEFT_OUT, ""
        if not address:
            why = f"Line {one['line']}: {WRONG}"
        elif address in met:
            why = TWICE
        elif address in gone or there.get(address) == states.ENDED:
            why = LEFT
        elif there.get(address) in (states.ASKED, states.LIVE):
            fate, why = imports.SAME, HAS if there[address] == states.LIVE else ASKED
        else:
            fate, why = imports.NEW, _add(address, corporate, contact_list, by)
        met.add(address)
        report.add(what, fate, why)
    contact_list.added = report.count(imports.NEW)
    if contact_list.added:
        contact_list.save(update_fields=["added"])
    else:
        contact_list.delete()
    return report


def _add(address: str, corporate: set[str], contact_list: ContactList, by: By) -> str:
    """One more reader, or one who is asked; one whose list was taken back is written to anew."""
    own = not _is_corporate(address.rpartition("@")[2], corporate)
    told = {
        "source": contact_list.source, "came_with": contact_list,
        "kind": Subscription.Kind.INDIVIDUAL if own else Subscription.Kind.CORPORATE,
        "basis": Subscription.Basis.CONSENT if own else Subscription.Basis.INTEREST,
        "wording": ASKING if own else NOTICE, "asked_at": clock.now(),
    }  # fmt: skip
    state = states.ASKED if own else states.LIVE
    made = Subscription.objects.filter(address=address, state=states.WITHDRAWN).first()
    if made is None:
        made = Subscription.objects.create(address=address, state=state, **told)
    else:
        made.move("take_contacts", to=state, **told)
    record("add_readers", made, by=by, detail=contact_list.source)
    if own:
        emails.ask_contact(made)
    else:
        emails.reader_added(made)
    return OF_PERSON if own else OF_ORGANISATION


def _is_corporate(domain: str, known: set[str]) -> bool:
    """Whether an address is surely an organisation's: in doubt it is a person's own."""
    public = any(domain == one or domain.endswith(f".{one}") for one in PUBLIC)
    return public or domain in known


def _corporate_domains() -> set[str]:
    """Where organisations that we know have their websites."""
    sites = Organisation.objects.exclude(website="").filter(ended_on=None)
    hosts = (urlsplit(site).hostname or "" for site in sites.values_list("website", flat=True))
    return {host.lower().removeprefix("www.") for host in hosts} - {""}
