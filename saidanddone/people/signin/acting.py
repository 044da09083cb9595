"""The post that a signed-in person acts for in this request, and pages that ask once more."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.middleware import get_user
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject

from saidanddone.people.models import User
from saidanddone.people.signin import sessions
from saidanddone.ui.context import without_database
from saidanddone.ui.typed import typed_in

GetResponse = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponse]
# What somebody without a post may still open, beside what is public.
OWN_PAGES = ("/account/", "/our-story/", "/acting-for/", "/join/", "/sign-in/", "/sign-out/")
FRESH = 15 * 60  # seconds for which one proof is enough for dangerous steps


def acting_for(get_response: GetResponse) -> GetResponse:
    """Give each signed-in person their post, end what lasted too long; no query for others."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            request.user = SimpleLazyObject(lambda: settle(request))
        response = get_response(request)
        if getattr(request, "signed_out", "") and _wanted_to_write(request, response):
            return _words_kept(request)
        return response

    middleware.process_view = leavers_kept_to_own_pages  # type: ignore[attr-defined]
    return middleware


def settle(request: HttpRequest) -> User | AnonymousUser:
    """Whoever is signed in, with the post of this session and how surely we know them."""
    user = get_user(request)
    if not user.is_authenticated:
        if request.session.session_key is None:  # it was ended elsewhere, or ran out
            sessions.forget_messages(request)
        return user
    reason = sessions.end_reason(request.session)
    if reason:
        return _end(request, user, reason)
    sessions.touch(request.session)
    user.acting_for = sessions.act_in(request.session, user)
    user.strong = sessions.is_strong(request, user)
    return user


def _end(request: HttpRequest, user: User, reason: str) -> AnonymousUser:
    request.user = user  # so that logout does not ask us again who is there
    logout(request)
    request._cached_user = request.user  # noqa: SLF001 -- Django keeps it there
    request.signed_out = reason
    sessions.forget_messages(request)
    if hasattr(request, "_messages") and request.method != "POST":
        messages.info(request, f"{reason} Sign in to go on where you were.")
    return request.user


def _wanted_to_write(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        request.method == "POST"
        and isinstance(response, HttpResponseRedirect)
        and response.url.startswith(settings.LOGIN_URL)
    )


def _words_kept(request: HttpRequest) -> HttpResponse:
    """A page with everything that was typed when the session ended, to copy; nothing is lost."""
    context = {**without_database(), "why": request.signed_out, "typed": typed_in(request)}
    return HttpResponse(render_to_string("people/signed_out.html", context), status=403)


def leavers_kept_to_own_pages(
    request: HttpRequest,
    view: View,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> HttpResponse | None:
    """Somebody without a live post may sign in, and sees their own account and what is public."""
    if not getattr(view, "login_required", True) or request.path.startswith(OWN_PAGES):
        return None
    if request.user.is_authenticated and request.user.acting_for is None:
        return HttpResponseRedirect("/our-story/" if request.path == "/my-day/" else "/account/")
    return None


def confidential(view: View) -> View:
    """A page about children: after fifteen minutes' pause it asks for the person again."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = request.user
        paused = request.session.get("paused_until", 0)
        if user.is_authenticated and sessions.proved_at(request, user) < paused:
            if get_reauthentication_flows(user):
                raise ReauthenticationRequired
            # Whoever came by a code has nothing else to prove themselves by: another code.
            _end(request, user, "Nothing happened here for a while, so we signed you out.")
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return asked


def asks_again(view: View) -> View:
    """A dangerous step: the person proves who they are, unless they did so minutes ago."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = request.user
        if user.is_authenticated:
            moment = sessions.clock.now().timestamp()
            stale = moment - sessions.proved_at(request, user) > FRESH
            if stale and get_reauthentication_flows(user):
                raise ReauthenticationRequired
        return view(request, *args, **kwargs)

    return asked
