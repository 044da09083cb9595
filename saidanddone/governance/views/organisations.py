"""On which boards an organisation sits."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from saidanddone.governance import permissions
from saidanddone.governance.models import Seat
from saidanddone.governance.views.shared import draw
from saidanddone.people.models import Organisation
from saidanddone.people.permissions import visible_organisations


@require_safe
def organisation_boards(request: HttpRequest, pk: int) -> HttpResponse:
    """The boards and groups on which an organisation has a seat, and who holds it."""
    found = get_object_or_404(visible_organisations(request.user), pk=pk)
    seats = permissions.seats_of(request.user, found).select_related("body").with_holders()
    rows = [
        (seat.body, seat.title, _who(seat, found)) for seat in seats.order_by("body__name", "pk")
    ]
    boards = [(body, list(group)) for body, group in groupby(rows, key=lambda row: row[0])]
    return draw(request, "organisation_boards", organisation=found, boards=boards)


def _who(seat: Seat, organisation: Organisation) -> str:
    """The grown-ups whom this organisation sends; young people are named on no such list."""
    sent = [
        one["name"] for one in seat.holders
        if one["organisation"] == organisation.name and not one["young"] and not one["pseudonym"]
    ]  # fmt: skip
    return ", ".join(sent) or "Nobody sits there yet"
