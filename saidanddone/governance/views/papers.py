"""Papers: opened after the check, added to an item, taken back."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from saidanddone.core.access import require
from saidanddone.core.files import FileRefused
from saidanddone.core.files import answer as file_answer
from saidanddone.governance import forms, permissions, states, verbs
from saidanddone.governance.models import AgendaItem
from saidanddone.governance.views.shared import crumbs_to, deed, done_already, typed


@login_not_required
@require_safe
def paper(request: HttpRequest, pk: str) -> HttpResponse:
    """The file itself, or the place where it stands, for whoever may open it now."""
    found = get_object_or_404(permissions.visible_papers(request.user), pk=pk)
    if found.url:
        return redirect(found.url)
    ending = found.file.name.rpartition(".")[2]
    try:
        file = found.file.open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    return file_answer(file, f"{found.title}.{ending}", found.media_type)


@require_http_methods(["GET", "POST"])
def paper_add(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Put a paper behind an item."""
    found = _item(request, pk, item)
    if done_already(request, found, "add_paper"):
        return redirect(found)
    require("add_paper", permissions.item_verbs(request.user, found))
    late = found.meeting.state == states.PUBLISHED and not found.meeting.source
    form = forms.PaperForm(typed(request), request.FILES or None, late=late)
    if form.is_valid():
        try:
            verbs.add_paper(item=found, **form.cleaned_data, by=request.user)
            return redirect(found)
        except FileRefused as refused:
            form.add_error("upload", str(refused))
    crumbs = crumbs_to(found.body, (found.title, found.get_absolute_url()))
    return deed(request, "Add a paper", form, "Add the paper", crumbs=crumbs)


@require_http_methods(["GET", "POST"])
def paper_withdraw(request: HttpRequest, pk: str) -> HttpResponse:
    """Take a paper back, with the reason."""
    visible = permissions.visible_papers(request.user).standing()
    found = get_object_or_404(visible.select_related("item__body", "item__meeting"), pk=pk)
    require("withdraw_paper", permissions.paper_verbs(request.user, found))
    item, leads = found.item, permissions.leads(request.user, found.item)
    back = reverse("hand-in", args=[item.meeting_id, item.pk]) if leads else item.get_absolute_url()
    form = forms.ReasonForm(typed(request), label="Why is it taken back?")
    if form.is_valid():
        verbs.withdraw_paper(paper=found, **form.cleaned_data, by=request.user)
        return redirect(back)
    crumbs = crumbs_to(item.body, (item.title, back))
    return deed(
        request, f"Take back “{found.title}”", form, "Take it back", crumbs=crumbs, grave=True,
        intro="Nobody can open it any more. Copies that have been saved cannot be called back.",
    )  # fmt: skip


def _item(request: HttpRequest, pk: int, item: int) -> AgendaItem:
    visible = permissions.visible_items(request.user).select_related("body", "meeting__body")
    return get_object_or_404(visible, pk=item, meeting=pk)
