"""The thread page: what became of somebody's words, opened with the code on their card."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from saidanddone.core import limits
from saidanddone.core.access import Refused
from saidanddone.core.limits import Limit
from saidanddone.participation import permissions, states, verbs
from saidanddone.participation.forms import thread as forms
from saidanddone.participation.forms.tell_us import CodeForm
from saidanddone.participation.models import Issue, Voice
from saidanddone.participation.models.codes import in_address, tidy
from saidanddone.participation.views.timeline import YOUNG, timeline
from saidanddone.ui import errors

# Wrong codes: a class may mistype a lot; nobody gets through 2^40 codes like this.
FROM_ONE_PLACE = Limit("code", most=60, seconds=600)
FROM_ALL = Limit("code-all", most=3000, seconds=3600)
WITH_ONE_CODE = Limit("thread-words", most=30, seconds=3600)  # words that one code may add
NOT_OPENED = (
    "We could not open a page with this code. Look at each word and number on your card. "
    "If you were given a new card, only the new one works."
)
DONE = {
    "later": "We will ask you again when you come back.",
    "judged": "Thank you. We have your word on it.",
    "happened": "Thank you. Now everybody can see it.",
    "agreed": "Thank you. We have what you said about the title.",
    "answered": "Thank you. Your answer is on its way.",
    "added": "Thank you. We have what you added. A person reads it next.",
}
ELSEWHERE = ("answers_question", "reason_for", "last_word_of")  # words that stand at their place
View = Callable[..., HttpResponse]


def with_code(view: View) -> View:
    """Hand the view the voice that the code opens; pages are never kept, listed or told on.

    Whoever has the code may do what the page offers, and nothing hangs on a cookie: so there is no
    token to forge, and a phone without cookies works.
    """

    @csrf_exempt
    @login_not_required
    @wraps(view)
    def opened(request: HttpRequest, code: str, **rest: Any) -> HttpResponse:
        if _too_many(request):
            return _private(errors.too_many(request))
        voice = permissions.voice_by_code(code)
        if voice is None:
            return _private(_wrong_code(request))
        return _private(view(request, voice, code=code, **rest))

    return opened


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _too_many(request: HttpRequest) -> bool:
    return limits.spent((FROM_ONE_PLACE, limits.address(request)), (FROM_ALL, ""))


def _wrong_code(request: HttpRequest, form: CodeForm | None = None) -> HttpResponse:
    """The same answer whether the code never was, has ended or was mistyped."""
    FROM_ONE_PLACE.count(limits.address(request))
    FROM_ALL.count("")
    form = form or CodeForm({"code": ""})
    form.errors.clear()
    form.add_error("code", NOT_OPENED)
    return render(request, "participation/thread_entry.html", {"form": form}, status=404)


@csrf_exempt  # it only redirects; the front page that posts here is for all, without a token
@login_not_required
def thread_entry(request: HttpRequest) -> HttpResponse:
    """Ask for the code; send on to its page."""
    if request.method != "POST":
        return _private(render(request, "participation/thread_entry.html", {"form": CodeForm()}))
    form = CodeForm(request.POST)
    if not form.is_valid():
        page = render(request, "participation/thread_entry.html", {"form": form}, status=422)
        return _private(page)
    typed = form.cleaned_data["code"]
    if _too_many(request):
        return _private(errors.too_many(request))
    if not tidy(typed):
        return _private(_wrong_code(request, form))
    return _private(redirect("thread", code=in_address(typed)))


# ------------------------------------------------------------------ the page


@with_code
@require_GET
def thread(request: HttpRequest, voice: Voice, code: str) -> HttpResponse:
    """All that became of these words, in plain words, and what their speaker can do now."""
    return _page(request, voice, code)


def _page(
    request: HttpRequest, voice: Voice, code: str, *, status: int = 200, **bound: Any
) -> HttpResponse:
    """The page, with the form that has something to fix among the others, if there is one."""
    hold = voice.holds.order_by("-pk").first()
    context = {
        "voice": voice, "code": code, "hold": hold, "form": next(iter(bound.values()), None),
        "done": DONE.get(request.GET.get("done", ""), ""),
    }  # fmt: skip
    if voice.state == states.TAKEN_BACK or (hold and hold.take_back_asked_at):
        return render(request, "participation/thread_gone.html", context)
    if voice.state in permissions.OUT_OF_SIGHT:
        return render(request, "participation/thread_kept.html", context)
    context |= _context(voice, bound)
    return render(request, "participation/thread.html", context, status=status)


def _context(voice: Voice, bound: dict[str, Any]) -> dict[str, Any]:
    """Everything that belongs to the words, in two queries."""
    issues = permissions.with_thread(permissions.issues_of(voice), AnonymousUser())
    followers = list(
        voice.followed_by.exclude(state=states.TAKEN_BACK)
        .select_related("answers_question", "reason_for", "last_word_of")
        .order_by("recorded_at")
    )
    answers = {
        f.answers_question.question_id: f for f in followers if hasattr(f, "answers_question")
    }
    return {
        "can": permissions.voice_verbs(None, voice),
        "threads": [_thread(issue, voice, answers, bound) for issue in issues],
        "more": [f for f in followers if not any(hasattr(f, place) for place in ELSEWHERE)],
    }


def _thread(
    issue: Issue, voice: Voice, answers: dict[int, Voice], bound: dict[str, Any]
) -> dict[str, Any]:
    def form(kind: type, name: str, pk: int) -> Any:
        return bound.get(f"{name}-{pk}") or kind(auto_id=named(name, pk))

    can = permissions.speaker_verbs(voice, issue)
    return {
        "issue": issue,
        "moments": timeline(issue, YOUNG, voice),
        "can": can,
        "fair": form(forms.FairForm, "fair", issue.pk),
        "happened": form(forms.HappenedForm, "happened", issue.pk),
        "agree": form(forms.TitleForm, "title", issue.pk),
        "questions": [
            row
            | {"answer": answers.get(row["pk"]), "form": form(forms.MoreForm, "answer", row["pk"])}
            for row in issue.t_questions
        ],
        "promised": next((row["by_when"] for row in issue.t_replies if row["by_when"]), None),
    }


# ------------------------------------------------------------------ deeds


def named(name: str, pk: int) -> str:
    """Several forms stand on one page, each with its own address: only their ids must differ."""
    return f"id_{name}_{pk}_%s"


def _issue(voice: Voice, pk: int) -> Issue:
    return get_object_or_404(
        permissions.issues_of(voice).select_related("reply", "owner__user"), pk=pk
    )


def _back(code: str, done: str) -> HttpResponse:
    return redirect(f"{reverse('thread', args=[code])}?done={done}#main")


@with_code
@require_POST
def judge(request: HttpRequest, voice: Voice, code: str, pk: int) -> HttpResponse:
    """Say whether the answer is fair, or keep it for later."""
    issue = _issue(voice, pk)
    form = forms.FairForm(request.POST, auto_id=named("fair", pk))
    if not form.is_valid():
        return _page(request, voice, code, status=422, **{f"fair-{pk}": form})
    verdict = form.cleaned_data["fair"]
    if verdict == forms.FairForm.LATER:
        return _back(code, "later")
    verbs.judge_reply(
        issue=issue, voice=voice, verdict=verdict, because=form.cleaned_data["because"]
    )
    return _back(code, "judged")


@with_code
@require_POST
def say_happened(request: HttpRequest, voice: Voice, code: str, pk: int) -> HttpResponse:
    """Say whether it happened."""
    issue = _issue(voice, pk)
    form = forms.HappenedForm(request.POST, auto_id=named("happened", pk))
    if not form.is_valid():
        return _page(request, voice, code, status=422, **{f"happened-{pk}": form})
    verbs.say_if_it_happened(issue=issue, voice=voice, **form.cleaned_data)
    return _back(code, "happened")


@with_code
@require_POST
def agree(request: HttpRequest, voice: Voice, code: str, pk: int) -> HttpResponse:
    """Agree the title, or say what one would say instead."""
    issue = _issue(voice, pk)
    form = forms.TitleForm(request.POST, auto_id=named("title", pk))
    if not form.is_valid():
        return _page(request, voice, code, status=422, **{f"title-{pk}": form})
    verbs.agree_title(issue=issue, voice=voice, **form.cleaned_data)
    return _back(code, "agreed")


@with_code
@require_POST
def answer(request: HttpRequest, voice: Voice, code: str, pk: int) -> HttpResponse:
    """Answer what was asked."""
    question = get_object_or_404(permissions.questions_to(voice).select_related("issue"), pk=pk)
    form = forms.MoreForm(request.POST, auto_id=named("answer", pk))
    if not form.is_valid():
        return _page(request, voice, code, status=422, **{f"answer-{pk}": form})
    verbs.answer_question(question=question, voice=voice, **form.cleaned_data)
    return _back(code, "answered")


@with_code
def add(request: HttpRequest, voice: Voice, code: str) -> HttpResponse:
    """Add words to the same thread."""
    form = forms.MoreForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not WITH_ONE_CODE.count(str(voice.pk)):
            return errors.too_many(request)
        verbs.add_words(voice=voice, **form.cleaned_data)
        return _back(code, "added")
    return render(request, "participation/thread_add.html", {"form": form, "code": code})


@with_code
def take_back(request: HttpRequest, voice: Voice, code: str) -> HttpResponse:
    """Ask once more, say what cannot be called back, then take the words back."""
    if request.method == "POST":
        try:
            verbs.take_back_voice(voice=voice)
        except Refused:  # pressed twice: they are gone already
            return redirect("thread", code=code)
        return redirect("thread", code=code)
    return render(request, "participation/thread_take_back.html", {"voice": voice, "code": code})
