"""What every request passes: a code for the log, headers that keep pages private, kind failures."""

import time
import uuid
from collections.abc import Callable

import structlog
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse

log = structlog.get_logger("saidanddone.requests")
# Raised to give an answer, not because something broke.
ANSWERS = (Http404, PermissionDenied, SuspiciousOperation, BadRequest)
GetResponse = Callable[[HttpRequest], HttpResponse]


class RequestLog:
    """Give each request a code, and log its route, answer and time: no address, no words."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        code = uuid.uuid4().hex[:10]
        request.id = code  # type: ignore[attr-defined]  # for the error page
        began = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        log.info(
            "request",
            code=code,
            method=request.method,
            route=match.route if match else "none",
            status=response.status_code,
            ms=round((time.perf_counter() - began) * 1000),
        )
        return response

    def process_exception(self, request: HttpRequest, failure: Exception) -> None:
        """Log what failed and where, under the code that the error page shows."""
        if isinstance(failure, ANSWERS):
            return
        log.error("failed", code=getattr(request, "id", ""), exc_info=failure)


def headers_set(get_response: GetResponse) -> GetResponse:
    """Nothing is stored by browsers or proxies unless a page says that it is for everyone."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), browsing-topics=()"
        )
        return response

    return middleware
