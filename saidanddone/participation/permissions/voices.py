"""Who may read whose words, who looks at what is held, and which verbs are open to whom."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from saidanddone.core import clock
from saidanddone.participation import states
from saidanddone.participation.models import Duty, Gathering, GroupedVoice, Hold, ThreadCode, Voice
from saidanddone.participation.models.codes import digests
from saidanddone.participation.models.voices import Readers
from saidanddone.people.models import Post, User

Person = User | AnonymousUser | str | None  # a person, a named system person, or a code's holder

# Whose work is with what children say. Administrators, analysts, privacy officers and network
# members read what everybody may read: the wall.
READS = frozenset({
    "practitioner", "supervisor", "coordinator", "clerk", "participation_worker", "officer",
    "safeguarding_lead", "duty_desk", "councillor", "bulletin_editor",
})  # fmt: skip
RECORDS = frozenset({"practitioner", "participation_worker", "officer", "clerk"})
IN_THE_OPEN = (states.WAITING, states.READ)
DUTY_KEEPERS = frozenset({"safeguarding_lead", "participation_worker"})

HOLDER = frozenset({"add_words", "take_back_voice"})  # whoever has the code
RECORDER = frozenset({"renew_code", "take_back_voice", "correct_voice", "hold_voice"})
READER = frozenset({
    "read_voice", "publish_voice", "unpublish_voice", "hold_voice", "take_back_voice",
})  # fmt: skip
OWN_READER = frozenset({"read_voice"})
LOOKER = frozenset({"open_held_voice", "release_voice", "hand_voice_on"})
CLOCK = frozenset({"hold_voice", "pass_held_voice_on"})


def may(user: Person, roles: frozenset[str]) -> bool:
    """Whether the post they act for holds one of these roles, used as strongly as it must be."""
    if not isinstance(user, User) or user.acting_for is None:
        return False
    return any(user.has_role(code) for code in user.acting_for.roles if code in roles)


# ------------------------------------------------------------------ reading


def visible_voices(user: Person) -> QuerySet[Voice]:
    """Words that this person may read: as the speaker chose, and never what is held.

    Only my worker: the worker who wrote them down or whom the speaker named. Those who can help:
    also participation workers, and whoever answers an issue that they are part of. Everyone: also
    those whose work is here, once a person has read them. Until then whoever wrote words down has
    a receipt: so no list tells them apart from words that are held.
    """
    if not may(user, READS):
        return Voice.objects.none()
    post = user.acting_for.pk
    found = Q(readers=Readers.EVERYONE, state=states.READ)
    if may(user, RECORDS):
        theirs = Q(recorded_for=post) | Q(worker=post)
        found |= theirs & (Q(state=states.READ) | Q(readers=Readers.MY_WORKER))
    if user.has_role("participation_worker"):
        found |= Q(readers__in=[Readers.HELPERS, Readers.EVERYONE])
    answers = GroupedVoice.objects.filter(
        Q(voice=OuterRef("pk")) | Q(voice=OuterRef("follows")), issue__owner=post
    )
    found |= Q(Exists(answers), readers=Readers.HELPERS, state=states.READ)
    return Voice.objects.filter(found, state__in=IN_THE_OPEN)


def confided(user: Person) -> Q:
    """Of an issue's grouped voices, those that are for the eyes of this worker alone."""
    if not may(user, RECORDS):
        return Q(pk__in=[])
    post = user.acting_for.pk
    theirs = Q(voice__recorded_for=post) | Q(voice__worker=post)
    return theirs & Q(voice__readers=Readers.MY_WORKER, voice__state__in=IN_THE_OPEN)


def recorded_voices(user: Person) -> QuerySet[Voice]:
    """What this post has written down, held or not: for receipts, which show no words.

    A receipt looks the same while words wait and while they are held.
    """
    if not may(user, RECORDS):
        return Voice.objects.none()
    post = user.acting_for.pk
    return Voice.objects.filter(Q(recorded_for=post)).exclude(state=states.TAKEN_BACK)


def visible_gatherings(user: Person) -> QuerySet[Gathering]:
    """Sessions with a group: their own, and for participation workers all but private ones."""
    if not may(user, RECORDS):
        return Gathering.objects.none()
    found = Q(recorded_for=user.acting_for.pk)
    if user.has_role("participation_worker"):
        found |= Q(readers__in=[Readers.HELPERS, Readers.EVERYONE])
    return Gathering.objects.filter(found)


def photo_may_show(user: Person, gathering: Gathering) -> bool:
    """A flip chart may carry words that are held: until then its worker alone sees it."""
    if not gathering.photo:
        return False
    if (
        isinstance(user, User)
        and user.acting_for
        and gathering.recorded_for_id == user.acting_for.pk
    ):
        return True
    return not gathering.voices.exclude(state__in=[*IN_THE_OPEN]).exists()


def public_voices() -> QuerySet[Voice]:
    """Words that stand where everybody can read them: chosen so, read, and published."""
    return Voice.objects.filter(
        state=states.READ, readers=Readers.EVERYONE, may_publish=True, published_at__isnull=False
    )


def words_for(user: Person, voice: Voice) -> str:
    """The words as this person may read them: whole for those who listen, covered for the rest."""
    if _close_to(user, voice):
        return voice.words
    return voice.public_words


def reads_whole(user: Person, voice: Voice) -> bool:
    """Whether they see the words as they were said, before anything is covered."""
    return _close_to(user, voice)


