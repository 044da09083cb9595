"""Documents are added, changed, published, confirmed and taken back."""

import secrets
from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.utils.text import slugify

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.core.presses import earlier, queue_up
from saidanddone.library import emails, permissions, states
from saidanddone.library.models import Document
from saidanddone.library.verbs.versions import add_version
from saidanddone.library.verbs.words import index
from saidanddone.people.models import Post, User

RESERVED = {"new", "drafts", "reviews"}  # addresses of pages beside the documents
LISTS = ("topics", "reader_posts", "reader_organisations")


@transaction.atomic
def add_document(
    *, title: str, kind: str, owner: Post, by: User, summary: str = "", upload: File | None = None,
    approved_by: str = "", approved_on: date | None = None, precision: str = "day",
    slug: str = "", once: UUID | None = None, **more: Any,
) -> Document:  # fmt: skip
    """Give a paper its place in the library, with its first version if there is one. The clerk.

    Nobody else but its owner sees it before it is published. A restricted one gets an address that
    says nothing of it. Raises core.files.FileRefused, and then nothing is kept.
    """
    require("add_document", permissions.document_verbs(by, None))
    if found := earlier(Document, once):
        return found
    lists = {name: more.pop(name, ()) for name in LISTS}
    document = Document.objects.create(
        title=title, kind=kind, owner=owner, summary=summary, once=once,
        slug=_free_slug(slug or title, restricted=more.get("restricted", False)), **more,
    )  # fmt: skip
    for name, chosen in lists.items():
        getattr(document, name).set(chosen)
    record("add_document", document, by=by, detail=title)
    if upload is not None:
        add_version(
            document=document, upload=upload, approved_by=approved_by, approved_on=approved_on,
            precision=precision, by=by,
        )  # fmt: skip
    index(document)
    return document


@transaction.atomic
def change_document(*, document: Document, by: User, **changes: Any) -> None:
    """Call it otherwise, file it otherwise, or change who keeps and who reads it. The clerk.

    Its address stays. Whoever may not read it any more does not find it from this moment.
    """
    require("change_document", permissions.document_verbs(by, document))
    lists = {name: changes.pop(name) for name in LISTS if name in changes}
    if changes.get("review_on", document.review_on) != document.review_on:
        changes |= {"reminded_on": None, "lead_told_on": None}
    document.move("change_document", **changes)
    for name, chosen in lists.items():
        getattr(document, name).set(chosen)
    index(document)
    record("change_document", document, by=by, detail=document.title)


@transaction.atomic
def publish_document(*, document: Document, by: User, review_on: date | None = None) -> None:
    """Let everybody who may read it find it, with its latest draft as the version. The clerk."""
    require("publish_document", permissions.document_verbs(by, document))
    version = document.versions.filter(state=states.DRAFT).order_by("-number").first()
    if version is None:
        raise ValueError("A document goes out with a version")
    now = clock.now()
    version.move("publish_version", published_at=now, published_by=by)
    document.move(
        "publish_document", current=version, published_at=now,
        review_on=review_on or document.review_on,
    )  # fmt: skip
    index(document)
    record("publish_document", document, by=by)
    emails.call_back(document)


@transaction.atomic
def confirm_document(*, document: Document, until: date, by: User) -> None:
    """Say that it is still right, and until when to look again. Its owner or the clerk.

    Nobody is reminded of it before then.
    """
    require("confirm_document", permissions.document_verbs(by, document))
    document.move(
        "confirm_document", review_on=until, confirmed_on=clock.today(), reminded_on=None,
        lead_told_on=None,
    )  # fmt: skip
    record("confirm_document", document, by=by, detail=str(until))
    emails.call_back(document)


@transaction.atomic
def remind_of_review(*, document: Document, lead: bool, by: str) -> None:
    """Remind the owner, or tell the owner's lead, that it is to be looked at. The clock."""
    require("remind_of_review", permissions.document_verbs(by, document))
    said = "lead_told_on" if lead else "reminded_on"
    document.move("remind_of_review", **{said: clock.today()})
    record("remind_of_review", document, by=by, detail=said)
    if lead:
        emails.review_late(document)
    else:
        emails.review_due(document)


@transaction.atomic
def withdraw_document(*, document: Document, why: str, by: User) -> None:
    """Take it back with every version of it. The clerk; its address says that, and why."""
    require("withdraw_document", permissions.document_verbs(by, document))
    document.move("withdraw_document", withdrawn_at=clock.now(), withdrawn_why=why)
    index(document)
    record("withdraw_document", document, by=by, detail=why)
    emails.call_back(document)


def _free_slug(wanted: str, *, restricted: bool) -> str:
    """An address that nobody else has; of a restricted one, letters may carry it unread."""
    if restricted:
        return f"paper-{secrets.token_hex(5)}"
    stem = slugify(wanted)[:80].strip("-") or "paper"
    queue_up(f"library.slug:{stem}")
    taken = set(Document.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    taken |= RESERVED
    tries = (stem, *(f"{stem}-{number}" for number in range(2, 10_000)))
    return next(slug for slug in tries if slug not in taken)
