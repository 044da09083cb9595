"""Papers and packs on the clock: leads are asked and reminded, wanted packs are made."""

from datetime import timedelta

import structlog
from django.db.models import F, Q, QuerySet
from procrastinate.contrib.django import app

from saidanddone.core import clock
from saidanddone.core.lifecycle import Moved
from saidanddone.core.printing import NotPrinted
from saidanddone.governance import states, verbs
from saidanddone.governance.models import CoverSheet, Pack
from saidanddone.governance.prints.packs import bound

log = structlog.get_logger("saidanddone.packs")
REMINDERS, PACKS = "system:reminders", "system:packs"
NEAR = timedelta(days=3)  # before the day by which a paper is wanted
AT_A_TIME = 3  # packs, so that an urgent one never waits long behind many
FAILED = (
    "It could not be printed. The papers may be too large together: take one off and try again."
)


@app.periodic(cron="25 6 * * 1-5")
@app.task(queueing_lock="papers-due", lock="papers-due")
def remind_of_papers(timestamp: int) -> None:
    """Every working morning: those whose paper is due soon, or was due."""
    remind_of_wanted()


def remind_of_wanted() -> int:
    """Find who has heard nothing since the day came near, or since it passed; call one verb on each."""
    today = clock.today()
    near = Q(due_on__range=(today, today + NEAR), reminded_on__isnull=True)
    late = Q(due_on__lt=today) & (Q(reminded_on__isnull=True) | Q(reminded_on__lte=F("due_on")))
    done = 0
    for cover in _waiting().filter(near | late):
        verbs.remind_of_paper(cover=cover, by=REMINDERS)
        done += 1
    return done


@app.periodic(cron="* * * * * */10")
@app.task(queueing_lock="packs-wanted", lock="packs-wanted")
def make_packs(timestamp: int) -> None:
    """Every ten seconds: what waits to be printed, the next meeting first."""
    make_wanted()


def make_wanted(most: int = AT_A_TIME) -> int:
    """Find them, print each, and call one verb: made, or why not."""
    wanted = Pack.objects.filter(state=states.WANTED).select_related("meeting__body")
    found = list(wanted.order_by("-meeting__on", "number")[:most])
    for pack in found:
        make(pack)
    return len(found)


def make(pack: Pack) -> None:
    """Print one; if something was taken back meanwhile, the next round prints it again."""
    try:
        verbs.make_pack(pack=pack, bound=bound(pack), by=PACKS)
    except NotPrinted:
        verbs.fail_pack(pack=pack, why=FAILED, by=PACKS)
    except (Moved, verbs.Changed):
        log.info("pack again", pack=pack.pk)


def _waiting() -> QuerySet[CoverSheet]:
    """Cover sheets that were asked for and have not come, of agendas that are not out."""
    found = CoverSheet.objects.filter(
        handed_in_at__isnull=True, due_on__isnull=False, item__state=states.ON_AGENDA,
        item__lead__isnull=False, item__meeting__state=states.PLANNED,
        item__meeting__on__gte=clock.today(),
    )  # fmt: skip
    return found.select_related("item__meeting").order_by("pk")
