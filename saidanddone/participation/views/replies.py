"""Answering an issue: six parts, how hard they read, a draft, and a second pair of eyes."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from saidanddone.core.access import require
from saidanddone.core.lifecycle import Moved
from saidanddone.participation import permissions, states, verbs
from saidanddone.participation.forms.replies import TEXTS, ReplyForm
from saidanddone.participation.models import Issue, Reply
from saidanddone.participation.views.deeds import WHOLE
from saidanddone.people.models import User
from saidanddone.reference.models import partnership
from saidanddone.ui.reading import marked

WAITS = "The answer waits for a second pair of eyes. Somebody else reads and sends it."
PARTS = (
    "kind", "said", "decided", "why", "could_not", "next", "by_when", "promise_what",
    "promise_owner", "who", "above_age_why",
)  # fmt: skip


def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the answer, look at how hard it reads, keep it or send it."""
    issue = _answerable(request.user, pk)
    draft = issue.replies.filter(state=states.DRAFT).first()
    deed = request.POST.get("deed", "")
    form = _form(request, issue, draft, sending=deed == "send")
    if request.method == "POST" and deed in {"send", "keep"} and form.is_valid():
        try:
            return _done(request, issue, draft, form, sending=deed == "send")
        except verbs.Hindered as stopped:
            form.add_error(None, str(stopped))
    context = {
        "issue": issue,
        "form": form,
        "draft": draft,
        **_score(form),
        **_eyes(request, draft),
    }
    status = 422 if deed in {"send", "keep"} and form.errors else 200
    if deed == "check":
        form.errors.clear()
    return render(request, "participation/reply.html", context, status=status)


@require_POST
def score(request: HttpRequest, pk: int) -> HttpResponse:
    """How hard the words read as they are typed: a part of the page, for the script."""
    issue = _answerable(request.user, pk)
    form = ReplyForm(request.POST, issue=issue, user=request.user)
    return render(request, "participation/_reply_score.html", _score(form))


@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a draft that somebody else has written, as it stands."""
    drafts = permissions.visible_replies(request.user)
    whole = drafts.select_related("author", *(f"issue__{path}" for path in WHOLE))
    draft = get_object_or_404(whole, pk=pk)
    if draft.state == states.SENT:  # pressed twice
        return redirect(draft.issue)
    try:
        verbs.send_reply(reply=draft, by=request.user)
    except verbs.Hindered as stopped:
        messages.error(request, str(stopped))
        return redirect("issue-reply", draft.issue_id)
    messages.success(request, "The answer is sent. Those who raised it say if it is fair.")
    return redirect(draft.issue)


def _answerable(user: User, pk: int) -> Issue:
    """The issue, to answer yes or no: before anybody has it, only the no is open."""
    issue = get_object_or_404(permissions.visible_issues(user).select_related(*WHOLE), pk=pk)
    require("refuse_issue", permissions.issue_part(user, issue))
    if "refuse_issue" not in issue.open_verbs():
        raise Moved(issue, "refuse_issue")
    return issue


def _form(request: HttpRequest, issue: Issue, draft: Reply | None, *, sending: bool) -> ReplyForm:
    initial: dict[str, Any] = {"who": f"{request.user.name}, {request.user.acting_for.title}"}
    if issue.owner_id:
        initial = {"who": f"{issue.owner.user.name}, {issue.owner.title}"}
    if draft:
        initial = {name: getattr(draft, name) for name in (*PARTS, "version")}
    typed = request.POST if request.method == "POST" else None
    return ReplyForm(typed, issue=issue, user=request.user, initial=initial, sending=sending)


def _done(
    request: HttpRequest, issue: Issue, draft: Reply | None, form: ReplyForm, *, sending: bool
) -> HttpResponse:
    """Keep the draft or send the answer, and say which it was."""
    if draft and form.cleaned_data["version"] != draft.version:
        raise Moved(draft, "change_reply")
    if draft and not sending:
        draft = _changed(draft, form, request.user)
    else:
        draft = _answered(issue, form, request.user, sending=sending)
    if draft.state == states.SENT:
        messages.success(request, "The answer is sent. Those who raised it say if it is fair.")
        return redirect(issue)
    waits = sending and partnership().second_reader
    messages.success(request, WAITS if waits else "The draft is kept. Nobody outside sees it.")
    return redirect("issue-reply", issue.pk)


def _changed(draft: Reply, form: ReplyForm, by: User) -> Reply:
    given = form.cleaned_data
    return verbs.change_reply(
        reply=draft, version=given["version"], by=by, kind=given["kind"], **form.written()
    )


def _answered(issue: Issue, form: ReplyForm, by: User, *, sending: bool) -> Reply:
    refusal = form.cleaned_data["kind"] == Reply.Kind.REFUSAL
    verb = verbs.refuse_issue if refusal else verbs.reply_to_issue
    once = form.cleaned_data["once"]
    return verb(issue=issue, by=by, once=once, keep_as_draft=not sending, **form.written())


def _score(form: ReplyForm) -> dict[str, Any]:
    """The reading age, and each part with its hard words marked."""
    found = form.reading()
    hard = {word.lower() for word in found.hard}
    parts = []
    for name in TEXTS:
        text = str(form[name].value() or "")
        words = marked(text, found.hard)
        if "<mark>" in words:
            parts.append((form.fields[name].label, words))
    return {
        "age": found.age, "limit": partnership().reading_age, "hard": sorted(hard), "parts": parts,
        "written": any(str(form[name].value() or "").strip() for name in TEXTS),
    }  # fmt: skip


def _eyes(request: HttpRequest, draft: Reply | None) -> dict[str, Any]:
    """Whether somebody else must send it, and whether this person may."""
    can = permissions.reply_verbs(request.user, draft) if draft else set()
    return {"second_reader": partnership().second_reader, "may_send": "send_reply" in can}
