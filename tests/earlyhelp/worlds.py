"""Invented worlds by chance: the facts for the oracle, and the same as rows for the product."""

import random
from datetime import timedelta
from types import SimpleNamespace

from saidanddone.core import clock, identity
from saidanddone.earlyhelp import models
from saidanddone.reference.models import Area
from tests.earlyhelp.oracle import House, Member, Seat, Text
from tests.factories.people import act, make_organisation, make_post, make_user

LONG = 60 * 24 * 90
SPANS = [(-60, LONG), (-60, LONG), (-60, LONG), (-LONG, -60), (120, LONG), (-LONG, 30)]


def make_world(seed, houses=8, texts=20):
    """A borough: .seats who ask, .houses, .users by seat; and it stands in the database too."""
    chance = random.Random(seed)
    areas = [Area.objects.create(code=f"w{seed}-{n}", name=f"Part {n}") for n in range(2)]
    world = SimpleNamespace(
        texts=texts, chance=chance, areas=areas, seats=[], users={}, rows={}, houses=[]
    )
    _workers(world)
    _coordinators(world)
    world.families = []
    with identity.as_system("test"):
        for number in range(houses):
            world.houses.append(_house(world, f"mk{seed}x{number}"))
    return world


def _seat(world, name, post, **facts):
    user = act(post, strong=facts.get("strong", True))
    found = Seat(
        name, user.pk, post.pk, post.organisation_id, frozenset(post.roles), post.lead_id, **facts
    )
    world.seats.append(found)
    world.users[found] = user
    return found


def _workers(world):
    world.workers = []
    for number in range(3):
        place = make_organisation(sector="school")
        roles = [["supervisor", "coordinator"], ["safeguarding_lead"], ["practitioner"]][number]
        chief, area = make_post(*roles, organisation=place), world.areas[0]
        if "coordinator" in roles:  # in one post both
            _patches(chief, [area])
        _seat(world, f"chief {number}", chief, areas=(area.pk,) if number == 0 else ())
        for name in ("worker", "leaver", "by code", "unled", "lapsed"):
            post = make_post(
                "practitioner", organisation=place, lead=None if name == "unled" else chief
            )
            if name == "leaver":
                post.ends_on = clock.today() - timedelta(days=1)
                post.starts_on = post.ends_on - timedelta(days=900)
                post.save()
                _spoken_for(post, days=40)
            if name == "lapsed":
                _lapse(post, spoken=number)
            facts = {
                "ended": name == "leaver", "strong": name != "by code", "lapsed": name == "lapsed",
            }  # fmt: skip
            world.workers.append(_seat(world, f"{name} {number}", post, **facts))


def _lapse(post, *, spoken):
    """Their agency never spoke for them, or its word is over."""
    post.starts_on = clock.today() - timedelta(days=91)
    post.save()
    if spoken:
        _spoken_for(post, days=-spoken)


def _spoken_for(post, *, days):
    with identity.as_system("test"):
        models.Confirmation.objects.create(post=post, until=clock.today() + timedelta(days=days))


def _coordinators(world):
    one, two = world.areas
    for name, areas in (("borough", [None]), ("first", [one]), ("second", [two]), ("idle", [])):
        post = make_post("coordinator")
        _patches(post, areas)
        _seat(world, name, post, areas=tuple(area and area.pk for area in areas))
    for role in ("administrator", "privacy_officer", "analyst", "duty_desk", "clerk"):
        _seat(world, role, make_post(role))
    idler = make_post("practitioner")
    _patches(idler, [None])  # a patch without the role is nothing
    _seat(world, "patch without role", idler)


def _patches(post, areas):
    with identity.as_system("test"):
        for area in areas:
            models.Patch.objects.create(post=post, area=area, given_by=post.user)


# ------------------------------------------------------------------ one family


