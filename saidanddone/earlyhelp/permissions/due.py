"""What waits for somebody in families' records, beside the plan: answers, seals, glass, drafts, help."""

from datetime import date

from django.db.models import Min, Q, QuerySet

from saidanddone.earlyhelp import states
from saidanddone.earlyhelp.models import (
    Asking,
    BreakGlass,
    Contribution,
    DutyCheck,
    Enquiry,
    Story,
)
from saidanddone.earlyhelp.permissions.agencies import spoken
from saidanddone.earlyhelp.permissions.asking import visible_askings
from saidanddone.earlyhelp.permissions.duty import visible_checks
from saidanddone.earlyhelp.permissions.enquiries import visible_enquiries
from saidanddone.earlyhelp.permissions.guarding import own_seals
from saidanddone.earlyhelp.permissions.rights import (
    Asker,
    Part,
    answering,
    post_of,
    visible_stories,
)
from saidanddone.earlyhelp.permissions.watching import visible_glass


def askings_to_answer(user: Asker) -> QuerySet[Asking]:
    """What an agency that is shut out asks or tells, put to them or to whom they supervise."""
    found = (
        visible_askings(user).select_related(None).filter(spoken(user), answered_at__isnull=True)
    )
    return found.exclude(from_post=post_of(user))


def safety_to_answer(user: Asker) -> QuerySet[Story]:
    """Stories of which an agreement was taken back, and nobody said yet if a child is less safe."""
    return Story.objects.filter(
        answering(user, of="pk"), safety_asked_at__isnull=False, safety_answered_at__isnull=True
    )


def seals_due(user: Asker, by: date) -> QuerySet[Story]:
    """Stories with a seal that is to be looked at by this day, each once, the first day in `first_seal`.

    Closed ones too: a seal outlives the work, and is looked at for as long as the record is kept.
    """
    held = Story.objects.filter(
        answering(user, of="pk"),
        family__seals__in=own_seals(user), family__seals__review_on__lte=by,
    )  # fmt: skip
    return held.annotate(first_seal=Min("family__seals__review_on"))


def glass_to_review(user: Asker) -> QuerySet[BreakGlass]:
    """Broken glass that a privacy officer has still to look at; never their own."""
    found = visible_glass(user).select_related(None).filter(reviewed_at__isnull=True)
    return found.exclude(person=getattr(user, "pk", None))


def own_drafts(user: Asker) -> QuerySet[Contribution]:
    """What they began to write and have not signed, in stories to which they may add."""
    here = visible_stories(user, {Part.WRITE, Part.LEAD}).filter(state__in=states.LIVE)
    written = ~Q(strengths="", worries="", needs="")
    return Contribution.objects.filter(
        written, story__in=here, post=post_of(user), state=states.WRITING
    )


def checks_to_decide(user: Asker) -> QuerySet[DutyCheck]:
    """Children put before the duty desk of whom nobody has decided yet."""
    return visible_checks(user).select_related(None).filter(spoken(user), outcome="")


def enquiries_given(user: Asker) -> QuerySet[Enquiry]:
    """Requests for help that were given to them and that no story has grown from yet."""
    found = visible_enquiries(user).select_related(None).filter(spoken(user))
    return found.filter(given_to=post_of(user), state=states.ACCEPTED, story__isnull=True)
