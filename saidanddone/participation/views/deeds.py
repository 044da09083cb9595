"""One page for each deed on an issue: what it does, its form, its button."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from saidanddone.core.access import require
from saidanddone.core.lifecycle import Moved
from saidanddone.participation import permissions, verbs
from saidanddone.participation.forms import issues as forms
from saidanddone.participation.forms import replies as reply_forms
from saidanddone.participation.models import Issue
from saidanddone.people.models import User

WHOLE = (
    "owner__user", "owner__organisation", "owner__lead__user", "owner__lead__organisation",
    "first_owner", "reply__author", "reply__promise", "routing__body", "routing__item",
    "tabling__item__meeting", "raised_at_body__reports_voice_to",
)  # fmt: skip


class Deed(NamedTuple):
    """What a page needs to offer one verb."""

    verb: str
    form: Callable[..., Form]
    title: str
    button: str
    done: str
    intro: str = ""
    grave: bool = False


def whole_issue(user: User, pk: int, verb: str) -> Issue:
    """The issue with all that its verbs ask of it; whoever may look but not do is told so.

    So is, kindly, whoever comes too late: a button pressed twice, or somebody who was first.
    """
    issue = get_object_or_404(permissions.visible_issues(user).select_related(*WHOLE), pk=pk)
    require(verb, permissions.issue_part(user, issue))
    if verb not in issue.open_verbs():
        raise Moved(issue, verb)
    return issue


def _deed(request: HttpRequest, pk: int, deed: Deed, **initial: Any) -> HttpResponse:
    issue = whole_issue(request.user, pk, deed.verb)
    typed = request.POST if request.method == "POST" else None
    form = deed.form(typed, issue=issue, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            getattr(verbs, deed.verb)(issue=issue, by=request.user, **form.cleaned_data)
        except verbs.Hindered as stopped:
            form.add_error(None, str(stopped))
        else:
            messages.success(request, deed.done)
            return redirect(issue)
    context = {"issue": issue, "form": form, "deed": deed}
    status = 422 if form.errors else 200
    return render(request, "participation/issue_deed.html", context, status=status)


def route(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it to somebody, or hand it on."""
    return _deed(request, pk, ROUTE)


def table(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it on an agenda."""
    return _deed(request, pk, TABLE)


def reword(request: HttpRequest, pk: int) -> HttpResponse:
    """Say it in other words."""
    return _deed(request, pk, REWORD)


def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask those who raised it something."""
    return _deed(request, pk, ASK)


def tell(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell what happened on the way."""
    return _deed(request, pk, TELL)


def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop it, with whose wish and why."""
    return _deed(request, pk, WITHDRAW)


def group(request: HttpRequest, pk: int) -> HttpResponse:
    """Add more words that ask for the same thing."""
    return _deed(request, pk, GROUP)


def judge(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down how a group counted."""
    return _deed(request, pk, JUDGE)


def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that what was promised is done, or why it is dropped."""
    return _deed(request, pk, FINISH)


def happened(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what a group says: did it happen?"""
    return _deed(request, pk, HAPPENED)


ROUTE = Deed(
    "route_issue", forms.RouteForm, "Give it to somebody", "Give it to them",
    "It has been handed over. Whoever has it now stands on this page.",
    "One person answers, even when a board decides. Handing on does not move the day.",
)  # fmt: skip
TABLE = Deed(
    "table_issue", forms.TableForm, "Put it on an agenda", "Put it on this agenda",
    "It stands on the agenda.",
    "The agenda carries the title and the agreed wording. Own words stay here.",
)  # fmt: skip
REWORD = Deed(
    "reword_issue", forms.RewordForm, "Say it in other words", "Use these words",
    "The new words stand there, and the old ones are kept.",
    "Everybody who raised it is asked again, on their own page, if this is what they mean. Agendas "
    "that wait get the new words too.",
)  # fmt: skip
ASK = Deed(
    "ask_question", forms.QuestionForm, "Ask those who raised it", "Send the question",
    "The question stands on their page.",
    "They find it on their own page. A person reads each answer before you see it.",
)  # fmt: skip
TELL = Deed(
    "tell_step", forms.StepForm, "Tell what happened", "Tell them",
    "It stands on the thread.",
    "Each step on the way stands on the thread, for those who raised it and on the public page.",
)  # fmt: skip
WITHDRAW = Deed(
    "withdraw_issue", forms.WithdrawForm, "Withdraw it", "Withdraw it",
    "It is withdrawn, and those who raised it are told by whom and why.",
    "Only those who raised it may want this. It then stays without an answer, in public.",
    grave=True,
)  # fmt: skip
GROUP = Deed(
    "group_voices", forms.GroupForm, "Add more words", "Add these words",
    "The words belong to this issue now.",
    "Whoever said them follows this issue with their own code, and judges the answer too.",
)  # fmt: skip
JUDGE = Deed(
    "judge_reply_as_group", reply_forms.GroupJudgementForm, "Write down a group’s count",
    "Write it down", "The count is written down.",
    "Count hands at the meeting: is the answer fair? No hand up is “did not say”, never fair. "
    "As many for not fair as for fair counts as not fair.",
)  # fmt: skip
FINISH = Deed(
    "finish_issue", reply_forms.FinishForm, "Say that it is done", "Finish the thread",
    "The thread is finished. Those who raised it are asked if it happened.",
    "A thread ends when what was promised is done, or dropped with a reason that is told.",
)  # fmt: skip
HAPPENED = Deed(
    "say_if_it_happened", reply_forms.GroupHappenedForm, "Write down if it happened",
    "Write it down", "What they say stands on the thread.",
    "Ask the group at its meeting whether what was promised has happened.",
)  # fmt: skip