def _house(world, mark):
    chance = world.chance
    house = House(
        mark, chance.choice([None, *[area.pk for area in world.areas]]),
        chance.choice(world.workers), withdrawn=chance.random() < 0.15,
        waiting=chance.random() < 0.2,
    )  # fmt: skip
    those = chance.sample(world.workers, 5)
    kin = chance.choice(those)
    family = [make_user(), make_user()]
    if world.families and chance.random() < 0.3:  # somebody of two families
        family[0] = chance.choice(world.families)
    world.families += family
    house.door = frozenset([one.pk for one in family] + ([kin.person] * (chance.random() < 0.4)))
    for user in family:
        _alone(world, user)
    if kin.person in house.door:
        _alone(world, world.users[kin])
    house.team = [Member(one, *chance.choice(SPANS), chance.random() < 0.2) for one in those]
    everybody = [one.person for one in world.seats]
    if chance.random() < 0.25:
        house.sealed_for = frozenset(chance.sample(everybody, len(everybody) // 2))
    house.related = frozenset(chance.sample([one.person for one in world.workers], 2))
    house.glass = tuple((one, chance.choice([40, -5])) for one in chance.sample(world.workers, 2))
    if chance.random() < 0.4:
        others = [one for one in world.workers if one is not house.lead]
        house.stands_in = chance.choice(others), chance.choice([LONG // 4, LONG // 4, -60])
    _texts(world, house, family[1].pk, everybody)
    house.address_for = frozenset(chance.sample(everybody, len(everybody) // 2))
    world.rows[house] = _write(world, house, family)
    return house


def _alone(world, user):
    """The same person as themselves, through their own door."""
    one = type(user).objects.get(pk=user.pk)
    if not any(seat.person == one.pk and seat.post is None for seat in world.seats):
        seat = Seat(f"family {one.pk}", one.pk, strong=False)
        world.seats.append(seat)
        world.users[seat] = one


def _texts(world, house, child, everybody):
    chance = world.chance
    for number in range(world.texts):
        kept = frozenset(chance.sample(everybody, 9)) if chance.random() < 0.25 else None
        house.parts.append(
            Text(f"{house.mark}p{number}q", chance.choice(house.team).seat,
                 signed=chance.random() < 0.8, kept_for=kept)
        )  # fmt: skip
        kept = frozenset(chance.sample(everybody, 9)) if chance.random() < 0.2 else None
        house.words.append(
            Text(f"{house.mark}w{number}q", chance.choice(house.team).seat,
                 audience=chance.choice(["worker", "worker", "team", "decide"]),
                 widened=chance.random() < 0.2, child=child if number % 2 else None, kept_for=kept)
        )  # fmt: skip
    for number in range(world.texts // 2):
        kept = frozenset(chance.sample(everybody, 9)) if chance.random() < 0.2 else None
        noted = Text(f"{house.mark}t{number}q", chance.choice(house.team).seat, kept_for=kept)
        house.contacts.append(noted)
        house.looks.append(
            Text(f"{house.mark}l{number}q", chance.choice(world.workers),
                 quiet=chance.random() < 0.2, refused=chance.random() < 0.2)
        )  # fmt: skip


def _write(world, house, family):
    """The same facts as rows."""
    posts = {seat.post: world.users[seat].acting_for for seat in world.seats if seat.post}
    lead = posts[house.lead.post]
    home = models.Family.objects.create(called=f"{house.mark}nq", made_by=lead)
    story = models.Story.objects.create(
        family=home, lead=lead, opened_by=lead, area_id=house.area, reference=home.reference,
        state="assessing", **_standing_in(house, posts),
    )  # fmt: skip
    models.Cover.objects.create(story=story, why_now=f"{house.mark}cq")
    adult, child, other = (
        models.FamilyMember.objects.create(
            family=home, kind=kind, name=f"{house.mark}m{n}q", user=user, order=n
        )
        for n, (kind, user) in enumerate(
            [("adult", family[0]), ("child", family[1]), ("child", None)]
        )
    )
    rows = SimpleNamespace(story=story, lead=lead, posts=posts, adult=adult)
    _rights(house, rows)
    _team(house, rows)
    _kept(house, rows, child, other)
    return rows


def _standing_in(house, posts):
    if house.stands_in is None:
        return {}
    who, left = house.stands_in
    day = clock.today() + timedelta(days=1 if left > 0 else -1)
    return {"stand_in": posts[who.post], "stand_in_until": day}


def _right(rows, part, kind, starts=-60, ends=LONG, **whose):
    now = clock.now()
    models.Access.objects.create(
        story=rows.story, family_id=rows.story.family_id, part=part, kind=kind,
        starts_at=now + timedelta(minutes=starts), ends_at=now + timedelta(minutes=ends), **whose,
    )  # fmt: skip


def _of(rows, seat):
    return {"person_id": seat.person, "post": rows.posts[seat.post]}


def _rights(house, rows):
    gone = {"starts": -LONG, "ends": -30} if house.withdrawn else {}
    _right(rows, "lead", "lead", **gone, **_of(rows, house.lead))
    area = {"area_id": house.area}
    _right(rows, "know", "coordination", **area)
    if house.withdrawn:
        _right(rows, "read", "file", **_of(rows, house.lead))
        _right(rows, "read", "file", **area)
    if house.waiting:
        _right(rows, "read", "authorisation", **area)
    for person in house.door:
        _right(rows, "family", "family", person_id=person)
    if house.stands_in is not None:
        seat, left = house.stands_in
        _right(rows, "lead", "lead", -LONG, -30 if house.withdrawn else left, **_of(rows, seat))
    for seat, left in house.glass:
        _right(rows, "read", "break_glass", -20, left, **_of(rows, seat))
    for person in house.related:
        models.Conflict.objects.create(
            family_id=rows.story.family_id, person_id=person, relation="cousin",
            declared_by_id=person,
        )  # fmt: skip
    if house.sealed_for is not None:
        _seal(rows, house.sealed_for, None)


def _seal(rows, readers, subject):
    models.Seal.objects.create(
        family_id=rows.story.family_id, subject=subject, readers=sorted(readers), why="x",
        set_by=rows.lead, review_on=clock.today(),
    )  # fmt: skip


def _team(house, rows):
    agreement = models.Agreement.objects.create(
        family_id=rows.story.family_id, story=rows.story, member=rows.adult, version=1, words="x",
        until=clock.today() + timedelta(days=99), how="typed",
    )  # fmt: skip
    for one in house.team:
        models.TeamMembership.objects.create(
            story=rows.story, post=rows.posts[one.seat.post], purpose=f"{house.mark}{one.seat.post}",
            ends_on=clock.today(), agreement=agreement, invited_by=rows.lead, quiet=one.quiet,
        )  # fmt: skip
        ends = min(one.ends, -30) if house.withdrawn else one.ends
        starts = -LONG if house.withdrawn else one.starts
        _right(rows, "write", "membership", starts, ends, **_of(rows, one.seat))


def _kept(house, rows, child, other):
    """What was written, said, noted and looked at, all at once."""
    _contributions(house, rows)
    _words(house, rows, child, other)
    noted = [(one, models.Contact(
        story=rows.story, post=_post(rows, one), kind="call", what=one.mark
    )) for one in house.contacts]  # fmt: skip
    models.Contact.objects.bulk_create(made for _, made in noted)
    _seal_parts(rows, noted)
    models.Look.objects.bulk_create(
        models.Look(
            story=rows.story, person_id=one.author.person, post=_post(rows, one), part="story",
            purpose=one.mark, quiet=one.quiet, refused=one.refused,
        ) for one in house.looks
    )  # fmt: skip
    models.SafeAddress.objects.create(
        member=rows.adult, family_id=rows.story.family_id, closed=f"{house.mark}aq".encode(),
        readers=sorted(house.address_for), set_by=rows.lead,
    )  # fmt: skip


def _contributions(house, rows):
    made = [(one, models.Contribution(
        story=rows.story, post=_post(rows, one), section="home", strengths=one.mark,
        state="signed" if one.signed else "writing",
        signed_at=clock.now() if one.signed else None,
    )) for one in house.parts]  # fmt: skip
    models.Contribution.objects.bulk_create(row for _, row in made)
    _seal_parts(rows, made)


def _words(house, rows, child, other):
    said = [(one, models.ChildsWords(
        story=rows.story, child=child if one.child else other, words=one.mark, how="x",
        audience=one.audience, gathered_by=_post(rows, one),
    )) for one in house.words]  # fmt: skip
    models.ChildsWords.objects.bulk_create(row for _, row in said)
    models.WordsWidened.objects.bulk_create(
        models.WordsWidened(story=rows.story, words=row, child=row.child, by_child=True)
        for one, row in said if one.widened
    )  # fmt: skip
    _seal_parts(rows, said)


def _seal_parts(rows, made):
    for one, row in made:
        if one.kept_for is not None:
            _seal(rows, one.kept_for, row.pk)


def _post(rows, text):
    return rows.posts[text.author.post]
