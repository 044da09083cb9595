"""The words of a file are kept, and what can be found is brought up to date."""

from django.contrib.postgres.search import SearchVector
from django.db import DataError, transaction
from django.db.models import Value

from saidanddone.audit.verbs import record
from saidanddone.core.access import require
from saidanddone.core.finding import CONFIG
from saidanddone.core.texts import Words
from saidanddone.library import permissions, states
from saidanddone.library.models import Document, Reading, Sibling, Version

MOST_INDEXED = 250_000  # bytes of words: PostgreSQL's index takes a megabyte with all its places


@transaction.atomic
def keep_words(*, filed: Version | Sibling, words: Words | None, by: str) -> None:
    """Keep what was read out of a file; None if it could not be opened. The clock, in a worker.

    Search finds it from now on, if it is out; the page to read it on opens.
    """
    allowed = (
        permissions.sibling_verbs(by, filed)
        if isinstance(filed, Sibling)
        else permissions.version_verbs(by, filed)
    )
    require("keep_words", allowed)
    if words is None:
        found = {"reading": Reading.UNREADABLE}
    elif not words.text.strip():
        found = {"reading": Reading.NO_WORDS, "pages": words.pages}
    else:
        found = {"reading": Reading.READ, "text": words.text, "pages": words.pages}
    waiting = type(filed)._base_manager.filter(pk=filed.pk, reading=Reading.WAITING)
    if not waiting.update(**found):
        return
    record("keep_words", filed, by=by)
    document = filed.version.document if isinstance(filed, Sibling) else filed.document
    index(document)


def index(document: Document) -> None:
    """Let search find what is out now: title and summary, the newest version and its siblings."""
    document.refresh_from_db(fields=["state", "current", "title", "summary"])
    names = " ".join(document.topics.values_list("name", flat=True))
    parts = [(document.title, "A"), (f"{document.summary} {names}", "B")]
    if document.state == states.PUBLISHED and document.current is not None:
        siblings = document.current.siblings.filter(state=states.PUBLISHED)
        parts += [(document.current.text, "C")]
        parts += [(text, "D") for text in siblings.values_list("text", flat=True)]
    row = Document.objects.filter(pk=document.pk)
    if document.state == states.WITHDRAWN:
        row.update(search=None)
        return
    try:
        with transaction.atomic():
            row.update(search=_vector(parts))
    except DataError:  # words beyond what an index can hold: it is found by its title and summary
        row.update(search=_vector(parts[:2]))


def _vector(parts: list[tuple[str, str]]) -> SearchVector:
    left, vector = MOST_INDEXED, None
    for words, weight in parts:
        cut = words.encode()[:left].decode(errors="ignore")
        left -= len(cut.encode())
        one = SearchVector(Value(cut), config=CONFIG, weight=weight)
        vector = one if vector is None else vector + one
    return vector
