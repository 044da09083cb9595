"""Files from outside: what they really are, made safe to keep, and given back after a check.

Nothing here trusts a name or a declared type. Papers are recognised by content and never opened;
pictures are decoded, shrunk and written anew, so that nothing hidden in them survives.
"""

import io
import re
import warnings
import zipfile
from dataclasses import dataclass
from typing import IO, Any

import puremagic
from django.conf import settings
from django.core.files.base import ContentFile, File
from django.http import FileResponse
from PIL import Image, ImageOps, UnidentifiedImageError

LONGEST_SIDE = 1600  # pixels
MOST_PIXELS = 60_000_000
EICAR = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"
OFFICE = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
OFFICE_PART = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
PICTURES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}


class FileRefused(Exception):  # noqa: N818 -- the sentence is for the person who sent the file
    """A file that is not taken, with the sentence that says why and what to do."""


@dataclass(frozen=True)
class Checked:
    """A paper that may be kept: its bytes as they came, its real type, and a clean name."""

    file: File
    media_type: str
    size: int  # bytes
    name: str


def paper(upload: File) -> Checked:
    """A PDF, Word, Excel, PowerPoint or OpenDocument file or a picture; raises FileRefused."""
    _weigh(upload)
    head = upload.read(4096)
    upload.seek(0)
    if EICAR in head:
        raise FileRefused("This file was stopped by the virus check.")
    kind = _kind(upload, head)
    stem = re.sub(r"[^A-Za-z0-9 _-]+", "", (upload.name or "").rpartition(".")[0]).strip()[:80]
    if kind in PICTURES.values():
        safe = picture(upload)
        return Checked(safe, "image/jpeg", safe.size, f"{stem or 'picture'}.jpg")
    ending = next((end for end, media in OFFICE.items() if media == kind), "pdf")
    ending = "odt" if kind == "application/vnd.oasis.opendocument.text" else ending
    return Checked(upload, kind, upload.size or 0, f"{stem or 'paper'}.{ending}")


def picture(upload: File) -> ContentFile:
    """The picture written anew as JPEG, at most 1600 pixels long; raises FileRefused."""
    _weigh(upload)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            image: Image.Image = Image.open(upload, formats=list(PICTURES))
            _measure(image)
            image = ImageOps.exif_transpose(image)
            image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            flat = Image.new("RGB", image.size, "white")
            rgba = image.convert("RGBA")
            flat.paste(rgba, mask=rgba.getchannel("A"))
    except FileRefused:
        raise
    except (UnidentifiedImageError, Image.DecompressionBombError, Warning, OSError, ValueError,
            SyntaxError, EOFError, MemoryError, OverflowError, IndexError, KeyError,
            TypeError, AttributeError, ZeroDivisionError) as broken:  # fmt: skip
        # Decoders meet broken files in many ways; to the sender they are all one.
        raise FileRefused(
            "We could not read this as a picture. Send a photo as JPEG or PNG."
        ) from broken
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=82, optimize=True)
    return ContentFile(out.getvalue(), name="picture.jpg")


def answer(file: File, name: str, media_type: str, *, inline: bool = False) -> FileResponse:
    """The file as a download, or beside the page if it is a picture of ours; never run by it."""
    response = FileResponse(file, as_attachment=not inline, filename=name, content_type=media_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _measure(image: Image.Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise FileRefused("This picture is too large. Send a smaller one.")


def _weigh(upload: File) -> None:
    if not upload.size:
        raise FileRefused("This file is empty. Choose another one.")
    if upload.size > settings.UPLOAD_LIMIT:
        most = settings.UPLOAD_LIMIT // 1_000_000
        raise FileRefused(f"This file is too large. It may be {most} MB at most.")
    upload.seek(0)


def _kind(upload: IO[Any], head: bytes) -> str:
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    if head.startswith(b"PK\x03\x04"):
        return _zipped(upload)
    try:
        found = puremagic.from_string(head, mime=True)
    except (puremagic.PureError, ValueError):
        found = ""
    if found in PICTURES.values():
        return found
    raise FileRefused(
        "We take PDF, Word, Excel and PowerPoint files and pictures. Save it as one of these."
    )


def _zipped(upload: IO[Any]) -> str:
    """Which Office file it is, read from the list of its parts alone: nothing is unpacked."""
    try:
        with zipfile.ZipFile(upload) as parts:
            names = parts.namelist()[:5000]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as broken:
        raise FileRefused("This file is damaged. Save it again and send the new one.") from broken
    finally:
        upload.seek(0)
    if any("vbaproject" in name.lower() for name in names):
        raise FileRefused("This file holds macros. Save it without them, or as a PDF.")
    for part, ending in OFFICE_PART.items():
        if "[Content_Types].xml" in names and any(name.startswith(part) for name in names):
            return OFFICE[ending]
    if "content.xml" in names and "mimetype" in names:
        return "application/vnd.oasis.opendocument.text"
    raise FileRefused("We do not take ZIP files. Send each paper by itself.")
