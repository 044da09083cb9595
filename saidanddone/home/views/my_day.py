"""My day: what waits for me across every area, oldest first, each row saying what to do (H4)."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from saidanddone.bulletin.waiting import waiting_for as bulletin_waiting
from saidanddone.core import clock, identity
from saidanddone.core.questions import kept
from saidanddone.earlyhelp.waiting import waiting_for as families_waiting
from saidanddone.events.waiting import waiting_for as events_waiting
from saidanddone.governance import permissions as governance
from saidanddone.governance import states as meeting_states
from saidanddone.governance.waiting import my_bodies
from saidanddone.governance.waiting import waiting_for as governance_waiting
from saidanddone.library.waiting import waiting_for as library_waiting
from saidanddone.participation import permissions as participation
from saidanddone.participation import states
from saidanddone.participation.models import Issue
from saidanddone.participation.models.standing import Standing, age, standing
from saidanddone.participation.waiting import waiting_for as participation_waiting
from saidanddone.people.models import User
from saidanddone.reference.models import partnership
from saidanddone.ui.filters import plural

MOST_ROWS = 60
MOST_THREADS = 20
MOST_MEETINGS = 6
SOON_DAYS = 3
PATIENT_DAYS = 7
WITH_FAMILIES = (
    "practitioner", "supervisor", "safeguarding_lead", "coordinator", "duty_desk",
    "privacy_officer", "agency_sponsor",
)  # fmt: skip

# Deed: what to do, the address that does it, what kind of thing it is.
DEEDS = {
    "do_action": ("Do", "action", "Your action"),
    "read_papers": ("Read the papers", "meeting", "Meeting"),
    "publish_agenda": ("Publish the agenda", "meeting", "Meeting"),
    "hand_in_paper": ("Hand in the paper for", "paper-wanted", "You lead this item"),
    "mend_pack": ("Make the pack again for", "pack", "Meeting"),
    "close_meeting": ("Finish the minutes", "meeting", "Meeting"),
    "check_minutes": ("Check the minutes of", "minutes", "You chair it"),
    "circulate_minutes": ("Circulate the minutes of", "minutes", "Minutes"),
    "settle_corrections": ("Settle corrections of", "minutes", "Minutes"),
    "read_minutes": ("Read the minutes of", "minutes", "Minutes"),
    "review_terms": ("Review the terms of", "terms-number", "Terms of reference"),
    "fill_seats": ("See who is missing on", "board-number", "Board"),
    "confirm_interests": ("Confirm your interests as", "interests-number", "Register of interests"),
    "review_risk": ("Look again at", "risk", "Risk"),
    "agree_to_drop": ("Agree or not that this drops", "action", "An action of your board"),
    "answer_escalation": ("Record the answer of", "escalation-answer", "A group’s question"),
    "answer_issue": ("Answer", "issue", "Issue"),
    "open_held": ("Open", "held-voice", "Held for you"),
    "route_issue": ("Find an owner", "issue", "Issue"),
    "send_reply": ("Check the reply", "issue", "Issue"),
    "finish_issue": ("Say that it is done", "issue", "Issue"),
    "hold_session": ("Get ready to present", "session-number", "Session"),
    "close_session": ("Close the register", "session-number", "Session"),
    "open_session": ("Open booking", "session-number", "Session"),
    "hold_review": ("Look back with", "story-reviews", "You lead this family’s team"),
    "renew_team": ("Say who stays with", "story-reviews", "Somebody’s time in the team ends"),
    "do_step": ("Do your step for", "story-plan", "Your step in a family’s plan"),
    "agree_plan": ("Agree the plan with", "story-plan", "You lead this family’s team"),
    "authorise_story": ("Read and authorise", "story-authorise", "An assessment"),
    "sign_draft": ("Sign what you wrote for", "story-write", "A draft of yours"),
    "answer_asking": (
        "Answer what was asked or told",
        "asking",
        "Somebody outside a family’s team",
    ),
    "answer_safety": ("Say if a child is less safe", "story-safety", "An agreement was taken back"),
    "review_seal": ("Look again at what is sealed for", "story-guards", "A seal"),
    "name_keepers": ("Say who lets go", "story-keepers", "A sealed record whose time is over"),
    "review_glass": ("Review what was opened in an emergency", "glass-review", "Broken glass"),
    "take_up_request": ("See the family and open a story", "enquiry", "A request for help"),
    "ask_sponsor": (
        "Ask your agency to speak for you",
        "stories",
        "Or families’ records close to you",
    ),
    "agree_disposal": ("Agree or not that it goes", "keeping", "A record whose time is over"),
    "close_story": ("Answer the closing of", "close-answer", "A story that may end"),
    "finish_edition": ("Finish", "bulletin-make", "Bulletin"),
    "approve_edition": ("Look at and let go", "bulletin-make", "Bulletin"),
    "check_document": ("Is it still right", "document-review", "In the library"),
    "confirm_practice": ("Is it still so", "practice-confirm", "Your example of good practice"),
    "mend_practice": ("Change", "practice-change", "Your example of good practice"),
}
# Deed that is told once for all: what to do, one, many, the list, what of it.
COUNTED = {
    "speak_for_people": ("Say who still needs to look:", "person", "people", "agency-looks", ""),
    "decide_checks": ("Decide about", "child", "children", "duty-desk", ""),
    "answer_requests": ("Answer", "request for help", "requests for help", "enquiries", ""),
    "find_leads": ("Find a lead for", "family", "families", "stories-coordinate", ""),
    "see_drifting": ("See", "late review", "late reviews", "stories-coordinate", ""),
    "see_late_reviews": ("See", "late review", "late reviews", "stories-caseload", ""),
    "see_late_steps": ("See", "late step", "late steps", "stories-caseload", ""),
    "read_items": ("Read", "bulletin suggestion", "bulletin suggestions", "bulletin-desk", ""),
    "read_voices": ("Read", "new voice", "new voices", "voices", "?state=waiting"),
    "take_proposals": ("Place", "proposed item", "proposed items", "proposals", ""),
    "read_wishes": ("Read", "wish for a session", "wishes for sessions", "session-wishes", ""),
    "take_versions": ("Publish", "new version", "new versions", "library-drafts", ""),
    "take_siblings": (
        "Publish",
        "version for other readers",
        "versions for other readers",
        "library-drafts",
        "",
    ),
    "read_practices": (
        "Read",
        "example of good practice",
        "examples of good practice",
        "practices-waiting",
        "",
    ),
}
DUE = {"speak_for_people"}  # counted, with the day that comes first
OF_ONESELF = {"ask_sponsor", "agree_disposal"}  # a page without a number
STANDS_ON = ("owner__organisation", "routing__body", "tabling__item__body", "reply")
OVER = (states.CLOSED, states.WITHDRAWN)


@dataclass(frozen=True)
class Row:
    """One thing that waits: what to do, where, and how urgent it is by word and shape."""

    title: str
    href: str
    hint: str
    shape: str
    words: str
    tone: str


@require_safe
def my_day(request: HttpRequest) -> HttpResponse:
    """For everyone who signs in; holds nothing that they may not see."""
    user = request.user
    user.seats_now = governance.held_seats(user)  # asked once for all that this page reads
    rows = waiting(user)
    context = {
        "today": clock.today(),
        "greeting": greeting(),
        "rows": rows,
        "late": sum(row.tone == "bad" for row in rows),
        "threads": held_threads(user),
        "meetings": [] if user.has_role("subscriber") else coming_meetings(user),
        "in_network": user.has_role("subscriber"),
        "may_record": user.has_role("participation_worker") or user.has_role("practitioner"),
    }
    return render(request, "home/my_day.html", context)


def waiting(user: User) -> list[Row]:
    """Everything that waits for this person, oldest first, from one query."""
    found = kept.ask(
        ("my-day", *known_of(user)),
        lambda: first_of(
            governance_waiting(user), participation_waiting(user), library_waiting(user),
            bulletin_waiting(user), events_waiting(user),
        ),
    )  # fmt: skip
    both = sorted([*found, *of_families(user)], key=lambda values: values[3] or date.max)
    return [row(*values) for values in both[:MOST_ROWS]]


def of_families(user: User) -> list[tuple]:
    """What waits in families' stories, by reference: the database shows it to whom it has been told."""
    if not any(user.has_role(role) for role in WITH_FAMILIES):
        return []
    with identity.acting(user.pk, user.acting_for.pk, purpose="read"):
        asker = ("my-day-of-families", *known_of(user))
        return kept.ask(asker, lambda: first_of(families_waiting(user)))


