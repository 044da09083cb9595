"""What the clock does for issues: asks for late answers, ends judging, brings news back."""

from collections.abc import Callable, Iterable
from datetime import date

import structlog
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, F, OuterRef, QuerySet
from procrastinate.contrib.django import app

from saidanddone.core import clock, workdays
from saidanddone.core.access import Refused
from saidanddone.core.lifecycle import Moved
from saidanddone.governance import permissions as governance
from saidanddone.governance import states as governance_states
from saidanddone.governance.models import Decision
from saidanddone.participation import states, verbs
from saidanddone.participation.models import BroughtBack, Issue
from saidanddone.participation.verbs.lateness import BOARD_TOLD, LEAD_TOLD, OWNER_TOLD
from saidanddone.participation.verbs.told import closed_days
from saidanddone.reference.models import partnership

log = structlog.get_logger("saidanddone.participation")
LATE = "system:late answers"
JUDGING = "system:judging"
AGENDAS = "system:agendas"


@app.periodic(cron="10 6 * * *")
@app.task(queueing_lock="issues-daily", lock="issues-daily")
def every_morning(timestamp: int) -> None:
    """Late answers climb one step; judging that nobody used ends."""
    ask_for_late_answers()
    end_judging()


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="issues-agendas", lock="issues-agendas")
def follow_agendas(timestamp: int) -> None:
    """Note what a clerk has put on an agenda; take back to those who raised it what was decided."""
    note_what_was_tabled()
    note_what_left_an_agenda()
    bring_decisions_back()


def ask_for_late_answers() -> int:
    """Owner, then their lead, then the board: each once, and each step on a day of its own."""
    today, closed, place = clock.today(), closed_days(), partnership()
    steps = (
        (BOARD_TOLD, place.late_board_days, verbs.bring_to_board),
        (LEAD_TOLD, place.late_lead_days, verbs.tell_lead),
        (OWNER_TOLD, 0, verbs.remind_owner),
    )
    done = 0
    for issue in _late(today):
        late = workdays.between(issue.answer_due, today, closed)
        for step, days, verb in steps:
            if issue.late_told == step - 1 and late >= days:
                done += _try(verb, [issue], LATE)
                break
    return done


def end_judging() -> int:
    """Replies whose days to judge have passed."""
    lapsed = _whole(Issue.objects.filter(state=states.REPLIED, reply__judge_by__lt=clock.today()))
    return _try(verbs.lapse_judgement, lapsed, JUDGING)


def note_what_was_tabled() -> int:
    """Issues proposed to a board whose clerk has found the meeting."""
    taken = _whole(
        Issue.objects.filter(
            state=states.ROUTED, routing__item__state=governance_states.ON_AGENDA
        ).exclude(tabling__item=F("routing__item"))
    )
    return sum(
        _try(verbs.table_issue, [issue], AGENDAS, item=issue.routing.item,
             meeting=issue.routing.item.meeting)
        for issue in taken
    )  # fmt: skip


def note_what_left_an_agenda() -> int:
    """Issues whose item a clerk has put back or not taken, or whose meeting was called off."""
    off = [governance_states.PROPOSED, governance_states.DECLINED]
    left = _whole(Issue.objects.filter(state=states.TABLED, tabling__item__state__in=off))
    return _try(verbs.leave_agenda, left.select_related("tabling__item__body"), AGENDAS)


def bring_decisions_back() -> int:
    """Decisions that everybody may read, on issues that were raised at a meeting."""
    done = 0
    for issue, decision in _undiscussed():
        done += _try(verbs.bring_back, [issue], AGENDAS, decision=decision)
    return done


def _late(today: date) -> QuerySet[Issue]:
    return _whole(
        Issue.objects.filter(
            state__in=states.WITH_US, answer_due__lt=today, late_told__lt=BOARD_TOLD
        )
    )


def _undiscussed() -> Iterable[tuple[Issue, Decision]]:
    """Each with its issue, matched by address: governance keeps no key to what is above it."""
    told = BroughtBack.objects.filter(decision=OuterRef("pk"))
    fresh = (
        governance.visible_decisions(AnonymousUser())
        .filter(~Exists(told), origin_path__startswith="/issues/")
        .select_related("body")
        .order_by("pk")
    )
    paths = {decision.origin_path: decision for decision in fresh}
    ids = [int(path.split("/")[2]) for path in paths if path.split("/")[2].isdecimal()]
    # What old papers tell of was brought back in its own day.
    raised = _whole(Issue.objects.filter(pk__in=ids, raised_at_body__isnull=False, source=""))
    by_path = {issue.get_absolute_url(): issue for issue in raised}
    return [(by_path[d.origin_path], d) for d in fresh if d.origin_path in by_path]


def _whole(found: QuerySet[Issue]) -> QuerySet[Issue]:
    return found.select_related(
        "owner__user", "owner__organisation", "owner__lead__user", "owner__lead__organisation",
        "reply__author", "first_owner", "routing__body", "routing__item__meeting",
        "raised_at_body__reports_voice_to",
    ).order_by("pk")  # fmt: skip


def _try(verb: Callable, issues: Iterable[Issue], by: str, **more: object) -> int:
    """Call the verb on each; one that somebody moved first is simply not ours any more."""
    done = 0
    for issue in issues:
        try:
            verb(issue=issue, by=by, **more)
        except (Moved, Refused) as stopped:
            log.info(
                "left as it is", verb=verb.__name__, issue=issue.pk, why=type(stopped).__name__
            )
        else:
            done += 1
    return done
