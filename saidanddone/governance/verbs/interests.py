"""The register of interests: each member's own page, confirmed once a year."""

from datetime import date
from uuid import UUID

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.governance import emails, permissions
from saidanddone.governance.models import AgendaItem, Declaration, Interest, Register
from saidanddone.governance.verbs.presses import earlier
from saidanddone.people.models import Post, User


@transaction.atomic
def add_interest(
    *, kind: str, nature: str, by: User, private: bool = False, starts_on: date | None = None,
    once: UUID | None = None,
) -> Interest:  # fmt: skip
    """Put something on one's own page of the register. Whoever sits on a body, for themselves."""
    require("add_interest", permissions.register_verbs(by, by.acting_for))
    if found := earlier(Interest, once):
        return found
    interest = Interest.objects.create(
        register=_page(by.acting_for), kind=kind, nature=nature, private=private,
        starts_on=starts_on or clock.today(), once=once,
    )  # fmt: skip
    record("add_interest", interest, by=by, detail=nature)
    return interest


@transaction.atomic
def end_interest(*, interest: Interest, by: User) -> None:
    """Say that something no longer holds, from today. Its holder; it stays on the page as ended."""
    require("end_interest", permissions.register_verbs(by, interest.register.post))
    if interest.ends_on is not None:
        return
    interest.ends_on = max(clock.today(), interest.starts_on)
    interest.save(update_fields=["ends_on"])
    record("end_interest", interest, by=by)


@transaction.atomic
def confirm_interests(*, by: User) -> Register:
    """Say that one's page is right as it stands, even when it is empty. Its holder, once a year."""
    require("confirm_interests", permissions.register_verbs(by, by.acting_for))
    page = _page(by.acting_for)
    page.confirmed_on = clock.today()
    page.save(update_fields=["confirmed_on"])
    record("confirm_interests", page, by=by)
    emails.call_back(page)
    return page


@transaction.atomic
def declare_ahead(
    *, item: AgendaItem, kind: str, nature: str, by: User, private: bool = False,
    once: UUID | None = None,
) -> Declaration:  # fmt: skip
    """Declare an interest in a coming item, for oneself. Whoever sits there; the chair acts on it."""
    may = permissions.may_declare_ahead(by, item)
    require("declare_ahead", {"declare_ahead"} if may else set())
    if found := earlier(Declaration, once):
        return found
    declared = Declaration.objects.create(
        meeting=item.meeting, item=item, post=by.acting_for, kind=kind, nature=nature,
        private=private, declared_by=by, once=once,
    )  # fmt: skip
    record("declare_ahead", declared, by=by, detail=nature)
    return declared


@transaction.atomic
def remind_of_interests(*, post: Post, by: str) -> None:
    """Ask a member to look at their page again. The clock, a year after they last confirmed it."""
    require("remind_of_interests", permissions.register_verbs(by, post))
    page = _page(post)
    page.reminded_on = clock.today()
    page.save(update_fields=["reminded_on"])
    record("remind_of_interests", page, by=by)
    emails.interests_due(page)


def _page(post: Post) -> Register:
    return Register.objects.get_or_create(post=post)[0]