def first_of(*areas: list[QuerySet]) -> QuerySet:
    """One question from all of these, what is due soonest first."""
    first, *others = chain(*areas)
    return first.union(*others, all=True).order_by("due", "deed", "ref")[:MOST_ROWS]


def known_of(user: User) -> tuple[Hashable, ...]:
    """All that these questions read, beside the database: whoever holds something else asks anew."""
    posts = [(post.pk, post.organisation_id, *post.roles) for post in user.posts_now]
    seats = {body: sorted(parts) for body, parts in governance.held_seats(user).items()}
    settings = {name: value for name, value in vars(partnership()).items() if name[0] != "_"}
    acting = user.acting_for.pk if user.acting_for else None
    return user.pk, user.strong, acting, clock.today(), f"{posts}{seats}{settings}"


def row(deed: str, ref: Any, title: str, due: date | None) -> Row:
    """A row of the union, in words."""
    if deed in COUNTED:
        return counted(deed, int(ref), due)
    does, address, kind = DEEDS[deed]
    args = [] if deed in OF_ONESELF else [ref]
    called = f"{does}: {title}" if title else does
    return Row(called, reverse(address, args=args), kind, *urgency(due))


def counted(deed: str, number: int, since: date) -> Row:
    """One row for many of a kind, with how long the oldest has waited."""
    does, one, many, address, query = COUNTED[deed]
    days = (clock.today() - since).days
    waited = f"Oldest: {plural(days, 'day', 'days')}" if days else "Came today"
    if deed in DUE:
        return Row(
            f"{does} {plural(number, one, many)}", reverse(address) + query, "", *urgency(since)
        )
    shape, tone = ("s-watch", "watch") if days > PATIENT_DAYS else ("s-new", "info")
    return Row(
        f"{does} {plural(number, one, many)}", reverse(address) + query, "", shape, waited, tone
    )


