"""Settings and list entries for tests."""

from itertools import count

from saidanddone.reference.models import (
    AgeBand,
    Area,
    Forum,
    Partnership,
    Topic,
    forget_partnership,
)

_numbers = count(1)


def make_partnership(**over):
    """Settings of a place, in force from today."""
    given = {
        "name": "Anyplace Children’s Partnership",
        "short_name": "Anyplace",
        "place": "Anyplace",
        "contact_email": "hello@anyplace.example",
        "front_door_number": "0123 456 7890",
        "front_door_hours": "Monday to Friday, 9am to 5pm",
    } | over
    row = Partnership.objects.create(**given)
    forget_partnership()
    return row


def make_topic(**over):
    """Something that words may be about."""
    number = next(_numbers)
    return Topic.objects.create(**{"code": f"topic-{number}", "name": f"Topic {number}"} | over)


def make_area(**over):
    """A town."""
    number = next(_numbers)
    return Area.objects.create(**{"code": f"area-{number}", "name": f"Area {number}"} | over)


def make_forum(**over):
    """A forum that organisations belong to."""
    number = next(_numbers)
    return Forum.objects.create(**{"code": f"forum-{number}", "name": f"Forum {number}"} | over)


def make_age_band(**over):
    """Ages that are shown together."""
    number = next(_numbers)
    given = {"code": f"ages-{number}", "name": "11 to 13", "youngest": 11, "oldest": 13} | over
    return AgeBand.objects.create(**given)
