"""Who may see what of a family, said once more in plain Python: the rules of docs/access.md.

Nothing of the product is imported here. Facts are plain values; times are minutes from now.
"""

from dataclasses import dataclass, field

OVERSEERS = {"supervisor", "safeguarding_lead"}


@dataclass(eq=False)
class Seat:
    """Somebody who asks: a person, through one post or as themselves alone."""

    name: str
    person: int
    post: int | None = None
    agency: int | None = None
    roles: frozenset = frozenset()
    led_by: int | None = None
    ended: bool = False
    lapsed: bool = False  # nobody at their agency spoke for them in time
    strong: bool = True
    areas: tuple = ()  # of a coordinator: area numbers; None is the whole borough

    @property
    def counts(self):
        """Whether what they hold through a post counts at all."""
        return self.post is None or (self.strong and not self.gone)

    @property
    def gone(self):
        """Whether a post is over, or its agency has not spoken for it: rule 11."""
        return self.ended or self.lapsed


@dataclass(eq=False)
class Member:
    """A dated place in a family's team."""

    seat: Seat
    starts: int
    ends: int
    quiet: bool = False

    @property
    def now(self):
        return self.starts <= 0 < self.ends


@dataclass(eq=False)
class Text:
    """Something written, said or looked at: its mark stands in it and nowhere else."""

    mark: str
    author: Seat
    signed: bool = True  # of a contribution
    quiet: bool = False  # of a look: telling the family was recorded as unsafe
    refused: bool = False  # of a look
    audience: str = "team"  # of a child's words
    widened: bool = False
    child: int | None = None  # the child's own account
    kept_for: frozenset | None = None  # persons, if this part is sealed


@dataclass(eq=False)
class House:
    """One family and its story."""

    mark: str
    area: int | None
    lead: Seat
    team: list = field(default_factory=list)
    door: frozenset = frozenset()  # persons of the family
    withdrawn: bool = False  # for everybody
    waiting: bool = False  # for the coordinator's authorising
    sealed_for: frozenset | None = None  # persons, if the record is sealed
    related: frozenset = frozenset()  # persons with a declared conflict
    glass: tuple = ()  # (seat, minutes until it ends)
    stands_in: tuple | None = None  # the same: who leads too, until then
    closed_over: bool = False  # closed, and the day until which it is kept is over
    goes_on: bool = False  # something else of this family is still open
    on_hold: bool = False
    parts: list = field(default_factory=list)
    words: list = field(default_factory=list)
    contacts: list = field(default_factory=list)
    looks: list = field(default_factory=list)
    address_for: frozenset = frozenset()  # persons whom the safe address names


def held(seat, house):
    """Which parts somebody holds: know, read, write, oversee, lead, family."""
    if not seat.counts:
        return set()
    if house.sealed_for is not None and seat.person not in house.sealed_for:
        return set()  # rule 7: for the unnamed it does not exist
    if seat.post is None:
        return {"family"} if seat.person in house.door else set()
    if seat.person in house.door or seat.person in house.related:
        return set()  # rule 8
    return _own(seat, house) | _supervised(seat, house) | _coordinated(seat, house)


def _own(seat, house):
    parts = {"write"} if _in_team(seat, house) else set()  # rule 1
    if house.lead is seat:
        parts |= {"read"} if house.withdrawn else {"lead"}  # rules 3 and 4
    if any(who is seat and left > 0 for who, left in house.glass):
        parts.add("read")  # rule 9
    if standing_in(house) is seat:
        parts.add("lead")  # rule 1: for 28 days at the most, and it ends by itself
    return parts


def standing_in(house):
    """Who leads beside the lead now; a withdrawal ends that too."""
    who, left = house.stands_in or (None, 0)
    return who if left > 0 and not house.withdrawn else None


def _supervised(seat, house):
    if not OVERSEERS & seat.roles:
        return set()
    parts = set()
    for lead in (house.lead, standing_in(house)):
        if lead is not None and lead.led_by == seat.post and not house.withdrawn:
            parts.add("lead" if lead.gone else "oversee")  # no story without a lead
    if house.lead.led_by == seat.post and house.withdrawn:
        parts.add("read")  # and when whoever kept the file is gone, it is theirs to answer for
    for one in house.team:
        theirs = one.seat.led_by == seat.post and not one.seat.gone
        if theirs and one.now and not house.withdrawn:
            parts.add("read")
    return parts


def _coordinated(seat, house):
    if "coordinator" not in seat.roles or not seat.areas:
        return set()
    if house.area is not None and None not in seat.areas and house.area not in seat.areas:
        return set()
    return {"know", "read"} if house.waiting or house.withdrawn else {"know"}


