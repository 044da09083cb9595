"""What the component gallery shows: invented words, people and forms."""

from datetime import date, datetime, time
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.paginator import Paginator

from saidanddone.core.imports import LEFT_OUT, NEW, Row
from saidanddone.ui.forms import Brief, ClockField, DayField, OnceField, OwnWords, Ticks, Tiles
from saidanddone.ui.tags import IMPORT_FATES

LONDON = ZoneInfo("Europe/London")
AUDIENCE = [
    ("everyone", "Everyone"),
    ("helpers", "Only those who can help"),
    ("worker", "Only my worker"),
]
HINTS = {
    "everyone": "On this website, with your age group and your area. Never your name.",
    "helpers": "They read your words in their meeting. They are not on the website.",
}
SHAPES = [
    "s-track", "s-done", "s-watch", "s-off", "s-with", "s-new", "s-none", "s-pause", "s-no", "s-lock",
]  # fmt: skip
FAIR = [("yes", "Yes, fair"), ("no", "No, not fair"), ("later", "Ask me later")]


class Words(forms.Form):
    """A child's words and who may see them."""

    words = forms.CharField(
        label="What do you want to tell us?", widget=OwnWords, max_length=4000,
        help_text="Use your own words. A little or a lot. Spelling does not matter.",
    )  # fmt: skip
    audience = forms.ChoiceField(
        label="Who can see your words?", choices=AUDIENCE, widget=Tiles(hints=HINTS),
        help_text="You can change your mind later with your code.",
        error_messages={"required": "Choose who can see your words"},
    )  # fmt: skip


class Fair(forms.Form):
    """The question that closes a thread."""

    fair = forms.ChoiceField(
        label="Is the answer fair?", choices=FAIR,
        widget=Tiles(icons={"yes": "fair", "no": "unfair", "later": "wait"}),
    )  # fmt: skip


class Deed(forms.Form):
    """An action, as a clerk writes it down."""

    once = OnceField()
    what = forms.CharField(label="What will happen", widget=Brief)
    who = forms.ChoiceField(label="Who does it", choices=[("", "Choose"), ("1", "Nadia Larkspur")])
    by = DayField(label="By when")
    at = ClockField(label="At what time", required=False, help_text="Like 2.20pm")
    about = forms.MultipleChoiceField(
        label="What it is about", required=False, widget=Ticks,
        choices=[("bus", "Getting about"), ("mind", "Feeling well")],
    )  # fmt: skip
    paper = forms.FileField(label="A paper", required=False)
    count = forms.IntegerField(label="How many children", required=False)
    public = forms.BooleanField(
        label="Everybody may read it", required=False, help_text="On the public page"
    )


def everything() -> dict[str, Any]:
    """The gallery's context."""
    return {
        "reply_sample": SimpleNamespace(
            said="When you wait for help, it goes quiet.",
            decided="Yes. Everyone who waits gets a message at least every 4 weeks.",
            why="Twelve of you said it.\n\nEveryone at the Board agreed.",
            could_not="We cannot make the list short by Christmas.",
            next="Everyone who is waiting will have had a message.",
            by_when=date(2031, 12, 4),
        ),
        "reply_day": date(2031, 11, 10),
        "words_form": Words(prefix="w"),
        "words_wrong": Words({"x-words": "The bus"}, prefix="x"),
        "fair_form": Fair(prefix="f"),
        "deed_form": Deed(
            prefix="d", initial={"once": "", "by": date(2031, 12, 4), "at": time(14, 20)}
        ),
        "deed_wrong": Deed(
            {"e-what": "", "e-by": "next week", "e-who": "9", "e-count": "many"}, prefix="e"
        ),
        **_import(),
        "page_sample": Paginator(range(200), 10).page(7),
        "one_day": date(2031, 12, 4),
        "one_moment": datetime(2031, 11, 17, 9, 42, tzinfo=LONDON),
        "one_time": time(14),
        "shapes": SHAPES,
    }


def _import() -> dict[str, Any]:
    """A register of schools that was read and waits to be taken in."""
    return {
        "import_sample": SimpleNamespace(
            state="read",
            file_name="schools.csv",
            read_by="Ignatius Penhaligon-Moss",
            taken_at=None,
            read_at=datetime(2026, 11, 16, 9, 30, tzinfo=LONDON),
            undone_at=None,
            undone_by=None,
        ),
        "import_rows": [
            (Row("Foxglove Lane Primary School", NEW), IMPORT_FATES[NEW]),
            (Row("Old Mill School", LEFT_OUT, "It is closed."), IMPORT_FATES[LEFT_OUT]),
        ],
        "import_page": Paginator(range(2), 10).page(1),
        "import_counts": [(IMPORT_FATES[NEW], 1), (IMPORT_FATES[LEFT_OUT], 1)],
    }
