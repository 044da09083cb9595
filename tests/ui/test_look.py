"""The look in numbers: contrast of every token in both modes and for other councils, and weight."""

import gzip
import re
from pathlib import Path

import pytest

from saidanddone.ui import views
from tests.ui.colour import Tokens, contrast
from tests.ui.pages import ask

STATIC = Path(views.__file__).parent / "static" / "ui"
CSS = (STATIC / "said-and-done.css").read_text()
TEXT, CONTROL = 4.5, 3.0
TONES = ("good", "watch", "bad", "info", "idle")
PAIRS = [
    ("ink", "paper", 12), ("ink", "linen", 12), ("ink", "fold", 10), ("ink", "wash", 7),
    ("soft", "paper", 7), ("soft", "linen", TEXT), ("soft", "fold", TEXT), ("soft", "wash", TEXT),
    ("link", "paper", 7), ("link", "linen", 7), ("link", "wash", TEXT), ("link", "fold", TEXT),
    ("on-mark", "mark", TEXT), ("on-brand", "band", 7),
    ("mark", "paper", CONTROL), ("mark", "linen", CONTROL),
    ("edge", "paper", CONTROL), ("edge", "linen", CONTROL),
    ("voice-ink", "voice", 7), ("voice-soft", "voice", TEXT),
    *[(tone, f"{tone}-wash", TEXT) for tone in TONES],
    *[("ink", f"{tone}-wash", 7) for tone in TONES],
    *[(tone, "paper", TEXT) for tone in TONES],
]  # fmt: skip
COUNCILS = {
    "bury": {},
    "teal": {"council-brand": "#0b4f4a", "council-accent": "#0a5a54"},
    "navy": {"council-brand": "#002e5d", "council-accent": "#00448a"},
    "black": {"council-brand": "#000000", "council-accent": "#1a1a1a"},
    "red": {"council-brand": "#8c0000", "council-accent": "#8c0000"},
    "green": {"council-brand": "#00532f", "council-accent": "#00532f"},
}


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("council", COUNCILS)
def test_every_pair_of_colours_can_be_read(council, mode):
    tokens = Tokens(CSS, mode, COUNCILS[council])
    ratios = {(a, b): contrast(tokens[a], tokens[b]) for a, b, _ in PAIRS}
    weak = {(a, b): round(ratios[a, b], 2) for a, b, least in PAIRS if ratios[a, b] < least}
    assert weak == {}


def test_stylesheet_has_no_physical_sides():
    sides = re.findall(r"(?:margin|padding|border)-(?:left|right)|[;{ ](?:left|right):", CSS)
    assert sides == []


def test_stylesheet_shouts_only_in_print():
    before, _, _ = CSS.partition("@media print")
    assert "!important;" not in before


def test_every_font_and_its_licence_is_there():
    named = re.findall(r'url\("(fonts/[^"]+)"\)', CSS)
    assert named
    assert [name for name in named if not (STATIC / name).exists()] == []
    assert len(list((STATIC / "fonts").glob("OFL-*.txt"))) == 2


def test_script_is_small():
    assert (STATIC / "said.js").stat().st_size <= 4096


def test_first_visit_is_light():
    """The gallery is the longest page there is; the limits are those of a first visit."""
    page = views.gallery(ask("/components/")).content
    files = [page, CSS.encode(), (STATIC / "said.js").read_bytes()]
    wire = sum(len(gzip.compress(file, 6)) for file in files)
    fonts = sum((STATIC / "fonts" / f"{name}-latin.woff2").stat().st_size for name in (
        "atkinson-hyperlegible-next", "young-serif",
    ))  # fmt: skip
    assert wire <= 40_000
    assert wire + fonts <= 105_000