def urgency(due: date | None) -> tuple[str, str, str]:
    """Shape, words and tone of a day by which something is due."""
    if due is None:
        return "s-new", "When you can", "info"
    days = (due - clock.today()).days
    if days < 0:
        return "s-off", "1 day late" if days == -1 else f"{-days} days late", "bad"
    if days == 0:
        return "s-watch", "Today", "watch"
    if days <= SOON_DAYS:
        return "s-watch", "Tomorrow" if days == 1 else f"In {days} days", "watch"
    return "s-idle", f"By {due.day} {due:%B}", ""


def held_threads(user: User) -> list[tuple[Issue, Standing, int | None]]:
    """The issues that this person holds, the oldest answer first, each with how it stands."""
    mine = [post.pk for post in user.posts_now]
    held = participation.visible_issues(user).filter(owner__in=mine).exclude(state__in=OVER)
    held = held.select_related(*STANDS_ON).order_by("answer_due", "pk")[:MOST_THREADS]
    return [(issue, standing(issue), age(issue)) for issue in held]


def coming_meetings(user: User) -> QuerySet:
    """The next meetings of the bodies that this person sits on; for the clerk, of all."""
    planned = [meeting_states.PLANNED, meeting_states.PUBLISHED]
    meetings = governance.visible_meetings(user).filter(on__gte=clock.today(), state__in=planned)
    if not user.has_role("clerk"):
        meetings = meetings.filter(body__in=my_bodies(user))
    return meetings.select_related("body").order_by("on", "starts_at")[:MOST_MEETINGS]


def greeting() -> str:
    """Good morning, afternoon or evening, by the local clock."""
    hour = timezone.localtime(clock.now()).hour
    return "Good morning" if hour < 12 else "Good afternoon" if hour < 17 else "Good evening"
