"""The people whose part a visitor may play at /demo/: all invented, one or more for each role."""

import json
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from saidanddone.core import clock
from saidanddone.people.models import Organisation, Post, User

Link = tuple[str, str]  # words, address


@dataclass(frozen=True)
class Place:
    """A post of a persona. The organisation is called by its name and its sector."""

    organisation: str
    sector: str
    title: str
    roles: tuple[str, ...]
    lead: str = ""  # key of the persona who leads them


@dataclass(frozen=True)
class Persona:
    """Somebody whose part can be played: who, where, and what is worth trying as them."""

    key: str
    group: str
    role: str  # the role that they stand for, from people/roles.py
    name: str
    places: tuple[Place, ...]
    story: str
    links: tuple[Link, ...]
    strong: bool = True  # signed in by passkey or second step; False: by a code only

    @property
    def email(self) -> str:
        """An address that can never exist."""
        return f"{self.name.lower().replace('’', '').replace(' ', '.')}@demo.example"


COUNCIL, NHS = "Bury Council", "Northern Care Alliance NHS Foundation Trust"
KESTREL = "Kestrel Rise High School (example)"
FOXGLOVE, HOMES = "Foxglove Lane Primary School (example)", "Chimneypot Homes (example)"
HEAR, ANSWER, DECIDE, KEEP = "Hearing", "Answering", "Deciding", "Keeping things in order"
HELP, HOME = "Helping families", "In a family"
GROUPS = (HEAR, HELP, HOME, ANSWER, DECIDE, KEEP)
MY_FAMILIES: Link = ("My families", "/stories/")

