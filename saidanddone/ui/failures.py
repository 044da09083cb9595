"""A database that is away and a race that was lost, told in a page instead of a crash."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from saidanddone.core.lifecycle import Moved
from saidanddone.ui import errors
from saidanddone.ui.errors import DATABASE_AWAY

__all__ = ["DATABASE_AWAY", "Failures"]


class Failures:
    """What a view raises. What sessions and sign-in raise before it comes to `errors.failed`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, failure: Exception) -> HttpResponse | None:
        if isinstance(failure, Moved):
            return errors.moved(request, failure)
        if isinstance(failure, DATABASE_AWAY):
            return errors.database_away(request)
        return None
