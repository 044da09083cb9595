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
LONGEST_EMBLEM = 400  # pixels: on every page, and never shown larger
MOST_PIXELS = 60_000_000
EICAR = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"
OFFICE = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
OFFICE_PART = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
MOST_UNPACKED = 300_000_000  # bytes in all the parts of an Office file
MOST_PACKED = 200  # times smaller than it was: words do not get smaller than that
MACROS = ("vbaproject", "macrosheets/", "activex/")
DOUBLE = "This file is two kinds at once. Save it again and send the new one."
PICTURES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}

# Sound, by how it begins: an MP3 with or without its label, M4A, Ogg, WAV.
SOUNDS = [
    ("audio/mpeg", "mp3", re.compile(rb"ID3|\xff[\xfb\xf3\xf2]")),
    ("audio/mp4", "m4a", re.compile(rb".{4}ftyp(?:M4A|mp4|isom)", re.DOTALL)),
    ("audio/ogg", "ogg", re.compile(rb"OggS")),
    ("audio/wav", "wav", re.compile(rb"RIFF.{4}WAVE", re.DOTALL)),
]


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
    stem = _stem(upload)
    if kind in PICTURES.values():
        safe = picture(upload)
        return Checked(safe, "image/jpeg", safe.size, f"{stem or 'picture'}.jpg")
    ending = next((end for end, media in OFFICE.items() if media == kind), "pdf")
    ending = "odt" if kind == "application/vnd.oasis.opendocument.text" else ending
    return Checked(upload, kind, upload.size or 0, f"{stem or 'paper'}.{ending}")


def recording(upload: File) -> Checked:
    """Sound as MP3, M4A, Ogg or WAV, kept as it came; raises FileRefused."""
    _weigh(upload)
    head = upload.read(4096)
    upload.seek(0)
    for media_type, ending, sign in SOUNDS:
        if sign.match(head):
            return Checked(upload, media_type, upload.size or 0, f"{_stem(upload)}.{ending}")
    raise FileRefused("We take sound as MP3, M4A, Ogg or WAV. Save it as one of these.")


def picture(upload: File) -> ContentFile:
    """The picture written anew as JPEG, at most 1600 pixels long; raises FileRefused."""
    rgba = _drawn_anew(upload, LONGEST_SIDE)
    flat = Image.new("RGB", rgba.size, "white")
    flat.paste(rgba, mask=rgba.getchannel("A"))
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=82, optimize=True)
    return ContentFile(out.getvalue(), name="picture.jpg")


def emblem(upload: File) -> ContentFile:
    """A logo written anew as PNG, so that what shows through goes on doing so; raises FileRefused."""
    out = io.BytesIO()
    _drawn_anew(upload, LONGEST_EMBLEM).save(out, "PNG", optimize=True)
    return ContentFile(out.getvalue(), name="logo.png")


def _drawn_anew(upload: File, longest: int) -> Image.Image:
    """The picture's points and nothing else of the file; raises FileRefused."""
    _weigh(upload)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            image: Image.Image = Image.open(upload, formats=list(PICTURES))
            _measure(image)
            image = ImageOps.exif_transpose(image)
            image.thumbnail((longest, longest))
            rgba = image.convert("RGBA")
            drawn = Image.frombytes("RGBA", rgba.size, rgba.tobytes())
    except FileRefused:
        raise
    except (UnidentifiedImageError, Image.DecompressionBombError, Warning, OSError, ValueError,
            SyntaxError, EOFError, MemoryError, OverflowError, IndexError, KeyError,
            TypeError, AttributeError, ZeroDivisionError) as broken:  # fmt: skip
        # Decoders meet broken files in many ways; to the sender they are all one.
        raise FileRefused(
            "We could not read this as a picture. Send a photo as JPEG or PNG."
        ) from broken
    return drawn


def answer(file: File, name: str, media_type: str, *, inline: bool = False) -> FileResponse:
    """The file as a download, or beside the page if it is a picture of ours; never run by it."""
    response = FileResponse(file, as_attachment=not inline, filename=name, content_type=media_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _stem(upload: File) -> str:
    """The name that a file came with, without its ending and without signs."""
    return re.sub(r"[^A-Za-z0-9 _-]+", "", (upload.name or "").rpartition(".")[0]).strip()[:80]


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
        if zipfile.is_zipfile(upload) or re.search(rb"<(?:html|script|svg)\b", head, re.IGNORECASE):
            raise FileRefused(DOUBLE)
        upload.seek(0)
        return "application/pdf"
    if b"%PDF-" in head[:1024]:  # readers of PDF look so far for its beginning
        raise FileRefused(DOUBLE)
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
            inside = parts.infolist()
            names = [part.filename for part in inside[:5000]]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as broken:
        raise FileRefused("This file is damaged. Save it again and send the new one.") from broken
    finally:
        upload.seek(0)
    if _swells(inside):
        raise FileRefused(
            "This file would be far too large when it is opened. Save it again, or as a PDF."
        )
    if any(sign in name.lower() for name in names for sign in MACROS):
        raise FileRefused("This file holds macros. Save it without them, or as a PDF.")
    for part, ending in OFFICE_PART.items():
        if "[Content_Types].xml" in names and any(name.startswith(part) for name in names):
            return OFFICE[ending]
    if "content.xml" in names and "mimetype" in names:
        return "application/vnd.oasis.opendocument.text"
    raise FileRefused("We do not take ZIP files. Send each paper by itself.")


def _swells(inside: list[zipfile.ZipInfo]) -> bool:
    """Whether a small file says of itself that it becomes a huge one."""
    unpacked = sum(part.file_size for part in inside)
    packed = sum(part.compress_size for part in inside) or 1
    return unpacked > MOST_UNPACKED or (unpacked > 10_000_000 and unpacked > packed * MOST_PACKED)