PERSONAS: tuple[Persona, ...] = (
    Persona(
        "worker", HEAR, "participation_worker", "Nadia Larkspur",
        (
            Place(COUNCIL, "council", "Participation Worker",
                  ("participation_worker", "practitioner")),
        ),
        "Sits with Youth Cabinet on Tuesdays. Reads every word before it is shown, joins those "
        "that ask for the same, and does not let go of an issue until there is an answer.",
        (("My day", "/my-day/"), ("Read what has come in", "/voices/"),
         ("See every issue", "/issues/")),
    ),
    Persona(
        "practitioner", HEAR, "practitioner", "Wilf Tanglewood",
        (Place(KESTREL, "school", "Pastoral Lead", ("practitioner",), lead="worker"),),
        "Hears things in the corridor. Writes them down in a minute, exactly as they were said. "
        "Has a place at the next session at lunch, and gets the bulletin.",
        (("Record what a child said", "/voices/record/"), ("The voices I brought", "/voices/"),
         ("My sessions and certificates", "/my-learning/"),
         ("Suggest something for the bulletin", "/bulletin/suggest/")),
    ),
    Persona(
        "two_posts", HEAR, "practitioner", "Perpetua Vale",
        (
            Place("Early Break", "voluntary", "Young People’s Worker", ("practitioner",)),
            Place("Foxglove Lane Primary School (example)", "school", "Governor and volunteer",
                  ("practitioner",)),
        ),
        "Works for a charity three days a week and helps at a school on the others. The line at "
        "the top always says for whom; each post sees its own.",
        (("Change whom I act for", "/acting-for/"), ("My account", "/account/"),
         ("Find out who does what in Radcliffe", "/network/")),
    ),
    Persona(
        "presenter", HEAR, "practitioner", "Zora Fennimore",
        (Place("Early Break", "voluntary", "Trainer", ("practitioner",)),),
        "Holds sessions at lunch. Sees who comes and what they ask, ticks the register, and adds "
        "the fact sheet.",
        (("Sessions", "/sessions/"), ("My day", "/my-day/"), ("My learning", "/my-learning/")),
    ),
    Persona(
        "safeguarding", HEAR, "safeguarding_lead", "Constance Alder",
        (Place(COUNCIL, "council", "Safeguarding Lead", ("safeguarding_lead",)),),
        "On duty today. Words that may tell of harm come to her before anybody else sees them.",
        (("Words that wait for me", "/my-day/"), ("Held words", "/voices/held/")),
    ),
    Persona(
        "duty_deputy", HEAR, "safeguarding_lead", "Yarrow Steadfast",
        (Place(COUNCIL, "council", "Deputy Safeguarding Lead", ("safeguarding_lead",)),),
        "Next in turn: what Constance has not opened within a working hour passes to him.",
        (("Words that wait for me", "/my-day/"),),
    ),
    Persona(
        "family_lead", HELP, "lead", "Bramble Oakenshaw",
        (Place(FOXGLOVE, "school", "Pastoral and Family Lead", ("practitioner",),
               lead="family_supervisor"),),
        "Leads the team round the Teaspoons and several other families, whose children are at her "
        "school. Sees those, all but what is sealed from her, and nobody else’s.",
        (MY_FAMILIES, ("My day", "/my-day/")),
    ),
    Persona(
        "family_health", HELP, "team_member", "Lovage Pennyfeather",
        (Place(NHS, "health", "Community Children’s Nurse", ("practitioner",)),),
        "In some families’ teams, because those families said that she may. Adds her own part; "
        "the day a family takes it back, its story is gone for her.",
        (MY_FAMILIES, ("My day", "/my-day/")),
    ),
    Persona(
        "elsewhere", HELP, "practitioner", "Quillon Farthingale",
        (Place(HOMES, "housing", "Tenancy Support Worker", ("practitioner",)),),
        "Works with families too, and is in no family’s team. For him no family’s story exists, "
        "not even as an empty page.",
        (MY_FAMILIES,),
    ),
    Persona(
        "family_supervisor", HELP, "supervisor", "Gideon Marlpit",
        (Place(FOXGLOVE, "school", "Deputy Head, safeguarding",
               ("supervisor", "agency_sponsor")),),
        "Supervises Bramble: sees what she sees, while he does, and takes over if she leaves. Says "
        "for his school who there still needs to see families’ records.",
        (MY_FAMILIES, ("Who still needs to look", "/stories/agency/"), ("My day", "/my-day/")),
    ),
    Persona(
        "coordinator", HELP, "coordinator", "Verity Compasswell",
        (Place(COUNCIL, "council", "Early Help Coordinator", ("coordinator",)),),
        "Knows which families have help, who leads and what is late. Not a word of what they told.",
        (MY_FAMILIES, ("My day", "/my-day/")),
    ),
    Persona(
        "duty_desk", HELP, "duty_desk", "Ottoline Switchwell",
        (Place(COUNCIL, "council", "Duty Desk Worker", ("duty_desk",)),),
        "Looks, for every child alike, whether somebody already works with them, and joins the "
        "two workers up, or does not.",
        (("The duty desk", "/duty-desk/"), ("My day", "/my-day/")),
    ),
    Persona(
        "parent", HOME, "parent_or_carer", "Delphine Teaspoon", (),
        "Mother of Robin and Pip. It is her family’s story: she reads it on her phone, by a code "
        "that came by e-mail.",
        (("My family’s story", "/our-story/"),), strong=False,
    ),
    Persona(
        "other_parent", HOME, "parent_or_carer", "Ambrose Inkpot", (),
        "Father of Pip, in a flat of his own. Has agreed for himself; what the children kept for "
        "their worker is not there for him.",
        (("My family’s story", "/our-story/"),), strong=False,
    ),
    Persona(
        "young", HOME, "young_person", "Robin Teaspoon", (),
        "Fourteen. Sees what was said with Robin and who may read it, which is Robin’s to choose.",
        (("My family’s story", "/our-story/"),), strong=False,
    ),
    Persona(
        "officer", ANSWER, "officer", "Marigold Ashby",
        (Place(COUNCIL, "council", "Head of Travel and Roads", ("officer",), lead="chair"),),
        "Buses, crossings, street lights. Has an answer to write, and one that is late.",
        (("What I owe an answer", "/my-day/"), ("See every issue", "/issues/")),
    ),
    Persona(
        "officer_nhs", ANSWER, "officer", "Idris Lanternwood",
        (Place(NHS, "health", "Service Manager, Children’s Therapies", ("officer",)),),
        "Answers for waiting lists. An officer like any other, in another organisation.",
        (("What I owe an answer", "/my-day/"), ("Decisions", "/decisions/")),
    ),
    Persona(
        "chair", DECIDE, "chair", "Octavia Thornfield",
        (Place(COUNCIL, "council", "Executive Director of Children’s Services", ("officer",)),),
        "Chairs the Strategic Partnership Board. No agenda goes out without the children’s voice, "
        "or without her written reason.",
        (("The boards", "/boards/"), ("My day", "/my-day/")),
    ),
    Persona(
        "board_member", DECIDE, "board_member", "Leopold Quince",
        (Place("Bury Voluntary, Community and Faith Alliance", "voluntary", "Trustee", ()),),
        "Sits on the Board for the voluntary sector. Reads the papers, members’ ones included.",
        (("The boards", "/boards/"), ("My day", "/my-day/")),
    ),
    Persona(
        "executive", DECIDE, "board_member", "Algernon Fairweather",
        (Place(NHS, "health", "Deputy Chief Executive", ("officer",), lead="officer_nhs"),),
        "Came in by a code in an e-mail. He can tick off the action that is his; everything else "
        "waits until he uses a passkey.",
        (("Tick off my action", "/my-day/"), ("What I would need", "/account/")),
        strong=False,
    ),
    Persona(
        "substitute", DECIDE, "board_member", "Isolde Greywater",
        (Place(NHS, "health", "Associate Director, Community Services", ()),),
        "Sits on the Board when Algernon cannot. Reads the same papers, in the same time.",
        (("The boards", "/boards/"), ("My day", "/my-day/")),
    ),
    Persona(
        "item_lead", ANSWER, "officer", "Fenella Ravenscroft",
        (Place(COUNCIL, "council", "Commissioning Manager, Children", ("officer",)),),
        "Leads an item at the Board’s next meeting: money that is not spent yet. Its cover sheet "
        "waits for her.",
        (("What I owe the Board", "/my-day/"), ("The boards", "/boards/")),
    ),
    Persona(
        "councillor", DECIDE, "councillor", "Barnaby Whistledown",
        (Place(COUNCIL, "council", "Councillor, corporate parent", ("councillor",)),),
        "Elected, and parent to every child in the council’s care. Follows what was promised.",
        (("See every issue", "/issues/"), ("The boards", "/boards/")),
    ),
    Persona(
        "clerk", KEEP, "clerk", "Philippa Nettlebed",
        (Place(COUNCIL, "council", "Partnership Development Officer", ("clerk",)),),
        "Runs the boards: agendas, papers, minutes, decisions, actions. Keeps sessions, and edits "
        "the bulletin when Clementine is away.",
        (("My day", "/my-day/"), ("The next meetings", "/boards/"),
         ("Close yesterday’s session", "/sessions/past/"),
         ("The editor’s desk", "/bulletin/desk/"), ("Invite somebody", "/people/invite/")),
    ),
    Persona(
        "administrator", KEEP, "administrator", "Ignatius Penhaligon-Moss",
        (Place(COUNCIL, "council", "Systems Officer", ("administrator",)),),
        "Keeps organisations, accounts, colours and periods. Sees nobody’s words.",
        (("Settings", "/settings/"), ("People", "/people/"), ("How it all runs", "/status/")),
    ),
    Persona(
        "privacy", KEEP, "privacy_officer", "Drusilla Fenwick-Rushes",
        (Place(COUNCIL, "council", "Information Governance Officer", ("privacy_officer",)),),
        "Sees who looked at what and who did what. Does not see the words themselves.",
        (("Who did what", "/audit/"), ("My account", "/account/")),
    ),
    Persona(
        "analyst", KEEP, "analyst", "Cosmo Tallyweather",
        (Place(COUNCIL, "council", "Performance Analyst", ("analyst",)),),
        "Sees counts in which nobody can be found, and nothing behind them.",
        (("You said, we did", "/you-said-we-did/"), ("Decisions", "/decisions/")),
    ),
    Persona(
        "editor", KEEP, "bulletin_editor", "Clementine Harrowgate",
        (Place(COUNCIL, "council", "Communications Officer", ("bulletin_editor",)),),
        "Puts the weekly bulletin together. It makes itself from what is new; she orders, trims, "
        "and hands it on to Philippa, who lets it go. What Philippa hands on, she lets go.",
        (("The editor’s desk", "/bulletin/desk/"), ("What everybody sees", "/bulletin/")),
    ),
    Persona(
        "member", KEEP, "subscriber", "Hettie Cloudesley",
        (Place("The network", "network", "Volunteer, Chesham youth club", ("subscriber",)),),
        "Joined the network by herself, by a code. Sees what everybody may see, her account, and "
        "what colleagues share.",
        (("Who does what, where?", "/network/"), ("My bulletin", "/bulletin/mine/")),
        strong=False,
    ),
    Persona(
        "childminder", KEEP, "subscriber", "Tansy Applegarth",
        (Place("The network", "network", "Childminder, Whitefield", ("subscriber",)),),
        "Looks after five children in her own house and writes from her own address, so the "
        "bulletin asked for her yes first. Has a place at the next session at lunch.",
        (("My bulletin, or leave it", "/bulletin/mine/"),
         ("My sessions and certificates", "/my-learning/"), ("Sessions", "/sessions/")),
        strong=False,
    ),
)  # fmt: skip
BY_KEY = {persona.key: persona for persona in PERSONAS}


