"""The file that Teams or Zoom gives, and who is who in it."""

from typing import Any

from django import forms

from saidanddone.core.files import FileRefused
from saidanddone.core.imports import mark, weighed
from saidanddone.events.models import Booking

MOST = 2_000_000  # bytes
NEW, SKIP = "new", "skip"


class AttendanceForm(forms.Form):
    """A report of who was there."""

    upload = forms.FileField(
        label="The attendance report", help_text="The CSV file from Teams or Zoom, as it comes."
    )
    month_first = forms.BooleanField(
        label="Its dates begin with the month, as in 9/16/2026", required=False,
        help_text="Only matters where a date could be read both ways.",
    )  # fmt: skip

    def clean_upload(self) -> dict[str, Any]:
        upload = self.cleaned_data["upload"]
        try:
            content = weighed(upload, MOST)
        except FileRefused as refused:
            raise forms.ValidationError(str(refused)) from refused
        return {"content": content, "digest": mark(content), "name": upload.name or "report.csv"}


class MatchForm(forms.Form):
    """A choice for each row: whose booking it is, somebody new, or nobody to be counted."""

    def __init__(self, *args: Any, matches: list[Any], bookings: list[Booking], **kw: Any) -> None:
        super().__init__(*args, **kw)
        people = [(str(one.pk), named(one)) for one in bookings]
        for match in matches:
            field = forms.ChoiceField(
                label=f"Who is {match.row['name'] or 'this'}?",
                choices=[
                    ("", "Choose"), *people, (NEW, "Came without a booking: add them"),
                    (SKIP, "Leave out"),
                ],
                initial=match.default if match.sure or match.row["hosts"] else "",
                error_messages={"required": "Say who this is, or leave them out"},
            )  # fmt: skip
            field.match = match
            self.fields[f"row_{match.number}"] = field

    def choices(self) -> dict[int, str]:
        """What was chosen, by row."""
        return {int(name[4:]): value for name, value in self.cleaned_data.items()}


def named(booking: Booking) -> str:
    """A booking as it stands in a list."""
    return f"{booking.name}, {booking.organisation}" if booking.organisation else booking.name
