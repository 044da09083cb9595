"""Adding readers from a list: paste, look at each line, add."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from saidanddone.bulletin import forms, permissions, verbs
from saidanddone.bulletin.imports import contacts
from saidanddone.core.access import require
from saidanddone.core.files import FileRefused
from saidanddone.core.imports import FATES, NEW
from saidanddone.ui.filters import plural
from saidanddone.ui.tags import IMPORT_FATES


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
    }  # fmt: skip
    return render(request, "bulletin/readers.html", context)


def _add(request: HttpRequest, plan: dict, source: str) -> HttpResponse:
    report = verbs.take_contacts(plan=plan, file_name="", source=source, by=request.user)
    told = plural(report.count(NEW), "address", "addresses")
    messages.success(request, f"Added: {told}. Each gets one letter.")
    return redirect("bulletin-desk")
