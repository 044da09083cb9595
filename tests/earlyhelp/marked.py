"""A family in which every sensitive word is a mark that stands nowhere else."""

import re
import uuid
from datetime import timedelta
from types import SimpleNamespace

from django.core.files.base import ContentFile

from saidanddone.core import clock, identity
from saidanddone.earlyhelp import verbs
from saidanddone.earlyhelp.models import Contribution, FamilyMember, RivalText
from saidanddone.earlyhelp.verbs import NewMember
from saidanddone.earlyhelp.verbs.closing import Said
from saidanddone.earlyhelp.verbs.reviewing import Came, Far, Felt, Held
from tests.factories.earlyhelp import as_, child_of, door_for, fresh, make_supervisor, make_worker
from tests.factories.people import make_organisation, make_user

MARK = re.compile(r"zq[a-z]\d+[a-z]+zq", re.IGNORECASE)


class Marks:
    """The marks of one family, and for each where it was put."""

    def __init__(self, letter):
        self.letter, self.places = letter, {}

    def __call__(self, place):
        """A new mark, for this place."""
        name = f"zq{self.letter}{len(self.places)}{place}zq"
        self.places[name] = place
        return name

    def within(self, text):
        """Which of them stand in a text."""
        return {one.lower() for one in MARK.findall(text)} & set(self.places)


def make_marked(letter):
    """A family with everybody round it, told by the product's own verbs, from opening to closing."""
    put, supervisor = Marks(letter), make_supervisor()
    lead = make_worker(supervisor.acting_for.organisation, lead=supervisor.acting_for)
    school, refuge = make_organisation(sector="school"), make_organisation(sector="charity")
    home = SimpleNamespace(
        put=put, lead=lead, supervisor=supervisor, member=make_worker(school),
        quiet=make_worker(refuge), parent=make_user(), other=make_user(), young=make_user(),
    )  # fmt: skip
    with as_(lead):
        _opened(home, school)
    with identity.as_system("test"):
        for name, person in (("mother", home.parent), ("father", home.other), ("boy", home.young)):
            door_for(home.story, home.people[name], person)
        home.people = {key: FamilyMember.objects.get(pk=one.pk) for key, one in home.people.items()}
    with as_(lead):
        _teamed(home, school, refuge)
        _told(home)
    _written(home)
    _planned(home)
    return home


def _opened(home, school):
    put = home.put
    names = {key: put("name") for key in ("mother", "father", "girl", "boy")}
    born = {"girl": 3000, "boy": 5000}
    people = [
        NewMember(
            "child" if key in born else "adult", name,
            clock.today() - timedelta(days=born[key]) if key in born else None,
            agrees=key in {"mother", "father"},
            more={
                "known_as": put("knownas"), "relation": put("relation"),
                "communication": put("needs"), "setting": put("setting"), "doctor": put("doctor"),
                "interpreter": put("interpreter"), "able": key == "boy",
                "numbers": {"NHS": put("number")},
            },
        )
        for key, name in names.items()
    ]  # fmt: skip
    agreed = {
        "words": put("agreement"), "hold_back": put("holdback"), "witness": put("witness"),
        "until": clock.today() + timedelta(days=150), "how": "spoken",
        "agencies": [home.lead.acting_for.organisation_id, school.pk],
    }  # fmt: skip
    home.story = verbs.open_story(
        called=put("called"), members=people, agreement=agreed, why_now=put("cover"), by=home.lead
    )
    verbs.begin_assessment(story=home.story, by=home.lead)
    home.people = {key: child_of(home.story, name) for key, name in names.items()}


def _teamed(home, school, refuge):
    put, lead = home.put, home.lead
    share = verbs.share_outside(
        story=home.story, organisation=refuge, shared=True, power="children-act-10",
        what=put("share"), why=put("share"), family_told=False, not_told_why=put("share"),
        authorised_by=put("share"), by=lead,
    )  # fmt: skip
    verbs.invite_to_team(
        story=home.story, post=home.member.acting_for, purpose=put("purpose"), by=lead
    )
    verbs.invite_to_team(
        story=home.story, post=home.quiet.acting_for, purpose=put("refuge"), share=share, by=lead
    )


