"""Pages for the same made for somebody else: brought, published, taken back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST

from saidanddone.core.access import require
from saidanddone.core.files import FileRefused
from saidanddone.library import forms, permissions, verbs
from saidanddone.library.models import Sibling
from saidanddone.library.views.shared import crumbs_of, deed, done_already, typed


@require_http_methods(["GET", "POST"])
def sibling_add(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Bring an easy read, a translation, a recording …, made from this version."""
    visible = permissions.visible_versions(request.user).without_text()
    found = get_object_or_404(
        visible.select_related("document"), document__slug=slug, number=number
    )
    require("add_sibling", permissions.version_verbs(request.user, found))
    form = forms.SiblingForm(typed(request), request.FILES or None)
    if form.is_valid():
        try:
            verbs.add_sibling(version=found, **form.cleaned_data, by=request.user)
            messages.success(request, "It is here as a draft, until it is published.")
            return redirect(found.document)
        except FileRefused as refused:
            form.add_error("upload", str(refused))
    return deed(
        request, "Add the same for other readers", form, "Add it",
        crumbs=crumbs_of(found.document), intro=f"Made from version {number}.",
    )  # fmt: skip


@require_POST
def sibling_publish(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Let it stand first on the document's page."""
    found = _sibling(request, slug, pk)
    if not done_already(request, found, "publish_sibling"):
        verbs.publish_sibling(sibling=found, by=request.user)
        messages.success(request, f"“{found.called}” is out.")
    return redirect(found.version.document)


@require_http_methods(["GET", "POST"])
def sibling_withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take it back, with the reason."""
    found = _sibling(request, slug, pk)
    document = found.version.document
    if done_already(request, found, "withdraw_sibling"):
        return redirect(document)
    require("withdraw_sibling", permissions.sibling_verbs(request.user, found))
    form = forms.ReasonForm(typed(request), label="Why is it taken back?")
    if form.is_valid():
        verbs.withdraw_sibling(sibling=found, **form.cleaned_data, by=request.user)
        return redirect(document)
    return deed(
        request, f"Take back “{found.called}”", form, "Take it back", grave=True,
        crumbs=crumbs_of(document), intro="Nobody can open it any more.",
    )  # fmt: skip


def _sibling(request: HttpRequest, slug: str, pk: int) -> Sibling:
    visible = permissions.visible_siblings(request.user).without_text()
    visible = visible.select_related("version__document")
    return get_object_or_404(visible, version__document__slug=slug, pk=pk)
