"""The one way to a family's page: who asks is told to the database, and the look is kept first."""

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse

from saidanddone.core import identity
from saidanddone.core.lifecycle import Moved
from saidanddone.earlyhelp import permissions, verbs
from saidanddone.earlyhelp.models import Story, TeamMembership
from saidanddone.earlyhelp.views.outside import shut_out, unspoken
from saidanddone.people.models import User
from saidanddone.people.signin import confidential

View = Callable[..., HttpResponse]
SHOWING = ("GET", "HEAD")
HERE_BECAUSE = {
    "lead": "you lead this family’s team", "membership": "you are in this family’s team",
    "supervision": "you supervise somebody who is in its team",
    "coordination": "you coordinate where they live", "authorisation": "it waits for your answer",
    "file": "you keep its file", "break_glass": "you broke the glass for an hour",
}  # fmt: skip


class ShutOut(Exception):  # noqa: N818 -- it tells what happened
    """They were in this family's team, and are no longer."""

    def __init__(self, past: TeamMembership) -> None:
        super().__init__("shut out")
        self.past = past


class Unspoken(Exception):  # noqa: N818 -- the same
    """Their agency has not said in time that they need to see families' records."""


def for_family_record(
    part: str, of: Collection[str] = permissions.READ, *, shown: bool = True
) -> Callable[[View], View]:  # fmt: skip
    """A page of one story: the view is given the story, if whoever asks has a right of these parts.

    `part` names the page in the list of who has looked. The look is written in the transaction of
    the page, which ends before a byte leaves. Refused tries are kept too, and are answered alike
    whether the story exists or not. What shows nothing that its author did not type (`shown`), as a
    text that saves itself every few seconds, keeps no look: it would bury the others.
    """
    enter = _looked if shown else _entered

    def guard(view: View) -> View:
        @wraps(view)
        @confidential
        def guarded(request: HttpRequest, pk: UUID, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                with _taken_once(part, pk), _told(request.user):
                    response = enter(view, request, pk, part, of, *args, **kwargs)
                    _sent(request, response)
            except Unspoken:
                return private(unspoken(request))
            except ShutOut as shut:
                return _refused(request, pk, part, shut.past)
            except (Http404, PermissionDenied):
                verbs.note_refused(story=pk, part=part, by=request.user)
                request.id = ""  # not even the code on the page may differ: the log has it
                raise
            return private(response)

        return guarded

    return guard


def for_family_list(view: View) -> View:
    """A page of many stories by reference: it shows no name, and so leaves no look."""

    @wraps(view)
    @confidential
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not permissions.spoken_for(request.user):
            return private(unspoken(request))
        with _taken_once(request.path), _told(request.user), _spoken_once(request):
            response = view(request, *args, **kwargs)
            _sent(request, response)
        return private(response)

    return guarded


def _spoken_once(request: HttpRequest) -> AbstractContextManager[None]:
    if request.method in SHOWING:
        return permissions.known_to_be_spoken_for(request.user)
    return nullcontext()


def for_agency(view: View) -> View:
    """A page of those who answer for an agency: of posts and signatures, and of no family."""

    @wraps(view)
    @confidential
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with _told(request.user):
            response = view(request, *args, **kwargs)
        return private(response)

    return guarded


def _looked(
    view: View, request: HttpRequest, pk: UUID, part: str, of: Collection[str], *args: Any,
    **kwargs: Any,
) -> HttpResponse:  # fmt: skip
    story, held = _story(request, pk, of)
    with asked_once(request, story, held):
        purpose = permissions.purpose_of(request.user, story)
        verbs.read_story(story=story, part=part, purpose=purpose, by=request.user)
        request.here_because = HERE_BECAUSE.get(purpose, "")  # told at the head of the page
        return view(request, story, *args, **kwargs)


def _entered(
    view: View, request: HttpRequest, pk: UUID, part: str, of: Collection[str], *args: Any,
    **kwargs: Any,
) -> HttpResponse:  # fmt: skip
    story, held = _story(request, pk, of)
    with asked_once(request, story, held):
        return view(request, story, *args, **kwargs)


def asked_once(
    request: HttpRequest, story: Story, held: permissions.Held
) -> AbstractContextManager[None]:
    """What somebody may do is asked at each deed; for what a page shows, once."""
    if request.method in SHOWING:
        return permissions.remembering(request.user, story, held)
    return nullcontext()


def _story(
    request: HttpRequest, pk: UUID, of: Collection[str]
) -> tuple[Story, permissions.Held]:  # fmt: skip
    found = permissions.opened_story(request.user, pk, of)
    if found is None:
        if not permissions.spoken_for(request.user):
            raise Unspoken
        past = permissions.own_past(request.user, pk)
        raise Http404 if past is None else ShutOut(past)
    return found


def _refused(request: HttpRequest, pk: UUID, part: str, past: TeamMembership) -> HttpResponse:
    """Whoever was in the team is refused too, and told what rule 3 leaves them."""
    with _told(request.user):
        response = shut_out(request, past)
    verbs.note_refused(story=pk, part=part, by=request.user)
    return private(response)


@contextmanager
def _taken_once(what: str, pk: UUID | None = None) -> Iterator[None]:
    """A form with the same mark was kept in the same moment, or by somebody whose rows one sees not."""
    try:
        yield
    except IntegrityError as failure:
        told = getattr(failure.__cause__, "diag", None)
        if "_once_" not in (getattr(told, "constraint_name", "") or ""):
            raise
        raise Moved(Story(pk=pk), what) from failure


def _told(user: User) -> AbstractContextManager[None]:
    """A post counts only when surely signed in: by a code alone one is nobody's worker."""
    post = user.acting_for.pk if user.acting_for is not None and user.strong else None
    return identity.acting(user.pk, post, purpose="read")


def for_own_words(view: View) -> View:
    """What somebody typed and did not send: no record's yet, and read by nobody else."""
    return for_agency(view)


def _sent(request: HttpRequest, response: HttpResponse) -> None:
    """Once a form was taken, its words wait nowhere any more."""
    if request.method == "POST" and response.status_code == 302:
        verbs.drop_typing(place=request.path, by=request.user)


def private(response: HttpResponse) -> HttpResponse:
    """Nothing of a family is kept by a browser or anything between."""
    response["Cache-Control"] = "no-store"
    return response