def _close_to(user: Person, voice: Voice) -> bool:
    if _is_theirs(user, voice):
        return True
    return (
        isinstance(user, User)
        and user.has_role("participation_worker")
        and voice.readers != Readers.MY_WORKER
    )


def _is_theirs(user: Person, voice: Voice) -> bool:
    """Whether they wrote these words down, or are the worker whom the speaker named."""
    return may(user, RECORDS) and user.acting_for.pk in (voice.recorded_for_id, voice.worker_id)


# ------------------------------------------------------------------ doing


def listening_verbs(user: Person) -> set[str]:
    """What they may begin that concerns no record yet."""
    begun = {"record_voice", "start_gathering"} if may(user, RECORDS) else set()
    return begun | ({"set_duty"} if may(user, DUTY_KEEPERS) else set())


def gathering_verbs(user: Person, gathering: Gathering) -> set[str]:
    """The worker who listened writes down more of what was said there."""
    own = may(user, RECORDS) and gathering.recorded_for_id == user.acting_for.pk
    return {"record_voice"} if own else set()


def voice_verbs(user: Person, voice: Voice) -> set[str]:
    """Their part in this voice, met with what its state allows.

    None is whoever holds its code; a name such as "system:triage" is the clock.
    """
    if isinstance(user, str):
        return CLOCK & voice.open_verbs()
    if user is None:
        return HOLDER & voice.open_verbs()
    part: frozenset[str] = frozenset()
    if _is_theirs(user, voice):
        part |= RECORDER
    if voice.readers == Readers.MY_WORKER:
        part |= OWN_READER if _is_theirs(user, voice) else frozenset()
    elif may(user, frozenset({"participation_worker"})):
        part |= READER
    if not (voice.may_publish and voice.readers == Readers.EVERYONE):
        part -= {"publish_voice"}
    part -= {"publish_voice"} if voice.published_at else {"unpublish_voice"}
    return part & voice.open_verbs()


# ------------------------------------------------------------------ held words


def on_duty() -> dict[int, Post]:
    """Who looks at held words today, by rank: safeguarding lead, deputy, manager.

    Only live posts that still hold the role count; the later entry wins where two overlap.
    """
    today = clock.today()
    rota = (
        Duty.objects.filter(
            starts_on__lte=today, ends_on__gte=today, ended_at__isnull=True,
            post__in=Post.objects.live().filter(roles__contains=["safeguarding_lead"]),
        )
        .select_related("post__user", "post__organisation")
        .order_by("starts_on", "pk")
    )  # fmt: skip
    return {duty.rank: duty.post for duty in rota}


def visible_holds(user: Person) -> QuerySet[Hold]:
    """Held words whose turn it is for this safeguarding lead; for everybody else, nothing.

    Once passed on, those before still see them. With nobody on the rota up to the rank that a hold
    has reached, every safeguarding lead does: words must never wait for a rota. Whoever opened or
    ended a hold sees that it was so.
    """
    if not isinstance(user, User) or not user.has_role("safeguarding_lead"):
        return Hold.objects.none()
    rota = on_duty()
    ranks = [rank for rank, post in rota.items() if post.pk == user.acting_for.pk]
    turn = Q(rank__gte=min(ranks)) if ranks else Q(pk__in=[])
    unattended = Q(rank__lt=min(rota)) if rota else Q(pk__isnull=False)
    mine = Q(opened_by=user) | Q(ended_by=user)
    return Hold.objects.filter(((turn | unattended) & Q(ended_at__isnull=True)) | mine)


def hold_verbs(user: Person, hold: Hold) -> set[str]:
    """What may be done with a hold that this person can see."""
    if isinstance(user, str):
        return CLOCK & hold.voice.open_verbs()
    if not isinstance(user, User) or not user.has_role("safeguarding_lead") or hold.ended_at:
        return set()
    part = LOOKER if hold.opened_at else frozenset({"open_held_voice"})
    return part & hold.voice.open_verbs()


def visible_duties(user: Person) -> QuerySet[Duty]:
    """The rota: for safeguarding leads and participation workers, who keep it."""
    if not may(user, DUTY_KEEPERS):
        return Duty.objects.none()
    return Duty.objects.filter(ended_at__isnull=True, ends_on__gte=clock.today())


def posts_for_duty() -> QuerySet[Post]:
    """Those who may stand on the rota."""
    return Post.objects.live().filter(roles__contains=["safeguarding_lead"])


# ------------------------------------------------------------------ codes and workers


def voice_by_code(typed: str) -> Voice | None:
    """The voice whose thread this code opens, or nothing: as if a wrong one never was."""
    kept = digests(typed)
    if not kept:
        return None
    code = (
        ThreadCode.objects.filter(digest__in=kept, ended_at__isnull=True)
        .select_related(
            "voice__age_band", "voice__area", "voice__topic", "voice__body",
            "voice__worker__user", "voice__worker__organisation",
            "voice__recorded_for__user", "voice__recorded_for__organisation",
        )
        .first()
    )  # fmt: skip
    return code.voice if code else None


def worker_at(address: str) -> Post | None:
    """The live post of somebody who works with children, by their address."""
    posts = Post.objects.live().filter(user__email__iexact=address.strip(), user__is_young=False)
    return posts.filter(roles__overlap=sorted(RECORDS)).order_by("pk").first()


def worker_with(post_id: int) -> Post | None:
    """The same, by the number inside their own signed card."""
    posts = Post.objects.live().filter(pk=post_id, roles__overlap=sorted(RECORDS))
    return posts.select_related("user", "organisation").first()
