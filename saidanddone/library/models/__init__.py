"""Documents, their versions and siblings, and good practice."""

from saidanddone.library.models.documents import Document
from saidanddone.library.models.filed import Filed, Reading
from saidanddone.library.models.practices import Practice
from saidanddone.library.models.siblings import Sibling
from saidanddone.library.models.versions import Version

__all__ = ["Document", "Filed", "Practice", "Reading", "Sibling", "Version"]
