"""The pages of "Tell us": one question each, no account; nothing is kept before the end."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from saidanddone.core import clock, limits, workdays
from saidanddone.core.limits import Limit
from saidanddone.participation import permissions, verbs
from saidanddone.participation.forms import tell_us as forms
from saidanddone.participation.models import Voice
from saidanddone.participation.models.voices import Readers
from saidanddone.participation.views.cards import card_token, worker_of
from saidanddone.people.models import Post
from saidanddone.reference.models import partnership
from saidanddone.ui import errors

STEPS: dict[str, type[forms.Step]] = {
    "words": forms.WordsForm,
    "you": forms.YouForm,
    "share": forms.ShareForm,
    "hear": forms.HearForm,
    "check": forms.CheckForm,
}
ORDER = tuple(STEPS)
HIDDEN = ("worker",)  # carried along beside the answers
# A whole school may sit behind one address; the other figure is for all of us together.
FROM_ONE_PLACE = Limit("tell-us", most=60, seconds=600)
FROM_ALL = Limit("tell-us-all", most=600, seconds=600)
READ_WITHIN = 2  # working days


@login_not_required
@require_http_methods(["GET", "POST"])
def tell_us(request: HttpRequest) -> HttpResponse:
    """Ask, check, and take what is told; every press of a button brings all answers along."""
    if not partnership().tell_us_open:
        return render(request, "participation/tell_us_closed.html")
    answers = _answers(request)
    worker = worker_of(answers["worker"])
    if request.method == "GET":
        return _ask(request, _form("words", worker, answers=answers))
    at = request.POST.get("at")
    at = at if at in ORDER else "words"
    return _turn(request, at, request.POST.get("go", "next"), worker, answers)


def _turn(
    request: HttpRequest, at: str, go: str, worker: Post | None, answers: dict[str, str]
) -> HttpResponse:
    """To the page that the button asks for; forward only when this one is answered."""
    if go in ORDER:
        return _ask(request, _form(go, worker, answers=answers))
    if go == "back":
        before = ORDER[max(0, ORDER.index(at) - 1)]
        return _ask(request, _form(before, worker, answers=answers))
    form = _form(at, worker, answers=answers, request=request)
    if not form.is_valid():
        return _ask(request, form, status=422)
    if at == "check":
        return _send(request, form, worker, answers)
    after = "check" if "changing" in request.POST else ORDER[ORDER.index(at) + 1]
    return _ask(request, _form(after, worker, answers=answers))


def _send(
    request: HttpRequest, last: forms.Step, worker: Post | None, answers: dict[str, str]
) -> HttpResponse:
    """Keep it, if every page is answered; otherwise to the first that is not."""
    bound = {name: _form(name, worker, answers=answers, request=request) for name in ORDER[:-1]}
    for form in bound.values():
        if not form.is_valid():
            return _ask(request, form, status=422)
    if _too_many(request):
        return errors.too_many(request)
    said = {}
    for form in [*bound.values(), last]:
        said |= form.said()
    voice = verbs.record_voice(
        by=None, once=last.cleaned_data["once"], **_with_worker(said, worker)
    )
    return _done(request, voice, worker)


def _with_worker(said: dict[str, Any], worker: Post | None) -> dict[str, Any]:
    """The worker whom they chose to read it or to hear back through, by card or address."""
    if said["readers"] == Readers.MY_WORKER:
        said["worker"] = worker
    elif said["worker"] is None and "@" in said["hear_through"]:
        said["worker"] = permissions.worker_at(said["hear_through"])
    return said


def _too_many(request: HttpRequest) -> bool:
    return not (FROM_ONE_PLACE.count(limits.address(request)) and FROM_ALL.count(""))


def _done(request: HttpRequest, voice: Voice, worker: Post | None) -> HttpResponse:
    """The code, and who can give another; whether an address is a worker's is not told."""
    code = voice.code
    renews = worker if worker and voice.worker_id == worker.pk else None
    context = {
        "code": code, "read_by": _read_by(), "token": card_token(code) if code else "",
        "worker": renews,
    }  # fmt: skip
    return render(request, "participation/tell_us_done.html", context)


def _read_by() -> date:
    return workdays.add(clock.today(), READ_WITHIN, verbs.closed_days())


def _answers(request: HttpRequest) -> dict[str, str]:
    """Everything answered so far, as it was typed."""
    if request.method == "GET":
        return {"worker": request.GET.get("worker", "")}
    names = [name for form in STEPS.values() for name in form.base_fields if name != "once"]
    return {"worker": ""} | {
        name: request.POST[name] for name in (*names, *HIDDEN) if name in request.POST
    }


def _form(
    name: str, worker: Post | None, *, answers: dict[str, str], request: HttpRequest | None = None
) -> forms.Step:
    """The form of one page: bound to what was posted, or showing what was answered before."""
    more = {"needs_picture": _needs_picture(answers)} if name == "check" else {}
    if request:
        return STEPS[name](request.POST, request.FILES, worker=worker, **more)
    return STEPS[name](initial=answers, worker=worker, **more)


def _needs_picture(answers: dict[str, str]) -> bool:
    return not answers.get("words", "").strip()


def _ask(request: HttpRequest, form: forms.Step, status: int = 200) -> HttpResponse:
    at = next(name for name, kind in STEPS.items() if type(form) is kind)
    answers = _answers(request)
    context = {
        "form": form,
        "at": at,
        "number": ORDER.index(at) + 1,
        "of": len(ORDER) - 1,
        "kept": {name: value for name, value in answers.items() if name not in form.fields},
        "changing": "changing" in request.POST or request.POST.get("go") in ORDER,
        "somebody_reads": verbs.somebody_reads_now(),
        "read_by": _read_by(),
        "summary": _summary(answers, form.worker) if at == "check" else {},
    }
    return render(request, f"participation/tell_us_{at}.html", context, status=status)


def _summary(answers: dict[str, str], worker: Post | None) -> dict[str, str]:
    """What they answered, in the words of the pages."""
    you, share = forms.YouForm(answers), forms.ShareForm(answers, worker=worker)
    found = {}
    for form in (you, share):
        for name in form.fields:
            found[name] = _in_words(form, name)
    return found


def _in_words(form: forms.Step, name: str) -> str:
    field, given = form.fields[name], form.data.get(name, "")
    choices = getattr(field, "choices", None)
    if choices is None:
        return given
    return next((str(words) for value, words in choices if str(value) == str(given)), "")
