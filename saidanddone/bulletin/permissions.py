"""Who sees and changes items, editions and subscriptions.

Everybody reads what has been sent. Whoever suggests something sees what became of it. The bulletin
editor, or the clerk where there is none, puts editions together; a second person lets them go.
"""

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchVector
from django.db.models import Exists, OuterRef, Q, QuerySet

from saidanddone.bulletin import states
from saidanddone.bulletin.models import ContactList, Edition, Entry, Item, Subscription
from saidanddone.bulletin.models.subscriptions import opened
from saidanddone.core import finding
from saidanddone.people.models import Post, User

Asker = User | AnonymousUser | str | None  # a person, a named system person, or a link's holder
SHOWN_TITLES = 3  # of an edition, in the archive
EDITS = ("bulletin_editor", "clerk")
OF_EDITORS = set(states.EDITION) - {"approve_edition", "send_edition"}
OF_THE_HOLDER = {"confirm_subscription", "choose_topics", "end_subscription"}


# ------------------------------------------------------------------ seeing


def is_editor(user: Asker) -> bool:
    """Whether they put the bulletin together."""
    return isinstance(user, User) and any(user.has_role(code) for code in EDITS)


def visible_items(user: Asker) -> QuerySet[Item]:
    """What has been printed, to everybody; one's own; all to editors."""
    if is_editor(user):
        return Item.objects.exclude(state=states.UNCONFIRMED)
    found = Q(state=states.PRINTED)
    if isinstance(user, User):
        found |= Q(by=user.pk)
    return Item.objects.filter(found)


def visible_editions(user: Asker) -> QuerySet[Edition]:
    """Those that were sent, to everybody; all to editors."""
    return Edition.objects.all() if is_editor(user) else Edition.objects.sent()


def visible_entries(user: Asker, edition: Edition) -> QuerySet[Entry]:
    """What stands in an edition; to its editors also what they left out."""
    seen = visible_editions(user).filter(pk=edition.pk).order_by().values("pk")
    found = Entry.objects.filter(edition__in=seen)
    return found if is_editor(user) else found.standing()


def sent_entries() -> QuerySet[Entry]:
    """What stood in any bulletin that went out, to everybody."""
    return Entry.objects.filter(edition__state=states.SENT, left_out=False)


def visible_subscriptions(user: Asker) -> QuerySet[Subscription]:
    """One's own."""
    if not isinstance(user, User):
        return Subscription.objects.none()
    return Subscription.objects.filter(Q(person=user.pk) | Q(address__iexact=user.email))


def subscription_by(purpose: str, token: str) -> Subscription | None:
    """The subscription that this link is about; None if we never made it."""
    told = opened(purpose, token)
    if told is None:
        return None
    number, _, moment = told.partition(".")
    found = Subscription.objects.filter(pk=int(number)).first()
    if found is not None and moment and moment != str(int(found.asked_at.timestamp())):
        return None  # a later asking has a later letter
    return found


def unconfirmed_items(token: str) -> tuple[str, QuerySet[Item]] | None:
    """The address that this link proves, and what was suggested from it and waits for that."""
    address = opened("items", token)
    if address is None:
        return None
    waiting = Item.objects.filter(state=states.UNCONFIRMED, by_address__iexact=address)
    return address, waiting.order_by("submitted_at")


def of_leavers() -> QuerySet[Subscription]:
    """Subscriptions of people who have left: whoever holds no post here any more."""
    here = Post.objects.live().filter(user=OuterRef("person"))
    return Subscription.objects.live().filter(~Exists(here), person__isnull=False)


def second_people(edition: Edition) -> QuerySet[Post]:
    """The posts of everybody who may let this edition go."""
    posts = (
        Post.objects.live()
        .filter(roles__overlap=list(EDITS))
        .exclude(user=edition.handed_on_by_id or 0)
    )
    return posts.select_related("user")


# ------------------------------------------------------------------- doing


def item_verbs(user: Asker, item: Item | None = None) -> set[str]:
    """Anybody suggests; the holder of the letter's link confirms; editors decide."""
    if item is None:
        return {"submit_item"}
    if user is None:
        return {"confirm_item"} & item.open_verbs()
    if isinstance(user, str):
        return {"print_item"} & item.open_verbs()
    if is_editor(user):
        return {"accept_item", "decline_item", "change_item"} & item.open_verbs()
    mine = isinstance(user, User) and item.by_id == user.pk and item.state == states.SUBMITTED
    return {"change_item"} if mine else set()


def edition_verbs(user: Asker, edition: Edition | None = None) -> set[str]:
    """Editors put together and stop; somebody else than who handed it on approves."""
    if edition is None:
        return {"compile_edition"} if isinstance(user, str) or is_editor(user) else set()
    if isinstance(user, str):
        return {"send_edition"} & edition.open_verbs()
    if not is_editor(user):
        return set()
    allowed = set(OF_EDITORS)
    if edition.handed_on_by_id != user.pk:
        allowed.add("approve_edition")
    return allowed & edition.open_verbs()


def reader_verbs(user: Asker, record: ContactList | None = None) -> set[str]:
    """Editors add readers from a list and take it back, and so does whoever runs this place."""
    if not (isinstance(user, str) or is_editor(user)):
        return set()
    return {"add_readers"} if record is None else record.open_verbs()


def visible_contact_lists(user: Asker) -> QuerySet[ContactList]:
    """Lists that were added to the readers, for those who may add one."""
    found = ContactList.objects.all()
    return found if is_editor(user) else found.none()


def subscription_verbs(user: Asker, subscription: Subscription | None = None) -> set[str]:
    """Anybody asks for the bulletin; the holder of a link, or whoever signs in, has their own."""
    if subscription is None:
        return {"ask_for_bulletin"}
    if user is None:
        return OF_THE_HOLDER & subscription.open_verbs()
    if isinstance(user, str):
        return {"end_subscription"} & subscription.open_verbs()
    if not isinstance(user, User):
        return set()
    own = subscription.person_id == user.pk or subscription.address.lower() == user.email.lower()
    allowed = {"take_bulletin", "choose_topics", "end_subscription"} if own else set()
    return allowed & subscription.open_verbs()


# ------------------------------------------------------------------- finding


def sent_with_first(user: Asker) -> QuerySet[Edition]:
    """Editions that went out, each with the titles of its first things, for the archive."""
    first = Entry.objects.standing().filter(edition=OuterRef("pk"))
    return (
        visible_editions(user)
        .sent()
        .annotate(titles=ArraySubquery(first.values("title")[:SHOWN_TITLES]))
    )


def found_entries(words: str) -> QuerySet[Entry]:
    """What stood in bulletins that went out and has these words, the newest first."""
    query = finding.asked(words)
    vector = SearchVector("title", "words", "who_for", "when", config=finding.CONFIG)
    return (
        sent_entries()
        .alias(vector=vector)
        .filter(vector=query)
        .select_related("edition")
        .order_by("-edition__number", "place")
    )
