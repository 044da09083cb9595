"""What happens on a clock: words are read out of files, reminders go out once in a while."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from saidanddone.core import clock
from saidanddone.core.finding import asked
from saidanddone.library import jobs, states
from saidanddone.library.models import Document, Practice, Version
from tests.core.papers import docx, typeset
from tests.factories.library import make_document, make_practice, make_sibling, make_version
from tests.factories.people import make_organisation, make_post
from tests.factories.reference import make_partnership

pytestmark = pytest.mark.django_db
TODAY = clock.today()


def in_days(count):
    """So many days from today."""
    return TODAY + timedelta(days=count)


# ------------------------------------------------------------------ words


def test_waiting_files_are_read_and_then_found():
    document = make_document(title="Plan", text="")
    file = ContentFile(typeset("= Aims", "The otters come back."), name="otters.pdf")
    version = make_version(states.PUBLISHED, document=document, file=file)
    Document.objects.filter(pk=document.pk).update(current=version)
    make_sibling(
        version=version, file=ContentFile(docx("Easy words about capybaras"), name="a.docx"),
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    )  # fmt: skip
    assert jobs.read_waiting() == 3  # the first version's file is no PDF that can be read
    assert sorted(Version.objects.values_list("number", "reading")) == [
        (1, "unreadable"), (2, "read"),
    ]  # fmt: skip
    for word in ("otter", "capybara"):
        assert list(Document.objects.about(asked(word))) == [document]
    assert jobs.read_waiting() == 0


def test_a_lost_file_is_said_to_be_unreadable_and_not_tried_again():
    make_version(file="library/lost.pdf")
    assert jobs.read_waiting() >= 1
    assert Version.objects.get(file="library/lost.pdf").reading == "unreadable"


# ------------------------------------------------------------------ reviews


def test_owners_are_reminded_before_the_day_and_again_every_four_weeks(letters):
    owner = make_post("officer")
    document = make_document(owner=owner, review_on=in_days(30))
    make_document(owner=owner, review_on=in_days(31))
    make_document(owner=owner, review_on=None)
    make_document(states.WITHDRAWN, owner=owner, review_on=in_days(-5))
    assert [jobs.remind_owners() for _ in "ab"] == [1, 0]
    assert letters() == [("review_due", owner.user.email)]
    Document.objects.filter(pk=document.pk).update(reminded_on=in_days(-28))
    assert jobs.remind_owners() == 1


def test_the_periods_are_settings(letters):
    make_partnership(review_notice_days=5, review_lead_days=0)
    make_document(review_on=in_days(6))
    assert jobs.remind_owners() == 0
    make_document(review_on=in_days(0))
    assert (jobs.remind_owners(), jobs.remind_leads()) == (1, 1)


def test_the_lead_hears_of_it_two_weeks_after_the_day(letters):
    lead = make_post("officer")
    owner = make_post("officer", lead=lead)
    make_document(owner=owner, review_on=in_days(-13))
    make_document(owner=owner, review_on=in_days(-14))
    assert [jobs.remind_leads() for _ in "ab"] == [1, 0]
    assert letters() == [("review_late", lead.user.email)]


def test_when_the_owner_has_left_whoever_they_answered_to_is_reminded(letters):
    place = make_organisation(contact_email="office@place.example")
    gone = make_post("officer", organisation=place, starts_on=in_days(-9), ends_on=in_days(-1))
    make_document(owner=gone, review_on=TODAY)
    jobs.remind_owners()
    assert letters() == [("review_due", "office@place.example")]


# ------------------------------------------------------------------ good practice


def test_contacts_are_asked_and_what_stays_unconfirmed_leaves_the_list(letters):
    contact = make_post("practitioner")
    due = make_practice(contact=contact, confirm_by=in_days(20), unlisted_from=in_days(80))
    make_practice(contact=contact)
    gone = make_practice(contact=contact, confirm_by=in_days(-60), unlisted_from=TODAY)
    assert [jobs.remind_contacts() for _ in "ab"] == [2, 0]
    assert letters() == [("practice_due", contact.user.email)] * 2
    assert due in Practice.objects.listed()
    assert gone not in Practice.objects.listed()


def test_one_press_of_the_clock_does_all_three(letters):
    make_document(owner=make_post("officer", lead=make_post("officer")), review_on=in_days(-20))
    make_practice(confirm_by=TODAY)
    jobs.remind_of_reviews.func(0)
    assert [kind for kind, _ in letters()] == ["practice_due", "review_due", "review_late"]
