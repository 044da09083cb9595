"""Pages of versions: one of them, its file, what waits to be published."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from saidanddone.core.access import require
from saidanddone.core.files import FileRefused
from saidanddone.core.pages import for_everyone
from saidanddone.library import forms, permissions, verbs
from saidanddone.library.models import Version
from saidanddone.library.views.documents import review_day
from saidanddone.library.views.shared import (
    crumbs_of,
    crumbs_to,
    deed,
    document_of,
    done_already,
    draw,
    given,
    typed,
)

MOST = 100  # drafts on one page; more than that wait for nobody


@login_not_required
@for_everyone
@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version as it was approved, with what was made from it."""
    found = _version(request, slug, number)
    siblings = permissions.visible_siblings(request.user).filter(version=found).without_text()
    made = list(siblings.select_related("version__document"))
    return draw(
        request, "version", version=found, document=found.document,
        newest=found.document.current, crumbs=crumbs_of(found.document),
        siblings=[one for one in made if one.is_published],
        can=permissions.version_verbs(request.user, found),
    )  # fmt: skip


@login_not_required
@require_safe
def version_file(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The file of one version, for whoever may open it now."""
    found = _version(request, slug, number)
    return given(found, f"{found.document.title}, version {found.number}")


@require_http_methods(["GET", "POST"])
def version_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring a new version."""
    found = document_of(request, slug)
    if done_already(request, found, "add_version"):
        return redirect(found)
    require("add_version", permissions.document_verbs(request.user, found))
    form = forms.VersionForm(typed(request), request.FILES or None)
    if form.is_valid():
        try:
            verbs.add_version(document=found, **form.cleaned_data, by=request.user)
            messages.success(request, _then(request))
            return redirect(found)
        except FileRefused as refused:
            form.add_error("upload", str(refused))
    return deed(request, "Add a version", form, "Add the version", crumbs=crumbs_of(found))


@require_http_methods(["GET", "POST"])
def version_publish(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Let a version stand at the document's address."""
    found = _version(request, slug, number)
    if done_already(request, found, "publish_version"):
        return redirect(found.document)
    require("publish_version", permissions.version_verbs(request.user, found))
    form = forms.PublishForm(typed(request), initial={"review_on": review_day(found.document)})
    if form.is_valid():
        verbs.publish_version(version=found, **form.cleaned_data, by=request.user)
        messages.success(request, "It is out. The version before stands beside it.")
        return redirect(found.document)
    return deed(
        request, f"Publish version {number}", form, "Publish it", crumbs=crumbs_of(found.document),
        intro="What was made from the version before will say that it is behind.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def version_withdraw(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take a version back, with the reason."""
    found = _version(request, slug, number)
    if done_already(request, found, "withdraw_version"):
        return redirect(found.document)
    require("withdraw_version", permissions.version_verbs(request.user, found))
    form = forms.ReasonForm(typed(request), label="Why is this version taken back?")
    if form.is_valid():
        try:
            verbs.withdraw_version(version=found, **form.cleaned_data, by=request.user)
            return redirect(found.document)
        except verbs.OnlyVersion:
            form.add_error("why", "It is the only version. Take the document back instead")
    return deed(
        request, f"Take back version {number}", form, "Take it back", grave=True,
        crumbs=crumbs_of(found.document), intro="Nobody can open it any more.",
    )  # fmt: skip


@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    """What waits to be published, the oldest first. For the clerk."""
    require("add_document", permissions.document_verbs(request.user, None))
    versions = permissions.waiting_versions(request.user).without_text().order_by("added_at")
    siblings = permissions.waiting_siblings(request.user).without_text().order_by("added_at")
    return draw(
        request, "drafts", crumbs=crumbs_to(),
        versions=list(versions.select_related("document", "added_by")[:MOST]),
        siblings=list(siblings.select_related("version__document", "added_by")[:MOST]),
    )  # fmt: skip


def _version(request: HttpRequest, slug: str, number: int) -> Version:
    visible = permissions.visible_versions(request.user).without_text()
    visible = visible.select_related("document__current").defer(
        "text", "document__search", "document__current__text"
    )
    return get_object_or_404(visible, document__slug=slug, number=number)


def _then(request: HttpRequest) -> str:
    if permissions.is_clerk(request.user):
        return "It is here as a draft. Publish it when it may be read."
    return "Thank you. The clerk looks at it and publishes it."
