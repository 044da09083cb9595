"""Public pages, kept for a minute: the same bytes for everyone who carries no session."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag

View = Callable[..., HttpResponse]
# Cookies that make a page somebody's own: who is signed in, and what was just said to one reader.
PERSONAL = {settings.SESSION_COOKIE_NAME, "messages"}
LONGEST_ADDRESS = 240  # a longer one is nobody's bookmark, and no cache takes it as a key


def for_everyone(view: View) -> View:
    """Keep this page for 60 seconds for those who are not signed in; it may hold no token."""

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        address = request.get_full_path()
        somebodys = PERSONAL & request.COOKIES.keys()
        if request.method != "GET" or somebodys or len(address) > LONGEST_ADDRESS:
            return view(request, *args, **kwargs)
        pages = caches["pages"]
        response = pages.get(address)
        if response is None:
            response = view(request, *args, **kwargs)
            if response.status_code == 200:
                pages.set(address, response)
        response["Cache-Control"] = "public, max-age=60"
        patch_vary_headers(response, ["Cookie"])  # a browser asks anew once it is signed in
        return response

    return kept


def unless_known(view: View) -> View:
    """Answer "not changed" to a reader who has these very bytes already; stands outside the rest."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code != 200:
            return response
        set_response_etag(response)
        known = get_conditional_response(request, etag=response["ETag"], response=response)
        return known or response

    return asked
