"""An issue with its whole thread, in one query; and the issues that one voice opens."""

from functools import cache

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Count, Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Concat, JSONObject

from saidanddone.governance import permissions as governance
from saidanddone.governance.states import DECLINED
from saidanddone.participation import states
from saidanddone.participation.models import (
    GroupedVoice,
    Happened,
    Issue,
    Judgement,
    Question,
    Reply,
    Routing,
    Step,
    Tabling,
    Voice,
)
from saidanddone.people.models import User

HISTORIC = ("pk", "on", "at", "precision", "source")


def with_thread(issues: QuerySet[Issue], user: User | AnonymousUser) -> QuerySet[Issue]:
    """The issues, each with its whole thread in the same query, as this person may see it."""
    known = issues.select_related("owner__user", "owner__organisation", "topic", "routing")
    return known.annotate(
        t_tablings=_rows(
            _tablings(user), *HISTORIC, "item", "may_open",
            body="item__body__name", hidden="item__body__meets_in_private",
            meeting="item__meeting", meets="item__meeting__on", state="item__meeting__state",
            day_known="item__meeting__precision",
        ),
        t_steps=_rows(
            Step.objects.filter(issue=OuterRef("pk")).annotate(may_open=_may_open(user, "meeting")),
            *HISTORIC, "kind", "text", "before", "meeting", "may_open",
            hidden="meeting__body__meets_in_private",
        ),
        **_whoever_asks(),
        **_below(user),
    )  # fmt: skip


@cache
def _whoever_asks() -> dict[str, Combinable]:
    """What of the thread is the same for all who may see the issue: written once."""
    here = {"issue": OuterRef("pk")}
    return {
        "t_voices": Coalesce(Subquery(_how_many()), 0),
        "t_routings": _rows(
            Routing.objects.filter(**here), *HISTORIC, "to", "outside", "why", "due",
            name="owner__user__name", post="owner__title", at_place="owner__organisation__name",
            body="body__name", hidden="body__meets_in_private",
        ),
        "t_replies": _rows(
            Reply.objects.filter(**here, state=states.SENT), *HISTORIC, "said", "decided", "why",
            "could_not", "next", "by_when", "who", "sent_at", "promise", "promise_what",
            "judge_by", "kind",
        ),
        "t_judgements": _rows(
            Judgement.objects.filter(reply__issue=OuterRef("pk")), "pk", "reply", "voice",
            "verdict", "fair", "not_fair", "not_said", "because", "at", body="body__name",
            hidden="body__meets_in_private", own_words="words__words",
        ),
        "t_happened": _rows(
            Happened.objects.filter(**here), "pk", "voice", "answer", "because", "at",
            body="body__name", hidden="body__meets_in_private", own_words="words__words",
        ),
        "t_questions": _rows(Question.objects.filter(**here), "pk", "text", "asked_at"),
    }  # fmt: skip


def issues_of(voice: Voice) -> QuerySet[Issue]:
    """What whoever holds its code sees: each issue, and what they said of its title."""
    return (
        Issue.objects.filter(grouped__voice=voice)
        .annotate(own_agrees=F("grouped__agrees"), own_title=F("grouped__would_say"))
        .order_by("grouped__grouped_at", "pk")
    )


def questions_to(voice: Voice) -> QuerySet[Question]:
    """What those who raised its issues are asked."""
    return Question.objects.filter(issue__grouped__voice=voice)


def _below(user: User | AnonymousUser) -> dict[str, ArraySubquery]:
    """What governance holds of the issue: decisions and actions that carry its address."""
    number = Cast(OuterRef("pk"), CharField())
    path = Concat(Value("/issues/"), number, Value("/"), output_field=CharField())
    return {
        "t_decisions": _rows(
            governance.visible_decisions(user).filter(origin_path=path), "pk", "number", "wording",
            "on", "precision", "recorded_at", body="body__name",
        ),
        "t_actions": _rows(
            governance.visible_actions(user).filter(origin_path=path), "pk", "what", "due_on",
            "state", "ended_at", "assigned_at", name="owner__user__name",
        ),
    }  # fmt: skip


def _tablings(user: User | AnonymousUser) -> QuerySet[Tabling]:
    """Where it stood or stands, and whether this person may open that meeting's page."""
    here = Tabling.objects.filter(issue=OuterRef("pk")).exclude(item__state=DECLINED)
    return here.annotate(may_open=_may_open(user, "item__meeting"))


def _may_open(user: User | AnonymousUser, meeting: str) -> Exists:
    return Exists(governance.visible_meetings(user).filter(pk=OuterRef(meeting)).order_by())


def _how_many() -> QuerySet:
    """Of its own, so that no filter on the issue's voices narrows the count."""
    read = GroupedVoice.objects.filter(issue=OuterRef("pk"), voice__state=states.READ)
    return read.order_by().values("issue").annotate(n=Count("pk")).values("n")


def _rows(found: QuerySet, *same: str, **other: str) -> ArraySubquery:
    fields = {name: F(name) for name in same} | {name: F(path) for name, path in other.items()}
    return ArraySubquery(found.values(data=JSONObject(**fields)))
