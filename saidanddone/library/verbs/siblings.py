"""Siblings are brought, published and taken back."""

from datetime import date
from uuid import UUID

from django.core.files.base import File
from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.core.files import paper, recording
from saidanddone.core.presses import earlier
from saidanddone.library import emails, permissions
from saidanddone.library.models import Reading, Sibling, Version
from saidanddone.library.models.filed import approval
from saidanddone.library.verbs.versions import put_in
from saidanddone.library.verbs.words import index
from saidanddone.people.models import User


@transaction.atomic
def add_sibling(
    *, version: Version, kind: str, by: User, language: str = "", upload: File | None = None,
    link: str = "", approved_by: str = "", approved_on: date | None = None,
    precision: str = "day", once: UUID | None = None,
) -> Sibling:  # fmt: skip
    """Bring the same made for somebody else, as a draft with its own approval.

    The clerk, or the owner; the clerk is told and publishes it. Raises core.files.FileRefused.
    """
    require("add_sibling", permissions.version_verbs(by, version))
    if found := earlier(Sibling, once):
        return found
    sibling = Sibling(
        version=version, kind=kind, language=language, link=link, added_by=by, once=once,
        reading=Reading.NO_WORDS if upload is None else Reading.WAITING,
        **approval(by=approved_by, on=approved_on, precision=precision),
    )  # fmt: skip
    if upload is not None:
        put_in(sibling, recording(upload) if kind == Sibling.Kind.AUDIO else paper(upload))
    version.move("add_sibling")
    sibling.save()
    record("add_sibling", sibling, by=by)
    if not permissions.is_clerk(by):
        emails.draft_waits(version.document)
    return sibling


@transaction.atomic
def publish_sibling(*, sibling: Sibling, by: User) -> None:
    """Let it stand first on the document's page. The clerk, once its version is out."""
    require("publish_sibling", permissions.sibling_verbs(by, sibling))
    sibling.move("publish_sibling", published_at=clock.now(), published_by=by)
    index(sibling.version.document)
    record("publish_sibling", sibling, by=by)


@transaction.atomic
def withdraw_sibling(*, sibling: Sibling, why: str, by: User) -> None:
    """Take it back, with the reason kept. The clerk; its owner too, while it is a draft."""
    require("withdraw_sibling", permissions.sibling_verbs(by, sibling))
    sibling.move("withdraw_sibling", withdrawn_why=why)
    index(sibling.version.document)
    record("withdraw_sibling", sibling, by=by, detail=why)
