"""Pages of the library and of good practice."""

from saidanddone.library.views.documents import (
    document,
    document_add,
    document_change,
    document_publish,
    document_review,
    document_withdraw,
    library,
)
from saidanddone.library.views.practices import (
    practice,
    practice_add,
    practice_ask,
    practice_change,
    practice_confirm,
    practice_decline,
    practice_publish,
    practice_withdraw,
    practices,
    practices_waiting,
)
from saidanddone.library.views.reading import document_file, document_read, sibling_file
from saidanddone.library.views.siblings import sibling_add, sibling_publish, sibling_withdraw
from saidanddone.library.views.versions import (
    drafts,
    version,
    version_add,
    version_file,
    version_publish,
    version_withdraw,
)

__all__ = [
    "document", "document_add", "document_change", "document_file", "document_publish",
    "document_read", "document_review", "document_withdraw", "drafts", "library", "practice",
    "practice_add", "practice_ask", "practice_change", "practice_confirm", "practice_decline",
    "practice_publish", "practice_withdraw", "practices", "practices_waiting", "sibling_add",
    "sibling_file", "sibling_publish", "sibling_withdraw", "version", "version_add",
    "version_file", "version_publish", "version_withdraw",
]  # fmt: skip
