"""How each seat voted, where a decision was not reached by agreement."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from saidanddone.core.access import require
from saidanddone.governance import forms, permissions, verbs
from saidanddone.governance.models import Decision
from saidanddone.governance.views.shared import crumbs_to, deed, typed


@require_http_methods(["GET", "POST"])
def decision_votes(request: HttpRequest, pk: int) -> HttpResponse:
    """For, against or did not vote, by seat; leaving all out means that it was agreed."""
    found = _decision(request, pk)
    require("minute_item", permissions.item_verbs(request.user, found.item))
    sitting = permissions.visible_appointments(request.user, found.body).live()
    people = list(sitting.exclude(part="adviser").select_related("seat", "post__user"))
    known = {vote.appointment_id: vote.how for vote in found.votes.all()}
    form = forms.VotesForm(typed(request), people=people, known=known)
    if request.method == "POST" and form.is_valid():
        verbs.record_votes(decision=found, votes=form.votes(), by=request.user)
        return redirect(found)
    here = crumbs_to(found.body, (found.item.title, found.item.get_absolute_url()))
    return deed(
        request, f"How each seat voted on {found.number}", form, "Save the votes", crumbs=here,
        intro="Only where it was not just agreed.",
    )  # fmt: skip


def _decision(request: HttpRequest, pk: int) -> Decision:
    related = permissions.visible_decisions(request.user).select_related(
        "item__meeting__minutes", "item__body", "body"
    )
    return get_object_or_404(related, pk=pk)
