"""An agency answers for its own: who still needs to look, and what it signed."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import Refused, require
from saidanddone.core.presses import earlier
from saidanddone.earlyhelp import emails, permissions
from saidanddone.earlyhelp.models import Confirmation, SharingAgreement
from saidanddone.people.models import Organisation, Post, User
from saidanddone.reference.models import partnership


class NotSigned(Exception):  # noqa: N818 -- it tells what is missing
    """This agency has signed no sharing agreement that counts today."""


@transaction.atomic
def confirm_post(*, post: Post, by: User) -> Confirmation:
    """Say that somebody still needs to see families' records. A sponsor of their agency.

    It holds for the days of the settings. A privacy officer may say it in a sponsor's place; nobody
    says it of themselves.
    """
    require("confirm_post", permissions.agency_verbs(by))
    return _say(
        "confirm_post", post, clock.today() + timedelta(days=partnership().sponsor_days), by
    )


@transaction.atomic
def end_looking(*, post: Post, by: User) -> Confirmation:
    """Say that somebody needs to see families' records no more. A sponsor of their agency.

    It bites at once, on every page. Whoever supervises them leads what they led.
    """
    require("end_looking", permissions.agency_verbs(by))
    return _say("end_looking", post, clock.today() - timedelta(days=1), by)


@transaction.atomic
def warn_of_closing(*, post: Post, by: str) -> None:
    """Tell those who answer for somebody, and the person, that families' records close soon. The clock."""
    require("warn_of_closing", permissions.agency_verbs(by))
    record("warn_of_closing", post, by=by)
    emails.at_a_desk(post, "agency-looks", permissions.sponsors_of(post))
    emails.at_a_desk(post, "stories", Post.objects.filter(pk=post.pk))


@transaction.atomic
def record_signing(
    *, organisation: Organisation, version: str, signed_by: str, signed_on: date, review_on: date,
    by: User, once: UUID | None = None,
) -> SharingAgreement:  # fmt: skip
    """Keep that an agency signed the sharing agreement. A privacy officer.

    From the day of the signature until its review the agency's people can open families' stories,
    and join, stay in or lead their teams. Who is in a team that day stays until their own day.
    """
    require("record_signing", permissions.agency_verbs(by))
    if found := earlier(SharingAgreement, once):
        return found
    made = SharingAgreement.objects.create(
        organisation=organisation, version=version, signed_by=signed_by, signed_on=signed_on,
        review_on=review_on, recorded_by=by, once=once,
    )  # fmt: skip
    record("record_signing", made, by=by, detail=f"{version} {signed_by}")
    return made


def require_signed(post: Post) -> None:
    """Go on only if the agency of this post has signed what counts today; else NotSigned."""
    if not has_signed(post.organisation_id):
        raise NotSigned(post.organisation.name)


def has_signed(organisation: int) -> bool:
    """Whether this agency's signature counts today."""
    return permissions.signed_agreements().filter(organisation=organisation).exists()


def _say(verb: str, post: Post, until: date, by: User) -> Confirmation:
    if not permissions.spoken_posts(by).filter(pk=post.pk).exists():
        raise Refused(verb)
    said = {"until": until, "said_at": clock.now(), "said_by": by}
    made, _ = Confirmation.objects.update_or_create(post=post, defaults=said)
    record(verb, post, by=by, detail=f"{until}")
    return made
