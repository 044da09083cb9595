"""Versions are brought, published and taken back."""

import secrets
from datetime import date
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.db.models import Max

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.core.files import Checked
from saidanddone.core.files import paper as checked
from saidanddone.core.presses import earlier, queue_up
from saidanddone.core.texts import may_hold_words
from saidanddone.library import emails, permissions, states
from saidanddone.library.models import Document, Filed, Reading, Version
from saidanddone.library.models.filed import approval
from saidanddone.library.verbs.words import index
from saidanddone.people.models import User


class OnlyVersion(Exception):  # noqa: N818 -- it tells what stands in the way
    """No other version is out: the document itself would have to be taken back."""


@transaction.atomic
def add_version(
    *, document: Document, upload: File, by: User, changed: str = "", approved_by: str = "",
    approved_on: date | None = None, precision: str = "day", once: UUID | None = None,
) -> Version:  # fmt: skip
    """Bring a new version, as a draft. The clerk, or the owner; the clerk is told and publishes it.

    Raises core.files.FileRefused with the reason.
    """
    require("add_version", permissions.document_verbs(by, document))
    if found := earlier(Version, once):
        return found
    safe = checked(upload)
    queue_up(f"library.document:{document.pk}")
    last = document.versions.aggregate(last=Max("number"))["last"] or 0
    document.move("add_version")
    version = Version(
        document=document, number=last + 1, changed=changed, added_by=by, once=once,
        **approval(by=approved_by, on=approved_on, precision=precision),
    )  # fmt: skip
    put_in(version, safe)
    version.save()
    record("add_version", version, by=by, detail=changed)
    if not permissions.is_clerk(by):
        emails.draft_waits(document)
    return version


@transaction.atomic
def publish_version(*, version: Version, by: User, review_on: date | None = None) -> None:
    """Let a version stand at the document's address; the one before stays beside it. The clerk.

    What was made from the one before says from now on that it is behind.
    """
    require("publish_version", permissions.version_verbs(by, version))
    now, document = clock.now(), version.document
    version.move("publish_version", published_at=now, published_by=by)
    if document.current is None or document.current.number < version.number:
        document.move(
            "change_document", current=version, published_at=now, reminded_on=None,
            lead_told_on=None, review_on=review_on or document.review_on,
        )  # fmt: skip
    index(document)
    record("publish_version", version, by=by)
    emails.call_back(document)


@transaction.atomic
def withdraw_version(*, version: Version, why: str, by: User) -> None:
    """Take a version back: its number and the reason stay, its file does not. The clerk.

    The owner too, while it is a draft. If it was the newest, the one before it is that again;
    raises OnlyVersion if there is none.
    """
    require("withdraw_version", permissions.version_verbs(by, version))
    document = version.document
    version.move("withdraw_version", withdrawn_why=why)
    if document.current_id == version.pk:
        before = document.versions.filter(state=states.PUBLISHED).order_by("-number").first()
        if before is None:
            raise OnlyVersion(document)
        document.move("change_document", current=before, published_at=before.published_at)
    index(document)
    record("withdraw_version", version, by=by, detail=why)


def put_in(filed: Filed, safe: Checked) -> None:
    """Keep the file under a name of ours: what it was called at home is nobody's business here."""
    filed.media_type, filed.size = safe.media_type, safe.size
    if not may_hold_words(safe.media_type):
        filed.reading = Reading.NO_WORDS
    name = f"{secrets.token_hex(16)}.{safe.name.rpartition('.')[2]}"
    filed.file.save(name, safe.file, save=False)
