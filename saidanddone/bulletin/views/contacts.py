"""Adding readers from a list: paste, look at each line, add; and taking a list back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saidanddone.bulletin import forms, permissions, states, verbs
from saidanddone.bulletin.imports import contacts
from saidanddone.bulletin.models import ContactList
from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.core.files import FileRefused
from saidanddone.core.imports import FATES, NEW
from saidanddone.reference.models import partnership
from saidanddone.ui.filters import plural
from saidanddone.ui.tags import IMPORT_FATES

LATEST = 10
A_PAGE = 100
NAMES = {
    states.ASKED: "Asked, no answer yet", states.LIVE: "Gets the bulletin",
    states.ENDED: "Has left", states.WITHDRAWN: "Gets nothing more",
}  # fmt: skip


@require_http_methods(["GET", "POST"])
def add_readers(request: HttpRequest) -> HttpResponse:
    """First what each line would give, with nothing kept; then the deed."""
    require("add_readers", permissions.reader_verbs(request.user))
    form = forms.ContactsForm(request.POST if request.method == "POST" else None)
    report = None
    if form.is_valid():
        try:
            plan = contacts.read_text(form.cleaned_data["words"])
        except FileRefused as refused:
            form.add_error("words", str(refused))
        else:
            if request.POST.get("add"):
                return _add(request, plan, form.cleaned_data["source"])
            report = verbs.look_at_contacts(plan=plan, by=request.user)
    rows = sorted(report.rows, key=lambda row: FATES.index(row.fate)) if report else []
    context = {
        "form": form, "rows": [(row, IMPORT_FATES[row.fate]) for row in rows],
        "new": report.count(NEW) if report else 0, "looked": report is not None,
        "lists": permissions.visible_contact_lists(request.user)[:LATEST],
    }  # fmt: skip
    return render(request, "bulletin/readers.html", context)


def _add(request: HttpRequest, plan: dict, source: str) -> HttpResponse:
    report = verbs.take_contacts(plan=plan, file_name="", source=source, by=request.user)
    told = plural(report.count(NEW), "address", "addresses")
    messages.success(
        request,
        f"Added: {told}. Their letters leave in {partnership().bulletin_wait_minutes} minutes. Until "
        "then all of it can be taken back, below.",
    )
    return redirect("bulletin-readers")


@require_safe
def contact_list(request: HttpRequest, pk: int) -> HttpResponse:
    """One list that was added: whom it brought, how far it has come, and taking it back."""
    found = _list(request, pk)
    can = permissions.reader_verbs(request.user, found)
    standing = found.subscriptions.order_by("address")
    page = Paginator(standing, A_PAGE).get_page(request.GET.get("page"))
    waits = found.letters_leave_at > clock.now()
    context = {"found": found, "page": page, "can": can, "names": NAMES, "waits": waits}
    return render(request, "bulletin/contact_list.html", context)


@require_POST
def undo_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a list back, and say plainly what cannot be."""
    found = _list(request, pk)
    if "undo_contacts" not in found.open_verbs():
        messages.info(request, "That has been done already. This is how it stands now.")
        return redirect(found)
    undone = verbs.undo_contacts(contact_list=found, by=request.user)
    told = [f"Removed: {plural(undone.removed, 'address', 'addresses')}."]
    told.append(f"Called back: {plural(undone.called_back, 'letter', 'letters')}.")
    if undone.left:
        told.append(
            f"{plural(undone.left, 'letter', 'letters')} had left and cannot be called back."
        )
    if undone.kept:
        told.append(f"{undone.kept} stay as they said themselves.")
    messages.success(request, " ".join(told))
    return redirect(found)


def _list(request: HttpRequest, pk: int) -> ContactList:
    visible = permissions.visible_contact_lists(request.user)
    return get_object_or_404(visible.select_related("added_by", "undone_by"), pk=pk)
