"""What happens to organisations, and to their places in forums and alliances."""

import uuid
from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.core.presses import queue_up
from saidanddone.people import permissions
from saidanddone.people.models import Membership, Organisation, Post, Profile, User
from saidanddone.people.verbs.people import shut
from saidanddone.reference.models import Area, Forum


@transaction.atomic
def add_organisation(
    *, name: str, sector: str, by: User, contact_name: str = "", contact_email: str = "",
    areas: Iterable[Area] = (), forums: Iterable[Forum] = (), since: date | None = None,
    once: uuid.UUID | None = None,
) -> Organisation:  # fmt: skip
    """Write down an organisation that works with us. Administrator or clerk; people may come.

    Members of the network who have named it belong to it from now on.
    """
    require("add_organisation", permissions.organisation_verbs(by))
    if once and (there := Organisation.objects.filter(once=once).first()):
        return there
    organisation = Organisation.objects.create(
        name=name, sector=sector, contact_name=contact_name, contact_email=contact_email, once=once
    )
    organisation.areas.set(areas)
    _belongs_to(organisation, set(forums), since, by)
    Profile.objects.filter(organisation=None, works_at__iexact=name).update(
        organisation=organisation, works_at=name
    )
    record("add_organisation", organisation, by=by, detail=name)
    return organisation


@transaction.atomic
def change_organisation(
    *, organisation: Organisation, name: str, sector: str, contact_name: str, contact_email: str,
    areas: Iterable[Area], forums: Iterable[Forum], by: User, since: date | None = None,
) -> None:  # fmt: skip
    """Correct what we know of an organisation. Administrator; its people notice at once.

    Forums that it has left keep it as a member until yesterday, new ones have it from today on.
    """
    require("change_organisation", permissions.organisation_verbs(by, organisation))
    organisation.name, organisation.sector = name, sector
    organisation.contact_name, organisation.contact_email = contact_name, contact_email
    organisation.save(update_fields=["name", "sector", "contact_name", "contact_email"])
    organisation.areas.set(areas)
    _belongs_to(organisation, set(forums), since, by)
    record("change_organisation", organisation, by=by, detail=f"{name} {contact_email}")


@transaction.atomic
def end_organisation(*, organisation: Organisation, by: User) -> None:
    """Stop working with an organisation. Administrator; every post there stops counting at once."""
    require("end_organisation", permissions.organisation_verbs(by, organisation))
    posts = list(Post.objects.live().filter(organisation=organisation).select_related("user"))
    organisation.ended_on = clock.today()
    organisation.save(update_fields=["ended_on"])
    record("end_organisation", organisation, by=by)
    for post in posts:
        shut(post)


def _belongs_to(
    organisation: Organisation, forums: set[Forum], since: date | None, by: User
) -> None:
    """Its forums and alliances from now on; what it belonged to before is kept with its days."""
    queue_up(f"forums of organisation:{organisation.pk}")
    there = {one.forum: one for one in permissions.memberships_of(organisation)}
    for forum in forums - set(there):
        made = Membership.objects.create(
            organisation=organisation, forum=forum, starts_on=_first_day(organisation, forum, since)
        )
        record("join_forum", made, by=by, detail=forum.name)
    yesterday = clock.today() - timedelta(days=1)
    for forum in set(there) - forums:
        left = there[forum]
        record("leave_forum", left, by=by, detail=forum.name)
        if left.starts_on > yesterday:  # ticked by mistake: it never counted
            left.delete()
        else:
            left.ends_on = yesterday
            left.save(update_fields=["ends_on"])


def _first_day(organisation: Organisation, forum: Forum, since: date | None) -> date:
    """The day from which it belongs: as told, but after the last day of an earlier membership."""
    first = since or clock.today()
    earlier = organisation.memberships.filter(forum=forum).aggregate(last=Max("ends_on"))["last"]
    return max(first, earlier + timedelta(days=1)) if earlier else first
