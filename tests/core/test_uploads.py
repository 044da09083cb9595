"""What arrives is bounded on disk, and says how large it was."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from saidanddone.core.files import FileRefused, paper

PIECE = b"%PDF-1.7\n" + b"0" * 1_000_000


def arrived(data):
    """A file as a view finds it."""
    request = RequestFactory().post("/", {"upload": SimpleUploadedFile("a.pdf", data)})
    return request.FILES["upload"]


def test_what_is_too_large_is_not_kept_and_is_refused_by_its_size(settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    settings.UPLOAD_LIMIT = 2_000_000
    with arrived(PIECE * 9) as found:
        assert found.size == len(PIECE * 9)
        assert len(found.read()) < 2_200_000
        with pytest.raises(FileRefused, match="It may be 2 MB at most"):
            paper(found)


def test_what_may_be_taken_arrives_whole(settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    with arrived(PIECE * 2) as found:
        assert found.read() == PIECE * 2