def _told(home):
    put, told = home.put, {"story": home.story, "by": home.lead}
    for key in ("girl", "boy"):
        child = home.people[key]
        for audience in ("worker", "team", "decide"):
            for _ in range(3):
                verbs.record_childs_words(
                    child=child, words=put(audience + key), audience=audience,
                    how=put(audience + key), **told,
                )  # fmt: skip
            home.drawing = verbs.keep_drawing(  # the last is the boy's
                child=child, described=put(audience + key), audience=audience,
                picture=ContentFile(put(audience + key).encode(), name="drawn.png"), **told,
            )  # fmt: skip
        verbs.judge_level(child=child, level=3, why=put("level"), **told)
    for _ in range(4):
        for key in ("mother", "father"):
            verbs.record_parents_words(
                member=home.people[key], words=put(key), how=put(key), **told
            )
        verbs.keep_contact(
            kind="call", who=[home.people["girl"]], who_else=put("contact"),
            what=put("contact"), next=put("contact"), **told,
        )  # fmt: skip
    verbs.note_scale(score=4, member=home.people["mother"], words=put("mother"), **told)
    sealed = verbs.record_childs_words(
        child=home.people["girl"], words=put("sealed"), audience="team", how=put("sealed"), **told
    )
    readers = [home.lead.pk, home.supervisor.pk]
    verbs.seal_record(subject=sealed.pk, readers=readers, why=put("seal"), **told)
    home.address = verbs.keep_safe_address(
        member=home.people["mother"], words=put("address"), readers=readers, **told
    )


def _written(home):
    put = home.put
    for worker, place in ((home.lead, "part"), (home.member, "part"), (home.quiet, "refuge")):
        with as_(worker):
            for section in ("home", "health", "learning"):
                made = verbs.contribute(story=home.story, section=section, by=worker)
                texts = {name: put(place) for name in ("strengths", "worries", "needs")}
                verbs.save_contribution(contribution=made, seen=0, by=worker, **texts)
                verbs.sign_contribution(
                    contribution=Contribution.objects.get(pk=made.pk), by=worker
                )
    with as_(home.member):
        draft = verbs.contribute(story=home.story, section="around", by=home.member)
        verbs.save_contribution(contribution=draft, seen=0, worries=put("draft"), by=home.member)
        home.rival = RivalText.objects.create(
            story=home.story, post=home.member.acting_for, contribution=draft, began_from=0,
            window=uuid.uuid4(), worries=put("draft"),
        )  # fmt: skip
        verbs.keep_contact(
            story=home.story, kind="visit", who=[], what=put("membercontact"), by=home.member
        )
    with as_(home.supervisor):
        for _ in range(3):
            verbs.note_oversight(
                story=home.story, words=put("oversight"), to_do=put("oversight"),
                by=home.supervisor,
            )  # fmt: skip


def _planned(home):
    put, lead, story = home.put, home.lead, home.story
    with as_(lead):
        verbs.send_for_authorising(story=fresh(story), by=lead)
    with as_(home.supervisor):
        verbs.authorise_story(story=fresh(story), by=home.supervisor)
    with as_(lead):
        for _ in range(3):
            home.goal = verbs.add_goal(
                story=fresh(story), words=put("goal"), strength=put("goal"), by=lead
            )
            home.step = verbs.add_step(
                goal=home.goal, what=put("step"), member=home.people["mother"],
                due_on=clock.today() + timedelta(days=14), by=lead,
            )  # fmt: skip
        verbs.add_step(
            goal=home.goal, what=put("refuge"), post=home.quiet.acting_for,
            due_on=clock.today() + timedelta(days=14), by=lead,
        )  # fmt: skip
        for key in ("mother", "father"):
            verbs.agree_plan(
                story=fresh(story), member=home.people[key], words=put(key), witness=put(key),
                by=lead,
            )  # fmt: skip
        _reviewed(home)
        verbs.ask_to_close(
            story=fresh(story), reason="needs-met", words=put("closing"), continues=put("closing"),
            said=(Said(home.people["mother"], put("mother"), put("mother")),), by=lead,
        )  # fmt: skip
        home.story = fresh(story)


def _reviewed(home):
    put = home.put
    for _ in range(3):
        held = Held(
            clock.today(), "meeting", put("review"), clock.today() + timedelta(days=42),
            came=[
                Came("there", home.people["mother"], update=put("review")),
                Came("sent", post=home.quiet.acting_for, update=put("refuge")),
            ],
            far=[Far(home.goal, "nearer", put("review"))],
            felt=[Felt(5, home.people["father"], words=put("father"))],
        )  # fmt: skip
        verbs.hold_review(story=fresh(home.story), held=held, by=home.lead)
