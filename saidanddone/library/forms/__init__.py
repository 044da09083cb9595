"""What people type about documents, their versions and siblings, and about good practice."""

from saidanddone.library.forms.documents import (
    ConfirmForm,
    DocumentForm,
    NewDocumentForm,
    PublishForm,
    ReasonForm,
    SiblingForm,
    VersionForm,
)
from saidanddone.library.forms.finding import DocumentFilter, PracticeFilter
from saidanddone.library.forms.practices import PracticeForm

__all__ = [
    "ConfirmForm", "DocumentFilter", "DocumentForm", "NewDocumentForm", "PracticeFilter",
    "PracticeForm", "PublishForm", "ReasonForm", "SiblingForm", "VersionForm",
]  # fmt: skip