def _in_team(seat, house):
    if house.withdrawn:
        return False
    return any(one.seat is seat and one.now for one in house.team)


TEAM = {"read", "write", "oversee", "lead"}


def knows(seat, house):
    """That the record is there."""
    return bool(held(seat, house))


def reads(seat, house):
    """The shared story and plan, and who is in the family."""
    return bool(held(seat, house) & (TEAM | {"family"}))


def reads_all(seat, house):
    """What its lead reads."""
    return bool(held(seat, house) & {"oversee", "lead"})


def reads_part(seat, house, text):
    """What an agency wrote: signed, for team and family; a draft for its author alone."""
    parts = held(seat, house)
    if parts & TEAM and text.author is seat:
        return True
    if not text.signed or (text.kept_for is not None and seat.person not in text.kept_for):
        return False
    return bool(parts & TEAM) or ("family" in parts and not _betrays(text.author, house))


def hears(seat, house, text):
    """A child's words: in the audience that the child chose; the child's own, always (rule 6)."""
    parts = held(seat, house)
    if "family" in parts:
        return text.child == seat.person
    if not parts & TEAM or (text.kept_for is not None and seat.person not in text.kept_for):
        return False
    return text.audience != "worker" or text.widened or text.author is seat


def reads_contact(seat, house, text):
    """A visit or call: for lead and supervisor, and for whoever noted it while in the team."""
    if held(seat, house) & TEAM and text.author is seat:
        return True
    return reads_all(seat, house) and (text.kept_for is None or seat.person in text.kept_for)


def reads_address(seat, house):
    """The safe address: for the named alone, while they work with the family (rule 5)."""
    return seat.person in house.address_for and bool(
        held(seat, house) & {"write", "oversee", "lead"}
    )


def sees_look(seat, house, look):
    """Who looked: the lead, all of it; the family, what is safe to tell (rule 10)."""
    if reads_all(seat, house):
        return True
    told = "family" in held(seat, house) and not look.quiet and not look.refused
    return told and (look.author.person == seat.person or not _betrays(look.author, house))


DEEDS = {
    "read_story": TEAM | {"family"},
    "contribute": {"write", "lead"},
    "invite_to_team": {"lead"},
    "note_oversight": {"oversee"},
    "change_agreement": {"family"},
    "keep_safe_address": {"lead"},
    "seal_record": {"oversee", "lead"},
    "name_stand_in": {"oversee", "lead", "know"},  # rule 1: coordinators too, who know of it
    "end_stand_in": {"oversee", "lead", "know"},
}


def may(seat, house, deed):
    """What they may do while the story is being written."""
    if deed == "name_stand_in" and standing_in(house) is seat and house.lead is not seat:
        return False  # nobody prolongs it for themselves, nor hands it on
    return bool(held(seat, house) & DEEDS[deed])


DISPOSERS = {"privacy_officer", "coordinator"}


def may_propose(seat, house):
    """That a record goes: a privacy officer says so first, when its day is over and nobody holds it."""
    over = house.closed_over and not house.on_hold and not house.goes_on
    return over and seat.counts and "privacy_officer" in seat.roles and not barred(seat, house)


def may_agree(seat, house, proposer):
    """A second person agrees: never to their own proposal, nor of a family that is not theirs to see."""
    over = house.closed_over and not house.on_hold and not house.goes_on
    second = seat.person != proposer.person and bool(DISPOSERS & seat.roles)
    return over and second and seat.counts and not barred(seat, house)


def sees_member(seat, house, one):
    """Who is in the team; the family, save whom it is unsafe to tell of."""
    parts = held(seat, house)
    return bool(parts & TEAM) or ("family" in parts and not one.quiet)


def _betrays(author, house):
    quiet = [one.seat for one in house.team if one.quiet]
    told = [one.seat for one in house.team if not one.quiet]
    if author in quiet:
        return True
    return author not in told and author.agency in {one.agency for one in quiet}


def owns(seat, author, house):
    """Own work stays one's own after the door is shut, save in what is sealed or a relative's."""
    return seat.post is not None and author is seat and seat.counts and not barred(seat, house)


def watches(seat, house):
    """A privacy officer sees who looked, save in what is sealed from them, their own or a relative's."""
    return "privacy_officer" in seat.roles and seat.counts and not barred(seat, house)


def barred(seat, house):
    """Sealed from them, or of their own family, or of a relative's (rules 7 and 8)."""
    if house.sealed_for is not None and seat.person not in house.sealed_for:
        return True
    return seat.person in house.door or seat.person in house.related
