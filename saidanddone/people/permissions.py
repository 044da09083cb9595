"""Who may see people and organisations, and what they may do to a post."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from saidanddone.people import roles
from saidanddone.people.models import Invitation, Organisation, Post, Session, User

# A clerk brings people to boards. Roles that read children's words come from an administrator.
GIVEN_BY_CLERK = (roles.Practitioner, roles.Officer, roles.Councillor)
GIVEN_BY_ADMINISTRATOR = tuple(
    role for role in roles.HELD if not role.later and role is not roles.Subscriber
)


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
    return Post.objects.filter(user__in=seen).select_related("user", "organisation", "lead__user")


def changeable_posts(user: User) -> QuerySet[Post]:
    """Posts that have a page of their own for this person."""
    seen = Post.objects.filter(user__in=visible_accounts(user))
    return seen.select_related("user", "organisation", "lead__user", "lead__organisation")


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


# ------------------------------------------------------------------- doing


def organisation_verbs(user: User, organisation: Organisation | None = None) -> set[str]:
    """Administrators keep organisations; a clerk may add one that a guest comes from."""
    if not user.is_authenticated:
        return set()
    if user.has_role("administrator"):
        if organisation is None:
            return {"add_organisation"}
        return set() if organisation.ended_on else {"change_organisation", "end_organisation"}
    return {"add_organisation"} if organisation is None and user.has_role("clerk") else set()


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
    if post.user.joined_at is None:
        verbs.add("invite_again")
    return verbs


def own_verbs(user: User, person: User) -> set[str]:
    """What everybody may do to their own account."""
    if not user.is_authenticated or person.pk != user.pk:
        return set()
    return {"change_name", "act_for", "sign_out_everywhere", "accept_invitation"}
