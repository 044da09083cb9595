"""People ask for the bulletin, say what about, and leave."""

from collections.abc import Iterable

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.bulletin import emails, permissions, states
from saidanddone.bulletin.models import Edition, Subscription
from saidanddone.bulletin.models.subscriptions import WORDING
from saidanddone.core import clock
from saidanddone.core.access import require
from saidanddone.core.presses import queue_up
from saidanddone.mail.models import Suppression
from saidanddone.mail.verbs import cancel, lift, suppress
from saidanddone.people.models import User

Kind, How = Subscription.Kind, Subscription.How
WHY = {
    How.BOUNCED: Suppression.Why.DEAD,
    How.COMPLAINED: Suppression.Why.COMPLAINED,
}


@transaction.atomic
def ask_for_bulletin(
    *, address: str, kind: str, topics: Iterable = (), areas: Iterable = (), by: None = None
) -> None:
    """Ask for the bulletin. Anybody; nothing comes until the address has answered a letter.

    The answer on the page is the same whoever is known; an address that has it already is told so.
    """
    require("ask_for_bulletin", permissions.subscription_verbs(by))
    found = _alone_with(address)
    if found is not None and found.state == states.LIVE:
        emails.has_it_already(found)
        return
    if found is None:
        found = Subscription.objects.create(
            address=address.strip().lower(), kind=kind, source="Asked on the website"
        )
    else:
        found.move(
            "ask_for_bulletin", kind=kind, basis=Subscription.Basis.CONSENT, wording=WORDING,
            asked_at=clock.now(), confirmed_at=None, ended_how="", came_with=None,
            source="Asked on the website",
        )  # fmt: skip
    found.topics.set(topics)
    found.areas.set(areas)
    record("ask_for_bulletin", found, by=by)
    emails.confirm_subscription(found)


@transaction.atomic
def confirm_subscription(*, subscription: Subscription, by: None = None) -> bool:
    """Say from the letter that it was oneself who asked. The next bulletin comes.

    False for an address that once called a letter of ours spam: nothing is sent there again.
    """
    require("confirm_subscription", permissions.subscription_verbs(by, subscription))
    free = lift(address=subscription.address)
    subscription.move("confirm_subscription", confirmed_at=clock.now(), came_with=None)
    record("confirm_subscription", subscription, by=by)
    return free


@transaction.atomic
def take_bulletin(
    *, person: User, kind: str, source: str, by: User, topics: Iterable = (), areas: Iterable = ()
) -> Subscription:
    """Take the bulletin as somebody whose address has answered: the next one comes. Oneself only."""
    found = _alone_with(person.email) or Subscription.objects.create(
        address=person.email, person=person, kind=kind, source=source
    )
    if found.state != states.LIVE:
        require("take_bulletin", permissions.subscription_verbs(by, found))
        lift(address=found.address)
        found.move(
            "take_bulletin", person=person, kind=kind, basis=Subscription.Basis.CONSENT,
            wording=WORDING, asked_at=clock.now(), confirmed_at=clock.now(), ended_how="", came_with=None,
            source=source,
        )  # fmt: skip
        record("take_bulletin", found, by=by)
    choose_topics(subscription=found, topics=topics, areas=areas, by=by)
    return found


@transaction.atomic
def choose_topics(
    *, subscription: Subscription, topics: Iterable, areas: Iterable, by: User | None = None
) -> None:
    """Say what it should be about. Oneself, signed in or by the link in a letter; none means all."""
    require("choose_topics", permissions.subscription_verbs(by, subscription))
    subscription.move("choose_topics", came_with=None)
    subscription.topics.set(topics)
    subscription.areas.set(areas)
    record("choose_topics", subscription, by=by)


@transaction.atomic
def end_subscription(*, subscription: Subscription, how: str, by: User | str | None = None) -> bool:
    """Leave. Oneself, by one click; letters that wait are called back, and no import undoes it.

    Doing it twice does nothing more.
    """
    if subscription.state == states.ENDED:
        return False
    require("end_subscription", permissions.subscription_verbs(by, subscription))
    subscription.move("end_subscription", ended_at=clock.now(), ended_how=how)
    record("end_subscription", subscription, by=by, detail=how)
    suppress(address=subscription.address, why=WHY.get(how, Suppression.Why.LEFT))
    last = Edition.objects.sent().first()
    if last is not None:
        cancel(about=emails.about(last), address=subscription.address)
    return True


def _alone_with(address: str) -> Subscription | None:
    """What we hold of this address, if anything; who asks at the same moment waits for us."""
    queue_up(f"bulletin:{address.strip().lower()}")
    found = Subscription.objects.filter(address__iexact=address.strip())
    return found.select_for_update().first()
