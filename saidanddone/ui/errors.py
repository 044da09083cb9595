"""Pages for when something went wrong: plain words, a code for the log, no database."""

import sys
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from psycopg_pool import PoolClosed, PoolTimeout

from saidanddone.core.lifecycle import Moved
from saidanddone.ui.context import without_database
from saidanddone.ui.typed import Typed, typed_in

DATABASE_AWAY = (OperationalError, InterfaceError, PoolTimeout, PoolClosed)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what the browser sent cannot be read; or 413, because there is too much of it."""
    if isinstance(exception, RequestDataTooBig | TooManyFilesSent):
        return too_large(request)
    return draw(request, "bad_request", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: may look, may not do."""
    return draw(request, "forbidden", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: the same page whether it never was, is gone, or is not for this person."""
    return draw(request, "not_found", 404)


def moved(request: HttpRequest, moved: Moved) -> HttpResponse:
    """409: somebody else did it first; what was typed is shown, to copy."""
    back = getattr(moved.record, "get_absolute_url", lambda: "/")()
    return draw(request, "moved", 409, typed=typed_in(request), back=back)


def too_large(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """413: a file or a text that is larger than we take."""
    return draw(request, "too_large", 413)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429: too many tries in a short time."""
    return draw(request, "too_many", 429, typed=typed_in(request))


def failed(request: HttpRequest) -> HttpResponse:
    """500: our fault; what was typed is shown, to copy. 503 if only the database was away.

    Sessions and sign-in ask it before any view does. Django makes an answer of what they raise where
    it was raised, by calling this: no middleware around them sees more than the answer.
    """
    if isinstance(sys.exception(), DATABASE_AWAY):
        return database_away(request)
    return draw(request, "failed", 500, typed=typed_in(request))


def database_away(request: HttpRequest) -> HttpResponse:
    """503: the records cannot be reached for a moment; what was typed waits in the page."""
    response = draw(request, "database_away", 503, typed=typed_in(request), **again(request))
    response["Retry-After"] = "5"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the page stood open too long, or cookies are off; what was typed waits in the page."""
    return draw(request, "csrf_failure", 403, typed=typed_in(request), **again(request))


def again(request: HttpRequest) -> dict[str, Any]:
    """A fresh token and the same address, but only for a form that came from our own pages.

    A form that another site made its reader send must not become one press of our button.
    """
    if not _from_our_pages(request):
        return {"again": "", "token": ""}
    return {"again": request.get_full_path(), "token": get_token(request)}


def _from_our_pages(request: HttpRequest) -> bool:
    if request.method != "POST":
        return False
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return (
        request.headers.get("Origin") == f"{request.scheme}://{request.META.get('HTTP_HOST', '')}"
    )


def draw(request: HttpRequest, page: str, status: int, **more: Any) -> HttpResponse:
    """One error page, without the request: its context would ask who is signed in."""
    context = {
        **without_database(),
        "code": getattr(request, "id", ""),
        "typed": Typed(),
        "again": "",
        "token": "",
        "back": "",
        **more,
    }
    return HttpResponse(render_to_string(f"ui/errors/{page}.html", context), status=status)
