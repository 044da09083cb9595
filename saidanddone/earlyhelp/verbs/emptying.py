"""What a record that is disposed of leaves elsewhere: accounts that were its doors, and letters."""

from typing import NamedTuple

from saidanddone.earlyhelp import permissions
from saidanddone.earlyhelp.emails import known_as
from saidanddone.earlyhelp.models import Asking, BreakGlass, DutyCheck, Enquiry, Story
from saidanddone.mail.verbs import remove
from saidanddone.people.models import User
from saidanddone.people.signin import empty_account

WRITTEN_ABOUT = (Asking, BreakGlass, DutyCheck, Enquiry)  # beside the story itself


class Left(NamedTuple):
    """What is still elsewhere, noted while the record can still say so."""

    doors: list[User]
    abouts: list[str]


def left_elsewhere(story: Story) -> Left:
    """Whose accounts were its doors alone, and what letters were about; the product asks."""
    abouts = [known_as(story)]
    for model in WRITTEN_ABOUT:
        abouts += [known_as(one) for one in model.objects.filter(story=story.pk)]
    return Left(list(permissions.doors_alone(story)), abouts)


def empty(left: Left) -> None:
    """Letters go, sent or not; the accounts are closed and hold no name or address any more."""
    remove(abouts=left.abouts, addresses=[one.email for one in left.doors])
    for one in left.doors:
        empty_account(one)
