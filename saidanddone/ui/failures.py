"""A database that is away and a race that was lost, told in a page instead of a crash."""

from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from psycopg_pool import PoolClosed, PoolTimeout

from saidanddone.core.lifecycle import Moved
from saidanddone.ui import errors

DATABASE_AWAY = (OperationalError, InterfaceError, PoolTimeout, PoolClosed)


class Failures:
    """Stands around sessions and sign-in too, since they ask the database first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        except DATABASE_AWAY:
            return errors.database_away(request)

    def process_exception(self, request: HttpRequest, failure: Exception) -> HttpResponse | None:
        if isinstance(failure, Moved):
            return errors.moved(request, failure)
        if isinstance(failure, DATABASE_AWAY):
            return errors.database_away(request)
        return None
