"""What waits for somebody in families' stories: the deed, the reference, and by when. Never a name."""

from datetime import date, timedelta
from typing import Any

from django.db.models import DateField, F, OuterRef, Q, QuerySet, Subquery, Value

from saidanddone.core import clock
from saidanddone.core.waiting import IN_WORDS, counted, row
from saidanddone.earlyhelp import permissions
from saidanddone.earlyhelp.models import OVERSEERS, Story, TeamMembership
from saidanddone.people.models import User

SOON_DAYS = 7  # amber; before that nobody is hurried


def waiting_for(user: User) -> list[QuerySet]:
    """Rows of deed, ref, reference, due, to be asked for as whoever acts, and so not with others'.

    The rows of families show only to whom the database has been told (core/identity).
    """
    soon = clock.today() + timedelta(days=SOON_DAYS)
    rows = [*_team(user, soon), *_guarded(user, soon), *_agencies(user)]
    if user.has_role("coordinator"):
        rows += _coordinators(user)
    if any(user.has_role(role) for role in OVERSEERS):
        rows += _supervised(user)
    if user.has_role(permissions.DESK):
        asked = permissions.checks_to_decide(user)
        rows.append(_counted(asked, "decide_checks", "made_at"))
    return rows


def _team(user: User, soon: date) -> list[QuerySet]:
    """What a family's plan and days ask of whoever leads, of the team, and of a second pair of eyes."""
    led, answer = permissions.led_stories(user), permissions.to_answer(user)
    reference, none = F("reference"), Value(None, DateField())
    asked = answer.filter(authorise_asked_at__isnull=False)
    closing = answer.filter(close_asked_at__isnull=False)
    steps = permissions.own_steps(user).filter(due_on__lte=soon)
    return [
        _row(led.filter(review_due_on__lte=soon), "hold_review", reference, F("review_due_on")),
        _row(_ending(led, soon), "renew_team", reference, F("first_end")),
        _row(_with(steps), "do_step", reference, F("first_due")),
        _row(asked, "authorise_story", reference, F("authorise_asked_at")),
        _row(closing, "close_story", reference, F("close_asked_at")),
        _row(led.filter(review_due_on__isnull=True, authorised_at__isnull=False),
             "agree_plan", reference, none),
        _row(_unsigned(user), "sign_draft", reference, none),
    ]  # fmt: skip


def _guarded(user: User, soon: date) -> list[QuerySet]:
    """What must be answered or looked at again: askings, safety, seals, broken glass, help that is wanted."""
    askings = permissions.askings_to_answer(user)
    seals = permissions.seals_due(user, soon)
    glass = permissions.glass_to_review(user)
    return [
        _row(askings, "answer_asking", Value(""), F("due_on")),
        _row(permissions.safety_to_answer(user), "answer_safety", F("reference"),
             F("safety_asked_at")),
        _row(permissions.disposals_to_decide(user), "agree_disposal", F("reference"),
             F("proposed_at")),
        _row(seals, "review_seal", F("reference"), F("first_seal")),
        _row(permissions.sealed_over(user), "name_keepers", F("reference"), F("keep_until")),
        _row(glass, "review_glass", Value(""), F("review_by")),
        _row(permissions.enquiries_given(user), "take_up_request", Value(""), F("decided_at")),
    ]  # fmt: skip


def _supervised(user: User) -> list[QuerySet]:
    """Reviews and steps that are late with those whom they supervise; one's own stand by reference."""
    stories = permissions.overseen_stories(user).select_related(None)
    steps = permissions.late_steps().filter(story__in=stories.order_by().values("pk"))
    return [
        _counted(
            stories.filter(review_due_on__lt=clock.today()), "see_late_reviews", "review_due_on"
        ),
        _counted(steps, "see_late_steps", "due_on"),
    ]


def _coordinators(user: User) -> list[QuerySet]:
    """Counted, never listed: requests that nobody answered, stories without a lead, late reviews."""
    stories = permissions.coordinated_stories(user).select_related(None)
    late = stories.filter(review_due_on__lt=clock.today())
    return [
        _counted(permissions.unallocated(user), "answer_requests", "asked_at"),
        _counted(permissions.leadless(stories), "find_leads", "opened_at"),
        _counted(late, "see_drifting", "review_due_on"),
    ]


def _agencies(user: User) -> list[QuerySet]:
    """Those for whom an agency must speak soon; and oneself, if nobody has."""
    people = permissions.running_out(user).select_related(None)
    return [
        _counted(people, "speak_for_people", "until"),
        _row(permissions.own_until(user), "ask_sponsor", Value(""), F("until")),
    ]


def _row(found: QuerySet, deed: str, called: Any, due: Any) -> QuerySet:
    return row(found, deed, called, due, ref=IN_WORDS)


def _counted(found: QuerySet, deed: str, since: str) -> QuerySet:
    return counted(found, deed, since, in_words=True)


def _unsigned(user: User) -> QuerySet[Story]:
    """Stories in which a draft of one's own has waited for its signature since a day before today."""
    drafts = permissions.own_drafts(user).filter(begun_at__date__lt=clock.today())
    return Story.objects.filter(pk__in=drafts.order_by().values("story"))


def _ending(led: QuerySet[Story], soon: date) -> QuerySet[Story]:
    """Stories in whose team somebody's time ends."""
    near = Q(team__ended_at__isnull=True, team__ends_on__lte=soon)
    first = TeamMembership.objects.filter(
        story=OuterRef("pk"), ended_at__isnull=True, ends_on__lte=soon
    )
    ends = first.order_by("ends_on").values("ends_on")[:1]
    return led.filter(near).distinct().annotate(first_end=Subquery(ends))


def _with(steps: QuerySet) -> QuerySet[Story]:
    """The stories of these steps, each once, with the day that comes first."""
    first = steps.filter(story=OuterRef("pk")).order_by("due_on").values("due_on")[:1]
    found = Story.objects.filter(pk__in=steps.order_by().values("story"))
    return found.annotate(first_due=Subquery(first))
