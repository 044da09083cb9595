"""What the library does on a clock: read the words out of new files, remind of what is due."""

from datetime import date, timedelta

from django.core.files.storage import default_storage
from django.db.models import Q
from procrastinate.contrib.django import app

from saidanddone.core import clock
from saidanddone.core.lifecycle import Moved
from saidanddone.core.texts import Unreadable, Words, words_in
from saidanddone.library import states, verbs
from saidanddone.library.models import Document, Practice, Sibling, Version
from saidanddone.reference.models import partnership

READER = "system:reader"
REMINDERS = "system:reminders"
AGAIN = timedelta(days=28)  # between two reminders of the same thing
AT_ONCE = 20  # files in one go, so that other jobs have their turn


@app.periodic(cron="* * * * * */15")
@app.task(queueing_lock="library-read", lock="library-read")
def read_new_files(timestamp: int) -> None:
    """Four times a minute: files whose words nobody knows yet."""
    read_waiting()


def read_waiting() -> int:
    """Find them, read each in a process of its own, and keep what was found."""
    waiting = [
        *Version.objects.unread().select_related("document")[:AT_ONCE],
        *Sibling.objects.unread().select_related("version__document")[:AT_ONCE],
    ]
    for filed in waiting:
        verbs.keep_words(filed=filed, words=_read(filed), by=READER)
    return len(waiting)


def _read(filed: Version | Sibling) -> Words | None:
    try:
        with default_storage.open(filed.file.name, "rb") as file:
            return words_in(file, filed.media_type)
    except (Unreadable, OSError):
        return None


@app.periodic(cron="40 6 * * *")
@app.task(queueing_lock="library-reviews", lock="library-reviews")
def remind_of_reviews(timestamp: int) -> None:
    """Every morning: documents to be looked at, and examples to be confirmed."""
    remind_owners()
    remind_leads()
    remind_contacts()


def remind_owners() -> int:
    """Owners hear of a review some weeks before its day, and every four weeks until it is done."""
    notice = timedelta(days=partnership().review_notice_days)
    due = Document.objects.due_for_review(clock.today() + notice).filter(_quiet("reminded_on"))
    return sum(_remind(document, lead=False) for document in due.select_related("owner"))


def remind_leads() -> int:
    """An owner's lead hears of it some time after the day has passed."""
    grace = timedelta(days=partnership().review_lead_days)
    late = Document.objects.due_for_review(clock.today() - grace).filter(_quiet("lead_told_on"))
    return sum(_remind(document, lead=True) for document in late.select_related("owner"))


def _remind(document: Document, *, lead: bool) -> bool:
    try:
        verbs.remind_of_review(document=document, lead=lead, by=REMINDERS)
    except Moved:  # it was taken back just now
        return False
    return True


def remind_contacts() -> int:
    """Contacts are asked whether their example is still so, until it leaves the list."""
    notice = timedelta(days=partnership().review_notice_days)
    due = Practice.objects.filter(
        _quiet("reminded_on"), state=states.PUBLISHED, confirm_by__lte=clock.today() + notice
    )
    done = 0
    for practice in due.select_related("contact"):
        try:
            verbs.remind_of_practice(practice=practice, by=REMINDERS)
        except Moved:
            continue
        done += 1
    return done


def _quiet(field: str) -> Q:
    """Nobody has been told for a while."""
    since: date = clock.today() - AGAIN
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__lte": since})
