"""Who reads which documents and examples, and who may do what to them.

Everybody reads what is published and not restricted. The clerk keeps the library; the owner of a
document may bring new versions of it and say that it is still right, and nothing goes out before
the clerk has looked. A restricted document is there for the clerk, for its owner and for the posts
and organisations that are named as its readers: for nobody else, in no list, count, search,
excerpt or address.
"""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from saidanddone.library import states
from saidanddone.library.models import Document, Practice, Sibling, Version
from saidanddone.people.models import Post, User
from saidanddone.people.permissions import is_professional

Asker = User | AnonymousUser | str | None  # a person, or a named system person

OF_THE_OWNER = {"add_version", "confirm_document"}
OF_THE_CLERK = {
    "change_document", "add_version", "publish_document", "confirm_document", "withdraw_document",
}  # fmt: skip


# ------------------------------------------------------------------ who somebody is here


def is_clerk(user: Asker) -> bool:
    """Whether they act as the partnership's clerk, who keeps the library."""
    return _holds(user, "clerk")


def reads_practice(user: Asker) -> bool:
    """Whether they read examples before these are shown: the clerk or a participation worker."""
    return is_clerk(user) or _holds(user, "participation_worker")


def works_here(user: Asker) -> bool:
    """Whether they may see who owns a document by name, and not only by office."""
    return isinstance(user, User) and is_professional(user)


# ------------------------------------------------------------------ reading


def visible_documents(user: Asker) -> QuerySet[Document]:
    """Documents that have been published; restricted ones only for those who are entitled."""
    if is_clerk(user):
        return Document.objects.all()
    return Document.objects.filter(_readable(user))


def kept_documents(user: Asker) -> QuerySet[Document]:
    """Those that are this person's to keep right: the clerk's all, an owner's their own."""
    if is_clerk(user):
        return Document.objects.all()
    return Document.objects.filter(_owned(user))


def visible_versions(user: Asker) -> QuerySet[Version]:
    """Versions that are out, of documents that are; drafts for the clerk and the owner."""
    if is_clerk(user):
        return Version.objects.all()
    out = Q(state=states.PUBLISHED, document__state=states.PUBLISHED)
    return Version.objects.filter(out & _readable(user, "document__") | _owned(user, "document__"))


def visible_siblings(user: Asker) -> QuerySet[Sibling]:
    """Siblings that are out, of versions that are; drafts for the clerk and the owner."""
    if is_clerk(user):
        return Sibling.objects.all()
    out = Q(
        state=states.PUBLISHED, version__state=states.PUBLISHED,
        version__document__state=states.PUBLISHED,
    )  # fmt: skip
    there = "version__document__"
    return Sibling.objects.filter(out & _readable(user, there) | _owned(user, there))


def waiting_versions(user: Asker) -> QuerySet[Version]:
    """Drafts that wait for the clerk."""
    there = Q(state=states.DRAFT) & ~Q(document__state=states.WITHDRAWN)
    return visible_versions(user).filter(there if is_clerk(user) else Q(pk__in=[]))


def waiting_siblings(user: Asker) -> QuerySet[Sibling]:
    """Siblings that wait for the clerk."""
    there = Q(state=states.DRAFT) & ~Q(version__document__state=states.WITHDRAWN)
    return visible_siblings(user).filter(there if is_clerk(user) else Q(pk__in=[]))


def visible_practices(user: Asker) -> QuerySet[Practice]:
    """Examples that are listed; one's own, and all for those who read them before they are shown."""
    if reads_practice(user):
        return Practice.objects.all()
    listed = Practice.objects.listed()
    if not isinstance(user, User) or not user.is_authenticated:
        return listed
    mine = Practice.objects.filter(_my_practice(user))
    return listed | mine


def own_unlisted_practices(user: Asker) -> QuerySet[Practice]:
    """What this person sent in and nobody else sees, or not any more."""
    if not isinstance(user, User) or not user.is_authenticated:
        return Practice.objects.none()
    over = [states.DECLINED, states.WITHDRAWN]
    listed = Practice.objects.listed().values("pk")
    return (
        Practice.objects.filter(_my_practice(user)).exclude(state__in=over).exclude(pk__in=listed)
    )


