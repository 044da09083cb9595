"""Who may see people and organisations, and what they may do to a post."""

from allauth.mfa.models import Authenticator
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from saidanddone.people import roles
from saidanddone.people.models import (
    Invitation,
    Membership,
    Organisation,
    Post,
    Profile,
    RegisterFile,
    Session,
    User,
)
from saidanddone.reference.models import Area

# A clerk brings people to boards. Roles that read children's words come from an administrator.
GIVEN_BY_CLERK = (roles.Practitioner, roles.Officer, roles.Councillor)
GIVEN_BY_ADMINISTRATOR = tuple(
    role for role in roles.HELD if not role.later and role is not roles.Subscriber
)

MOST_PROPOSED = 30  # organisations that members named
# What a question is made of and no answer.
SMALL_WORDS = {
    "who", "does", "do", "what", "is", "in", "at", "for", "the", "a", "an", "of", "and", "with",
    "works", "work", "on", "to",
}  # fmt: skip
SEARCHED = (
    ("works_at", "works_at"), ("works_at", "organisation__areas__name"), ("does", "does"),
    ("areas", "areas__name"), ("topics", "topics__name"),
)  # fmt: skip


def is_professional(user: User) -> bool:
    """Signed in by passkey or second step, for a post that is more than the network's."""
    if not user.is_authenticated or user.acting_for is None or not user.strong:
        return False
    return roles.Subscriber.code not in user.acting_for.roles


def givable_roles(user: User) -> tuple[type[roles.Role], ...]:
    """The roles that this person may put on somebody else's post."""
    if not user.is_authenticated:
        return ()
    if user.has_role("administrator"):
        return GIVEN_BY_ADMINISTRATOR
    return GIVEN_BY_CLERK if user.has_role("clerk") else ()


# ------------------------------------------------------------------ second steps


def second_steps() -> QuerySet[Authenticator]:
    """Passkeys and apps; recovery codes come with them and are none of their own."""
    return Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)


def may_add_step(user: User, invitation: Invitation | None) -> bool:
    """Whether they may add a passkey or app: with one that they have, or with an open invitation.

    Else a letter box that somebody else reads would be enough to come to children's words.
    """
    if user.strong or second_steps().filter(user=user).exists():
        return True
    return invitation is not None and invitation.post.user_id == user.pk and invitation.is_open()


def opens_account_of(user: User, person: User) -> bool:
    """Whether this person could have given every post that the other holds or will hold."""
    givable = {role.code for role in givable_roles(user)} | {roles.Subscriber.code}
    held = Post.objects.filter(user=person, ended_at__isnull=True).values_list("roles", flat=True)
    return all(set(codes) <= givable for codes in held)


# ------------------------------------------------------------------ seeing


def visible_posts(user: User) -> QuerySet[Post]:
    """Live posts of grown-ups who work with us; those of the network only to an administrator."""
    if not is_professional(user):
        return Post.objects.none()
    found = Post.objects.live().filter(user__is_young=False)
    if not user.has_role("administrator"):
        found = found.exclude(roles__contains=[roles.Subscriber.code])
    return found.select_related("user", "organisation")


def visible_people(user: User) -> QuerySet[User]:
    """People with a live post; nobody under 18, and nobody to those who are not professionals."""
    posts = visible_posts(user).select_related(None).filter(user=OuterRef("pk"))
    return User.objects.filter(Exists(posts), is_young=False)


def visible_accounts(user: User) -> QuerySet[User]:
    """For those who keep accounts: also people whose posts have ended."""
    if is_professional(user) and user.has_role("administrator"):
        return User.objects.filter(is_young=False)
    return visible_people(user)


def visible_posts_of(user: User, person: User) -> QuerySet[Post]:
    """Every post of one person; pages show the ended ones to administrators only."""
    seen = visible_accounts(user).filter(pk=person.pk)
    return _with_steps(Post.objects.filter(user__in=seen)).select_related("lead__user")


def changeable_posts(user: User) -> QuerySet[Post]:
    """Posts that have a page of their own for this person."""
    seen = _with_steps(Post.objects.filter(user__in=visible_accounts(user)))
    return seen.select_related("lead__user", "lead__organisation")


def _with_steps(posts: QuerySet[Post]) -> QuerySet[Post]:
    """Each with its person, and with whether they lack a passkey or app."""
    lacks = ~Exists(second_steps().filter(user=OuterRef("user")))
    return posts.select_related("user", "organisation").annotate(lacks_step=lacks)


def sent_invitations() -> QuerySet[Invitation]:
    """Invitations by their token, which tells nobody anything: a code goes to the address."""
    return Invitation.objects.select_related("post__user", "post__organisation")


