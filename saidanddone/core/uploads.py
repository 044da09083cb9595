"""Files as they arrive: one that is larger than we take is read to its end, and not kept."""

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class Bounded(TemporaryFileUploadHandler):
    """Writes to disk only as much as may be taken, so that nobody can fill it.

    The rest is read and let go: a connection that is cut shows no sentence. What came then says how
    large it was, and core.files refuses it for that.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece of the file while it is within the limit."""
        if start <= settings.UPLOAD_LIMIT:
            super().receive_data_chunk(raw_data, start)