# ------------------------------------------------------------------ doing


def document_verbs(user: Asker, document: Document | None) -> set[str]:
    """What they may do to a document, or with None, whether they may add one."""
    if document is None:
        return {"add_document"} if is_clerk(user) else set()
    allowed = set(OF_THE_CLERK) if is_clerk(user) else set()
    if _owns(user, document):
        allowed |= OF_THE_OWNER
    if isinstance(user, str):
        allowed.add("remind_of_review")
    return allowed & document.open_verbs()


def version_verbs(user: Asker, version: Version) -> set[str]:
    """The clerk publishes and takes back; the owner may take back a draft, and bring siblings."""
    allowed = set()
    if is_clerk(user):
        allowed = {"publish_version", "withdraw_version", "add_sibling"}
    elif _owns(user, version.document):
        allowed = {"add_sibling"}
        if version.state == states.DRAFT:
            allowed.add("withdraw_version")
    if isinstance(user, str):
        return {"keep_words"}
    if version.document.state == states.WITHDRAWN:
        return set()
    if version.document.state == states.DRAFT:
        allowed.discard("publish_version")  # the first one goes out with its document
    return allowed & version.open_verbs()


def sibling_verbs(user: Asker, sibling: Sibling) -> set[str]:
    """The clerk publishes and takes back; the owner may take back a draft."""
    if isinstance(user, str):
        return {"keep_words"}
    allowed = set()
    if is_clerk(user):
        allowed = {"publish_sibling", "withdraw_sibling"}
    elif _owns(user, sibling.version.document) and sibling.state == states.DRAFT:
        allowed = {"withdraw_sibling"}
    if sibling.version.state != states.PUBLISHED:
        allowed.discard("publish_sibling")  # never before what it was made from
    return allowed & sibling.open_verbs()


def practice_verbs(user: Asker, practice: Practice | None) -> set[str]:
    """Whoever acts for a post may submit one; somebody else reads it before it is shown."""
    if practice is None:
        may = isinstance(user, User) and user.is_authenticated and user.acting_for is not None
        return {"submit_practice"} if may else set()
    if isinstance(user, str):
        return {"remind_of_practice"} & practice.open_verbs()
    allowed: set[str] = set()
    if reads_practice(user):
        allowed |= {"ask_for_change", "decline_practice", "withdraw_practice"}
        if practice.submitted_by_id != user.pk:
            allowed.add("publish_practice")
    if _is_contact(user, practice):
        allowed |= {"mend_practice", "confirm_practice", "withdraw_practice"}
    return allowed & practice.open_verbs()


# ------------------------------------------------------------------ the parts of it


def _readable(user: Asker, to: str = "") -> Q:
    """A document that has been out and that this person may read; `to` leads to the document."""
    out = Q(**{f"{to}published_at__isnull": False})
    found = out & Q(**{f"{to}restricted": False})
    post = _post(user)
    if post is None:
        return found
    # Each list of readers by itself, so that the database looks them up and not through.
    by_post = Document.reader_posts.through.objects.filter(post=post.pk)
    by_organisation = Document.reader_organisations.through.objects.filter(
        organisation=post.organisation_id
    )
    for named in (by_post, by_organisation):
        found |= out & Q(**{f"{to}pk__in": named.values("document")})
    return found | _owned(user, to)


def _owned(user: Asker, to: str = "") -> Q:
    post = _post(user)
    return Q(**{f"{to}owner": post.pk}) if post else Q(pk__in=[])


def _owns(user: Asker, document: Document) -> bool:
    post = _post(user)
    return post is not None and post.pk == document.owner_id


def _my_practice(user: User) -> Q:
    mine = Q(submitted_by=user.pk)
    return mine | Q(contact=user.acting_for.pk) if user.acting_for else mine


def _is_contact(user: Asker, practice: Practice) -> bool:
    post = getattr(user, "acting_for", None)
    return post is not None and post.pk == practice.contact_id


def _post(user: Asker) -> Post | None:
    """The post that they act for, if they are signed in as surely as professionals must be."""
    return user.acting_for if isinstance(user, User) and is_professional(user) else None


def _holds(user: Asker, role: str) -> bool:
    return isinstance(user, User) and user.has_role(role)