def sessions_elsewhere(user: User, here: str | None) -> QuerySet[Session]:
    """Where else this person is signed in."""
    return Session.objects.filter(user_id=user.pk).exclude(session_key=here or "")


def people_matching(people: QuerySet[User], words: str) -> QuerySet[User]:
    """Those whose name, post or organisation holds each of the words."""
    for word in words.split()[:6]:
        posts = Post.objects.live().filter(
            Q(title__icontains=word) | Q(organisation__name__icontains=word), user=OuterRef("pk")
        )
        people = people.filter(Q(name__icontains=word) | Exists(posts))
    return people


def visible_organisations(user: User) -> QuerySet[Organisation]:
    """Every organisation that works with us, to professionals; the network is no organisation."""
    if not is_professional(user):
        return Organisation.objects.none()
    return Organisation.objects.exclude(sector=Organisation.Sector.NETWORK)


def memberships_of(organisation: Organisation) -> QuerySet[Membership]:
    """The forums and alliances that an organisation belongs to today."""
    found = Membership.objects.current().filter(organisation=organisation)
    return found.select_related("forum")


def with_places(found: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Each with the names of its areas and of its forums today, from the same query."""
    areas = Organisation.areas.through.objects.filter(organisation=OuterRef("pk"))
    member = Membership.objects.current().filter(organisation=OuterRef("pk"))
    return found.annotate(
        area_names=ArraySubquery(areas.order_by("area__order").values("area__name")),
        forum_names=ArraySubquery(member.values("forum__name")),
    )


def organisations_matching(
    found: QuerySet[Organisation], *, q: str = "", kind: str = "", area: str = "", forum: str = ""
) -> QuerySet[Organisation]:
    """Those whose name holds each of the words, of this kind, in this area, of this forum."""
    for word in q.split()[:6]:
        found = found.filter(name__icontains=word)
    if kind:
        found = found.filter(sector=kind)
    if area:  # whoever works in the whole borough works in each of its towns
        around = Area.objects.filter(Q(code=area) | Q(area__code=area)).order_by().values("pk")
        there = Organisation.areas.through.objects.filter(area__in=around)
        found = found.filter(pk__in=there.values("organisation"))
    return found.filter(Exists(_members_of(forum, OuterRef("pk")))) if forum else found


def _members_of(forum: str, organisation: OuterRef) -> QuerySet[Membership]:
    """That an organisation belongs to a forum today."""
    return Membership.objects.current().filter(forum__code=forum, organisation=organisation)


# --------------------------------------------------------------- the network


def visible_members(user: User) -> QuerySet[Profile]:
    """Grown-ups of the network who want to be found, to everybody who is in it or works with us."""
    if not user.is_authenticated or user.acting_for is None or user.is_young:
        return Profile.objects.none()
    here = Post.objects.live().filter(user=OuterRef("user"))
    found = Profile.objects.filter(Exists(here), listed=True, user__is_young=False)
    return found.select_related("user")


def with_members(user: User, found: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Each organisation with how many members of the network say that they work there."""
    there = visible_members(user).filter(organisation=OuterRef("pk"), shares__contains=["works_at"])
    counted = there.order_by().values("organisation").annotate(number=Count("pk")).values("number")
    return found.annotate(members=Coalesce(Subquery(counted), 0))


def members_with_lists(found: QuerySet[Profile]) -> QuerySet[Profile]:
    """Each with the names of their areas and topics, from the same query."""
    areas = Profile.areas.through.objects.filter(profile=OuterRef("pk"))
    topics = Profile.topics.through.objects.filter(profile=OuterRef("pk"))
    return found.annotate(
        area_names=ArraySubquery(areas.order_by("area__order").values("area__name")),
        topic_names=ArraySubquery(topics.order_by("topic__order").values("topic__name")),
    )


def members_placed(
    members: QuerySet[Profile], *, area: str = "", forum: str = ""
) -> QuerySet[Profile]:
    """Those who work in an area, or whose organisation does or belongs to a forum; as shared."""
    if area:
        own = Q(areas__code=area, shares__contains=["areas"])
        of_place = Q(organisation__areas__code=area, shares__contains=["works_at"])
        placed = Profile.objects.filter(own | of_place).order_by().values("pk")
        members = members.filter(pk__in=placed)
    if forum:
        there = Exists(_members_of(forum, OuterRef("organisation")))
        members = members.filter(there, shares__contains=["works_at"])
    return members


def own_profile(user: User) -> Profile | None:
    """What somebody tells of themselves, if they do."""
    return Profile.objects.filter(user=user.pk).first()


def members_matching(members: QuerySet[Profile], words: str) -> QuerySet[Profile]:
    """Those in whose name or shared parts each of the words stands: who does what in Radcliffe?"""
    asked = [word.strip("?.,!;:").lower() for word in words.split()]
    for word in [one for one in asked if one and one not in SMALL_WORDS][:6]:
        found = Q(user__name__icontains=word)
        for part, where in SEARCHED:
            found |= Q(**{f"{where}__icontains": word}) & Q(shares__contains=[part])
        matching = Profile.objects.filter(found).order_by().values("pk")
        members = members.filter(pk__in=matching)
    return members


def proposed_organisations(user: User) -> QuerySet:
    """Where members say that they work and we know no such organisation; for those who add some."""
    if "add_organisation" not in organisation_verbs(user):
        return Profile.objects.none()
    unknown = Profile.objects.filter(organisation=None).exclude(works_at="").order_by()
    named = unknown.values("works_at").annotate(members=Count("pk"))
    return named.order_by("-members", "works_at")[:MOST_PROPOSED]


def known_organisations() -> list[str]:
    """The names of organisations that work with us, to choose from while one types."""
    found = Organisation.objects.exclude(sector=Organisation.Sector.NETWORK)
    return list(found.filter(ended_on__isnull=True).values_list("name", flat=True))


def organisations_with_a_page(user: User) -> QuerySet[Organisation]:
    """The same, and to administrators, who see its members, the network too."""
    if is_professional(user) and user.has_role("administrator"):
        return Organisation.objects.all()
    return visible_organisations(user)


# ------------------------------------------------------------------- doing


def organisation_verbs(user: User, organisation: Organisation | None = None) -> set[str]:
    """Administrators keep organisations; a clerk may add one that a guest comes from."""
    if not user.is_authenticated:
        return set()
    if user.has_role("administrator"):
        if organisation is None:
            return {"add_organisation"}
        over = organisation.ended_on or organisation.sector == Organisation.Sector.NETWORK
        return set() if over else {"change_organisation", "end_organisation"}
    return {"add_organisation"} if organisation is None and user.has_role("clerk") else set()


def register_verbs(user: User | str, record: RegisterFile | None = None) -> set[str]:
    """Administrators read public registers in, and so does whoever runs this place, by command."""
    keeps = isinstance(user, str) or (user.is_authenticated and user.has_role("administrator"))
    if not keeps:
        return set()
    if record is not None:
        return record.open_verbs()
    by_clock = {"forget_undecided_registers"} if isinstance(user, str) else set()
    return {"read_register"} | by_clock


def visible_register_files(user: User) -> QuerySet[RegisterFile]:
    """What was read from registers, for those who may read them."""
    found = RegisterFile.objects.all()
    return found if register_verbs(user) else found.none()


def person_verbs(user: User, person: User | None = None) -> set[str]:
    """Whoever may give roles invites people; nobody gives a post to themselves."""
    if not givable_roles(user):
        return set()
    if person is None:
        return {"invite_person"}
    if person.pk == user.pk or person.is_young:
        return set()
    verbs = {"give_post"}
    return verbs | {"sign_out_everywhere"} if user.has_role("administrator") else verbs


def post_verbs(user: User, post: Post) -> set[str]:
    """Only posts whose every role one could have given, only while they last, never one's own."""
    givable = {role.code for role in givable_roles(user)}
    if user.is_authenticated and user.has_role("administrator"):
        givable.add(roles.Subscriber.code)
    own = post.user_id == user.pk
    if not givable or own or post.ended_at or not set(post.roles) <= givable:
        return set()
    verbs = {"end_post"}
    if roles.Subscriber.code not in post.roles:
        verbs.add("change_post")
    if post.user.joined_at is None or _renews(user, post):
        verbs.add("invite_again")
    return verbs


def _renews(user: User, post: Post) -> bool:
    """Whoever came without adding a passkey or app, or lost them, is invited by an administrator."""
    strong = any(roles.BY_CODE[code].strong for code in post.roles if code in roles.BY_CODE)
    return strong and user.has_role("administrator") and getattr(post, "lacks_step", False)


def own_verbs(user: User, person: User) -> set[str]:
    """What everybody may do to their own account."""
    if not user.is_authenticated or person.pk != user.pk:
        return set()
    return {"change_name", "act_for", "sign_out_everywhere", "accept_invitation", "add_second_step"}


def network_verbs(user: User) -> set[str]:
    """Grown-ups who hold a post here, their own joining included, have a place in the network."""
    here = user.is_authenticated and user.acting_for is not None and not user.is_young
    return {"tell_of_oneself", "leave_network"} if here else set()


def member_verbs(user: User, member: Profile) -> set[str]:
    """Whoever may see a member may write to them, through us."""
    others = member.listed and member.user_id != user.pk
    return {"write_to_member"} if others and network_verbs(user) else set()
