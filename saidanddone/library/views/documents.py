"""Pages of documents: all of them, one of them, and what its keepers do to it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from saidanddone.core.access import require
from saidanddone.core.files import FileRefused
from saidanddone.core.finding import asked, has_hit, marked
from saidanddone.core.pages import for_everyone
from saidanddone.library import forms, permissions, states, verbs
from saidanddone.library.models import Document, Sibling
from saidanddone.library.models.documents import MOST_FOUND
from saidanddone.library.models.siblings import called
from saidanddone.library.views.shared import (
    asked_before,
    crumbs_of,
    crumbs_to,
    deed,
    document_of,
    document_state,
    done_already,
    draw,
    in_a_year,
    typed,
)
from saidanddone.ui.filters import day

A_PAGE = 20


# ------------------------------------------------------------------ looking


@login_not_required
@for_everyone
@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """Every document that this person may read, the newest first, or those that fit best."""
    form = forms.DocumentFilter(request.GET)
    form.is_valid()  # what makes no sense is left out, and what was typed stands in its field
    chosen = {name: value for name, value in form.cleaned_data.items() if value}
    found = narrowed(permissions.visible_documents(request.user).listed(), chosen)
    found = found.with_current().with_siblings(permissions.visible_siblings(request.user))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return draw(
        request, "library", page=page, rows=[row(one) for one in page], form=form, chosen=chosen,
        url_base=asked_before(request), most=MOST_FOUND,
        can=permissions.document_verbs(request.user, None),
        sends=permissions.practice_verbs(request.user, None),
    )  # fmt: skip


def narrowed(found: QuerySet[Document], chosen: dict[str, Any]) -> QuerySet[Document]:
    """The library as far as somebody wants to see it, in the order that suits."""
    if kind := chosen.get("kind"):
        found = found.filter(kind=kind)
    if topic := chosen.get("topic"):
        found = found.filter(topics__code=topic)
    if words := chosen.get("q"):
        query = asked(words)
        return found.about(query).best_first(query).with_excerpt(query)
    return found.order_by("-published_at", "-pk")


def row(document: Document) -> dict[str, Any]:
    """A document in a list, with the words around a hit where they show one."""
    excerpt = getattr(document, "excerpt", "") or ""
    return {
        "document": document,
        "excerpt": marked(excerpt) if has_hit(excerpt) else None,
        "others": [called(one["kind"], one["language"]) for one in document.others],
    }


@login_not_required
@for_everyone
@require_safe
def document(request: HttpRequest, slug: str) -> HttpResponse:
    """One document: its newest version first, the same made for others, and what came before."""
    return draw(request, "document", **document_page(request, document_of(request, slug)))


def document_page(request: HttpRequest, found: Document) -> dict[str, Any]:
    """Everything that the page of a document shows this person."""
    user = request.user
    versions = permissions.visible_versions(user).filter(document=found).without_text()
    siblings = permissions.visible_siblings(user).filter(version__document=found)
    siblings = list(siblings.without_text().select_related("version"))
    out = found.state == states.PUBLISHED
    for sibling in siblings:
        sibling.version.document = found
    return {
        "document": found,
        "state": document_state(found),
        "current": found.current if out else None,
        "versions": [one for one in versions if one.state != states.DRAFT],
        "drafts": [one for one in versions if one.state == states.DRAFT],
        "siblings": newest_of_each(siblings) if out else [],
        "sibling_drafts": [one for one in siblings if one.state == states.DRAFT],
        "topics": list(found.topics.all()),
        "can": permissions.document_verbs(user, found),
        "is_clerk": permissions.is_clerk(user),
        "names": permissions.works_here(user),
    }


def newest_of_each(siblings: list[Sibling]) -> list[Sibling]:
    """Of each kind and language the one that was made from the newest version, in plain order."""
    best: dict[tuple[str, str], Sibling] = {}
    for one in siblings:
        if not one.is_published or one.version.state != states.PUBLISHED:
            continue
        there = best.get((one.kind, one.language))
        if there is None or (one.version.number, one.pk) > (there.version.number, there.pk):
            best[one.kind, one.language] = one
    order = list(Sibling.Kind)
    return sorted(best.values(), key=lambda one: (order.index(one.kind), one.called))


# ------------------------------------------------------------------ keeping


@require_http_methods(["GET", "POST"])
def document_add(request: HttpRequest) -> HttpResponse:
    """Give a paper its place in the library."""
    require("add_document", permissions.document_verbs(request.user, None))
    form = forms.NewDocumentForm(
        typed(request), request.FILES or None, user=request.user, initial={"review_on": in_a_year()}
    )
    if form.is_valid():
        try:
            made = verbs.add_document(**form.cleaned_data, by=request.user)
            messages.success(request, "It is here, and only you and its owner see it. Publish it.")
            return redirect(made)
        except FileRefused as refused:
            form.add_error("upload", str(refused))
    return deed(request, "Add a document", form, "Add the document", crumbs=crumbs_to())


@require_http_methods(["GET", "POST"])
def document_change(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what a document is called, where it is filed, who keeps it and who reads it."""
    found = document_of(request, slug)
    if done_already(request, found, "change_document"):
        return redirect(found)
    require("change_document", permissions.document_verbs(request.user, found))
    form = forms.DocumentForm(typed(request), user=request.user, document=found)
    if form.is_valid():
        verbs.change_document(document=found, **form.cleaned_data, by=request.user)
        return redirect(found)
    return deed(
        request, f"Change {found.title}", form, "Save", crumbs=crumbs_of(found),
        intro="Its address stays as it is.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def document_publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Let everybody who may read it find it."""
    found = document_of(request, slug)
    if done_already(request, found, "publish_document"):
        return redirect(found)
    require("publish_document", permissions.document_verbs(request.user, found))
    if not permissions.waiting_versions(request.user).filter(document=found).exists():
        messages.info(request, "Bring its first version before you publish it.")
        return redirect(found)
    form = forms.PublishForm(typed(request), initial={"review_on": review_day(found)})
    if form.is_valid():
        verbs.publish_document(document=found, **form.cleaned_data, by=request.user)
        messages.success(request, "It is out. Its words are found in a minute or so.")
        return redirect(found)
    readers = "those named as its readers" if found.restricted else "everybody"
    return deed(
        request, f"Publish {found.title}", form, "Publish it", crumbs=crumbs_of(found),
        intro=f"From then on {readers} can find and read it.",
    )  # fmt: skip


def review_day(found: Document) -> date:
    """The review day that was given, if it is still to come; else in a year."""
    given = found.review_on
    return given if given and not found.review_is_late and given <= in_a_year() else in_a_year()


@require_http_methods(["GET", "POST"])
def document_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a document is still right, and when to look again."""
    visible = permissions.kept_documents(request.user).with_current().with_owner()
    found = get_object_or_404(visible, pk=pk)
    if done_already(request, found, "confirm_document"):
        return redirect(found)
    require("confirm_document", permissions.document_verbs(request.user, found))
    form = forms.ConfirmForm(typed(request), initial={"until": in_a_year()})
    if form.is_valid():
        verbs.confirm_document(document=found, **form.cleaned_data, by=request.user)
        messages.success(request, f"Thank you. It is still right, until {day(found.review_on)}.")
        return redirect(found)
    return draw(request, "review", document=found, form=form, crumbs=crumbs_of(found))


@require_http_methods(["GET", "POST"])
def document_withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a document back, with the reason."""
    found = document_of(request, slug)
    if done_already(request, found, "withdraw_document"):
        return redirect(found)
    require("withdraw_document", permissions.document_verbs(request.user, found))
    form = forms.ReasonForm(
        typed(request),
        label="Why is it taken back?",
        help_text="Its address says this from then on.",
    )
    if form.is_valid():
        verbs.withdraw_document(document=found, **form.cleaned_data, by=request.user)
        return redirect(found)
    return deed(
        request, f"Take back {found.title}", form, "Take it back", crumbs=crumbs_of(found),
        grave=True, intro="Nobody can open any version of it any more, and no search finds it.",
    )  # fmt: skip
