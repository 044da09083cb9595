"""The words of a document on a page, and its files as downloads."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from saidanddone.core.pages import for_everyone
from saidanddone.library import permissions
from saidanddone.library.models import Document, Reading, Version
from saidanddone.library.views.shared import crumbs_of, document_of, draw, given

A_PART = 9_000  # letters on one page, so that it comes quickly on an old phone


@login_not_required
@for_everyone
@require_safe
def document_read(request: HttpRequest, slug: str) -> HttpResponse:
    """The words of the newest version, in our own large type; or why they cannot be shown."""
    found = document_of(request, slug)
    version = _newest(request, found)
    readable = version.reading == Reading.READ
    words = version.text.removeprefix(f"# {found.title}\n\n")  # it stands above already
    page = Paginator(parts(words) if readable else [[]], 1).get_page(request.GET.get("page"))
    return draw(
        request, "read", document=found, version=version, readable=readable, page=page,
        blocks=page[0], crumbs=crumbs_of(found),
    )  # fmt: skip


def parts(text: str) -> list[list[dict[str, Any]]]:
    """The text in parts of a bearable length; each block is a heading or a paragraph."""
    told: list[list[dict[str, Any]]] = [[]]
    letters = 0
    for words in text.split("\n\n"):
        for piece in pieces(words):
            if letters + len(piece) > A_PART and told[-1]:
                told.append([])
                letters = 0
            heading = piece.startswith("# ")
            told[-1].append({"heading": heading, "words": piece[2:] if heading else piece})
            letters += len(piece)
    return told


def pieces(words: str) -> list[str]:
    """A paragraph; one that would fill a page by itself is cut between words."""
    cut = []
    while len(words) > A_PART:
        at = words.rfind(" ", 1, A_PART)
        at = at if at > 0 else A_PART
        cut.append(words[:at])
        words = words[at:].strip()
    return [*cut, words]


@login_not_required
@require_safe
def document_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The file of the newest version: an address that may be printed on a poster."""
    found = document_of(request, slug)
    return given(_newest(request, found), found.title)


@login_not_required
@require_safe
def sibling_file(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The file of a sibling, for whoever may open it now."""
    visible = permissions.visible_siblings(request.user).without_text()
    visible = visible.select_related("version__document")
    found = get_object_or_404(visible, version__document__slug=slug, pk=pk)
    return given(found, f"{found.version.document.title}, {found.called.lower()}")


def _newest(request: HttpRequest, found: Document) -> Version:
    if found.current_id is None:
        raise Http404
    return get_object_or_404(permissions.visible_versions(request.user), pk=found.current_id)