@transaction.atomic
def ensure() -> dict[str, User]:
    """Have every persona there, with their posts; what is there already is left alone."""
    people = {persona.key: _person(persona) for persona in PERSONAS}
    for persona in PERSONAS:
        for place in persona.places:
            _post(people[persona.key], place)
    for persona in PERSONAS:
        for place in persona.places:
            if place.lead:
                lead = people[place.lead].posts.order_by("pk").first()
                posts = people[persona.key].posts.filter(title=place.title, lead=None)
                posts.update(lead=lead)
    return people


def person(key: str) -> User:
    """The user behind a persona, made if it is not there yet."""
    found = User.objects.filter(email=BY_KEY[key].email).first()
    return found or ensure()[key]


def _person(persona: Persona) -> User:
    return User.objects.get_or_create(
        email=persona.email,
        defaults={"name": persona.name, "password": make_password(None), "joined_at": clock.now()},
    )[0]


def _post(person: User, place: Place) -> Post:
    if place.sector == Organisation.Sector.NETWORK:
        organisation, _ = Organisation.objects.get_or_create(
            sector=place.sector, defaults={"name": place.organisation}
        )
    else:
        organisation, _ = Organisation.objects.get_or_create(
            name=place.organisation, defaults={"sector": place.sector}
        )
    return Post.objects.get_or_create(
        user=person, organisation=organisation, title=place.title,
        defaults={"roles": list(place.roles), "starts_on": _long_ago()},
    )[0]  # fmt: skip


def _long_ago() -> date:
    """Before anything that the demonstration tells of."""
    return date(clock.today().year - 4, 1, 1)


def young_links() -> list[dict[str, str]]:
    """What the demonstration left for visitors without an account: who, words, and an address.

    It writes them, once its codes are made, to a file beside the data.
    """
    left = settings.DATA / "demo-threads.json"
    return json.loads(left.read_text()) if left.exists() else []
