"""What every page knows without asking: the partnership, who is looking, and where they may go."""

from dataclasses import dataclass, fields
from typing import Any, NamedTuple

from django.contrib.messages import get_messages
from django.http import HttpRequest


@dataclass(frozen=True)
class Face:
    """The few settings of a place that the base pages draw."""

    name: str = "Children’s Partnership"
    short_name: str = "Children’s Partnership"
    place: str = "this place"
    front_door_number: str = ""
    front_door_hours: str = ""
    contact_email: str = ""
    contact_address: str = ""
    logo: str = ""
    version: str = ""


DEFAULT = Face()
_last: dict[str, Face] = {}


class Way(NamedTuple):
    """One entry of the navigation: for everybody, for professionals, or for some roles only."""

    key: str
    words: str
    path: str
    roles: frozenset[str] = frozenset()
    professionals: bool = False


FRONT = (
    Way("tell", "Tell us", "/tell-us/"),
    Way("wall", "You said, we did", "/you-said-we-did/"),
    Way("boards", "Boards", "/boards/"),
    Way("decisions", "Decisions", "/decisions/"),
    Way("sessions", "Sessions", "/sessions/"),
    Way("library", "Library", "/library/"),
    Way("bulletin", "Bulletin", "/bulletin/"),
    Way("pros", "For professionals", "/sign-in/"),
)
HEARS = frozenset({"participation_worker", "practitioner", "safeguarding_lead"})
ANSWERS = HEARS | {"officer", "clerk", "councillor"}
FAMILIES = frozenset({"practitioner", "supervisor", "coordinator"})
DESK = (
    Way("day", "My day", "/my-day/"),
    Way("voices", "Voices", "/voices/", HEARS),
    Way("issues", "Issues", "/issues/", ANSWERS),
    Way("stories", "Families", "/stories/", FAMILIES),
    Way("counts", "Early help in numbers", "/stories/counts/", frozenset({"analyst"})),
    Way("boards", "Boards", "/boards/"),
    Way("decisions", "Decisions", "/decisions/"),
    Way("sessions", "Sessions", "/sessions/"),
    Way("library", "Library", "/library/"),
    Way("bulletin", "Bulletin", "/bulletin/desk/", frozenset({"bulletin_editor", "clerk"})),
    Way("network", "Network", "/network/"),
    Way("people", "People", "/people/", professionals=True),
    Way("coordinators", "Coordinators", "/stories/coordinators/", frozenset({"administrator"})),
    Way("settings", "Settings", "/settings/", frozenset({"administrator"})),
    Way("status", "Status", "/status/", frozenset({"administrator"})),
    Way("duty", "Duty desk", "/duty-desk/", frozenset({"duty_desk"})),
    Way("agency", "Who still looks", "/stories/agency/", frozenset({"agency_sponsor"})),
    Way("privacy", "Privacy desk", "/privacy-desk/", frozenset({"privacy_officer"})),
    Way("audit", "Who did what", "/audit/", frozenset({"privacy_officer"})),
)
# Who holds no post here: one of a family, at its own door.
OWN = (Way("own", "My page", "/our-story/"), Way("account", "My account", "/account/"))


def everywhere(request: HttpRequest) -> dict[str, Any]:
    """The context processor of every page."""
    partnership = getattr(request, "partnership", DEFAULT)
    _remember(partnership)
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    ways = ways_for(user) if signed_in else ()
    return {
        "partnership": partnership,
        "user": user,
        "signed_in": signed_in,
        "acting_for": user.acting_for if signed_in else None,
        "front_ways": FRONT,
        "desk_ways": ways,
        "own_way": ways[0] if ways else None,
        "messages": get_messages(request),
    }


def ways_for(user: Any) -> tuple[Way, ...]:
    """The desk's navigation for the post that this person acts for now; their own page first."""
    if not user.acting_for:
        return OWN
    codes = user.acting_for.roles
    held = {code for code in codes if user.has_role(code)}
    professional = user.strong and "subscriber" not in codes
    return tuple(
        way
        for way in DESK
        if (not way.roles or way.roles & held) and (professional or not way.professionals)
    )


def without_database() -> dict[str, Any]:
    """The same for an error page: the face this process drew last, and nobody in particular."""
    return {
        "partnership": _last.get("face", DEFAULT),
        "user": None,
        "signed_in": False,
        "acting_for": None,
        "front_ways": FRONT,
        "desk_ways": (),
        "own_way": None,
        "messages": (),
    }


def _remember(partnership: Any) -> None:
    """Keep plain copies, so that an error page can show the number of the front door."""
    values = {f.name: str(getattr(partnership, f.name, f.default) or "") for f in fields(Face)}
    _last["face"] = Face(**values)
