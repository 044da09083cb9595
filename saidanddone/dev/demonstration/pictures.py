"""The demonstration's few pictures, painted when it is loaded: children's drawings, a flip chart."""

import io

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from saidanddone.core.files import picture

PAPER, WATER, INK = "#fdf8ec", "#9fd0e6", "#3a2d3c"
FISH = (
    (210, 190, 120, "#e8843c"), (470, 300, 90, "#d9486e"), (620, 150, 70, "#f2c230"),
    (300, 400, 60, "#7a57a8"), (640, 420, 30, "#4b9b5a"),
)  # fmt: skip


def drawn(name: str) -> ContentFile:
    """A child's drawing by its name."""
    return _kept({"fish": _fish, "boat": _boat, "night": _night}[name]())


def flip_chart(lines: list[str]) -> ContentFile:
    """A sheet on which somebody wrote with a thick pen."""
    image = Image.new("RGB", (640, 800), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 640, 46), fill="#8a8f99")
    for number, line in enumerate(lines):
        pen.text((48, 110 + 74 * number), line, fill="#1f6b3a", font_size=44)
    for number in range(3):
        y = 560 + 60 * number
        pen.line((70, y, 90, y + 24, 130, y - 26), fill=INK, width=7)
        pen.line((170, y, 420 - 60 * number, y), fill=INK, width=6)
    return _kept(image)


def _fish() -> Image.Image:
    image = Image.new("RGB", (820, 540), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((30, 40, 790, 510), 60, fill=WATER)
    for x, y, size, colour in FISH:
        pen.ellipse(
            (x - size, y - size // 2, x + size, y + size // 2), fill=colour, outline=INK, width=4
        )
        tail = [
            (x - size + 8, y),
            (x - size - size // 2, y - size // 2),
            (x - size - size // 2, y + size // 2),
        ]
        pen.polygon(tail, fill=colour, outline=INK, width=4)
        eye = x + size // 2
        pen.ellipse((eye - 7, y - 15, eye + 7, y - 1), fill="white", outline=INK, width=3)
        start, end = (200, 340) if size > 30 else (20, 160)  # the smallest one smiles
        pen.arc((eye - 4, y, eye + 22, y + 18), start, end, fill=INK, width=4)
    return image


def _boat() -> Image.Image:
    """A boat far out, and three small people on the shore."""
    image = Image.new("RGB", (820, 540), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 300, 820, 540), fill=WATER)
    pen.polygon([(0, 540), (0, 380), (420, 540)], fill="#e9c987", outline=INK, width=4)
    pen.polygon(
        [(560, 300), (740, 300), (700, 350), (600, 350)], fill="#b5483a", outline=INK, width=5
    )
    pen.line((650, 300, 650, 170), fill=INK, width=6)
    pen.polygon([(656, 180), (656, 280), (730, 280)], fill="white", outline=INK, width=4)
    for x, y, size in ((60, 387, 50), (125, 417, 34), (180, 440, 28)):
        pen.ellipse((x - size // 4, y - size, x + size // 4, y - size // 2), outline=INK, width=4)
        pen.line((x, y - size // 2, x, y + size // 3), fill=INK, width=4)
        pen.line((x - size // 3, y - size // 5, x + size // 3, y - size // 3), fill=INK, width=4)
    return image


def _night() -> Image.Image:
    """A bed, a door that stands open on a light, and zigzags from above."""
    image = Image.new("RGB", (820, 540), "#3d4166")
    pen = ImageDraw.Draw(image)
    pen.rectangle((600, 150, 740, 500), fill="#f7dc6f", outline=INK, width=6)
    pen.rounded_rectangle((80, 360, 440, 470), 24, fill="#d9486e", outline=INK, width=5)
    pen.ellipse((95, 320, 165, 390), fill="#f6d3b5", outline=INK, width=4)
    pen.arc((112, 345, 148, 375), 200, 340, fill=INK, width=4)  # no smile
    for x in range(90, 560, 110):
        pen.line((x, 20, x + 40, 70, x, 110, x + 40, 160), fill="#f2f2f2", width=9)
    return image


def _kept(image: Image.Image) -> ContentFile:
    """As the product keeps every picture that comes in."""
    out = io.BytesIO()
    image.save(out, "PNG")
    return picture(ContentFile(out.getvalue(), name="picture.png"))
