"""An agency answers for its own: who still looks, by themselves no more on the day, and what it signed."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from saidanddone.core import clock, identity
from saidanddone.core.access import Refused
from saidanddone.earlyhelp import permissions, verbs
from saidanddone.earlyhelp.jobs import warn_of_closings
from saidanddone.earlyhelp.models import Confirmation, SharingAgreement, Story, TeamMembership
from saidanddone.mail.models import Letter
from tests.factories.earlyhelp import as_, fresh, make_family, make_story, make_worker
from tests.factories.people import act, acting, make_organisation, make_post, sign_in

pytestmark = pytest.mark.django_db


def rows():
    """How many stories the database shows by itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM earlyhelp_story")
        return cursor.fetchone()[0]


def sponsor_of(person):
    return acting("agency_sponsor", organisation=person.acting_for.organisation)


def test_the_day_after_the_word_ends_nothing_is_there_and_the_supervisor_leads(client):
    family = make_family()
    sponsor = sponsor_of(family.lead)
    with as_(sponsor):
        verbs.confirm_post(post=family.lead.acting_for, by=sponsor)
    last = Confirmation.objects.none()
    with as_(sponsor):
        last = Confirmation.objects.get(post=family.lead.acting_for).until
    assert last == clock.today() + timedelta(days=90)
    for days, there in ((0, True), (1, False)):
        with clock.stand_at(clock.now() + (last - clock.today()) + timedelta(days=days)):
            with as_(family.lead):
                assert rows() == there
                assert permissions.visible_stories(family.lead).exists() == there
                assert Story.objects.exists() == there
            with as_(family.supervisor):
                can = permissions.story_verbs(family.supervisor, family.story)
                assert ("hand_over" in can) == (not there)
    sign_in(client, family.lead.acting_for)
    with as_(sponsor):
        verbs.end_looking(post=family.lead.acting_for, by=sponsor)
    for name, args in (("stories", []), ("story", [family.story.pk]), ("break-glass", [])):
        page = client.get(reverse(name, args=args))
        assert page.status_code == 403
        assert sponsor.name in page.text
        assert "Invented" not in page.text


def test_a_new_post_counts_until_its_agency_must_have_spoken():
    signed = make_worker().acting_for.organisation
    begun = clock.today() - timedelta(days=89)
    post = make_post("practitioner", organisation=signed, starts_on=begun)
    worker = act(post)
    assert permissions.spoken_for(worker)
    with as_(worker):
        make_story(worker)
        assert rows() == 1
    with clock.stand_at(clock.now() + timedelta(days=1)), as_(worker):
        assert not permissions.spoken_for(worker)
        assert rows() == 0
        assert permissions.opening_verbs(worker) == set()
        assert permissions.glass_verbs(worker) == set()


def test_a_sponsor_speaks_for_their_own_agency_and_never_for_themselves(client):
    worker, stranger = make_worker(), make_worker()
    sponsor = acting("agency_sponsor", "practitioner", organisation=worker.acting_for.organisation)
    for post in (stranger.acting_for, sponsor.acting_for):
        with pytest.raises(Refused), as_(sponsor):
            verbs.confirm_post(post=post, by=sponsor)
        with (
            pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic(),
            as_(sponsor),
        ):  # fmt: skip
            Confirmation.objects.create(
                post=make_post("practitioner"), until=clock.today(), said_by=sponsor
            )
    with pytest.raises(Refused), as_(worker):
        verbs.end_looking(post=stranger.acting_for, by=worker)
    officer = acting("privacy_officer")
    with as_(officer):
        verbs.confirm_post(post=sponsor.acting_for, by=officer)
    sign_in(client, sponsor.acting_for)
    page = client.get(reverse("agency-looks"))
    assert worker.name in page.text
    assert stranger.name not in page.text
    kept = client.post(reverse("agency-looks"), {"posts": [worker.acting_for.pk]})
    assert kept.status_code == 302
    refused = client.post(reverse("agency-looks"), {"posts": [stranger.acting_for.pk]})
    assert refused.status_code == 422
    ended = client.post(reverse("agency-looks"), {"end": "1", "end-post": worker.acting_for.pk})
    assert ended.status_code == 302
    assert not permissions.spoken_for(worker)
    assert client.get(reverse("signings")).status_code == 403


def test_an_agency_without_a_signature_is_not_invited(client):
    lead, place = make_worker(), make_organisation(sector="school")
    colleague = make_post("practitioner", organisation=place)
    with as_(lead):
        story = make_story(lead, place)
        assert colleague in permissions.invitable(lead, story)
        with pytest.raises(verbs.NotSigned):
            verbs.invite_to_team(story=story, post=colleague, purpose="School", by=lead)
    officer = acting("privacy_officer")
    sign_in(client, officer.acting_for)
    assert "Not signed" in client.get(reverse("signings")).text
    form = {
        "organisation": place.pk, "version": "Version 3", "signed_by": "The head",
        "signed_on": f"{clock.today():%d %B %Y}", "once": "11111111-1111-4111-8111-111111111111",
        "review_on": f"{clock.today() - timedelta(days=1):%d %B %Y}",
    }  # fmt: skip
    wrong = client.post(reverse("signings"), form)
    assert wrong.status_code == 422
    assert "Choose a day after the signature" in wrong.text
    form["review_on"] = f"{clock.today() + timedelta(days=365):%d %B %Y}"
    for _ in range(2):
        assert client.post(reverse("signings"), form).status_code == 302
    with as_(officer):
        assert SharingAgreement.objects.filter(organisation=place).count() == 1
    with as_(lead):
        verbs.invite_to_team(story=story, post=colleague, purpose="School", by=lead)
    with clock.stand_at(clock.now() + timedelta(days=365)), as_(lead):
        assert not verbs.agencies.has_signed(place.pk)


def team_signed_until_today():
    """A lead, a member whose agency's signature is due for review from today, and their story's plan."""
    with clock.stand_at(clock.now() - timedelta(days=5)):
        lead, place = make_worker(), make_organisation(sector="school")
        member = act(make_post("practitioner", organisation=place))
        with identity.as_system("test"):
            SharingAgreement.objects.create(
                organisation=place, version="1", signed_by="Somebody", signed_on=clock.today(),
                review_on=clock.today() + timedelta(days=5), recorded_by=lead,
            )  # fmt: skip
        with as_(lead):
            story = make_story(lead, place)
            verbs.invite_to_team(story=story, post=member.acting_for, purpose="School", by=lead)
    with identity.as_system("test"):
        Story.objects.filter(pk=story.pk).update(state="in_plan")
    return lead, member, story


def test_without_its_signature_nobody_of_an_agency_opens_leads_or_stays_on(client):
    lead, member, story = team_signed_until_today()
    opens = reverse("story-open")
    sign_in(client, member.acting_for)
    told = client.get(opens).text
    assert "has not signed the sharing agreement" in told
    assert "privacy officer" in told
    assert "Why now" not in told
    kept = client.post(
        opens, {"called": "Typed already", "person-TOTAL_FORMS": 0, "person-INITIAL_FORMS": 0}
    )
    assert "has not signed" in kept.text
    assert "Typed already" in kept.text
    with as_(member):
        assert permissions.visible_stories(member).exists()  # who is there already stays
        with pytest.raises(verbs.NotSigned):
            make_story(member)
    with as_(lead):
        there = TeamMembership.objects.get(story=story, post=member.acting_for)
        with pytest.raises(verbs.NotSigned):
            verbs.hand_over(story=fresh(story), to=member.acting_for, by=lead)
        with pytest.raises(verbs.NotReady, match=r"ask a privacy officer\. .* stays until"):
            verbs.hold_review(
                story=fresh(story), held=verbs.Held(clock.today(), "meeting", "x", None, renew=[there]),
                by=lead,
            )  # fmt: skip
        assert not TeamMembership.objects.get(pk=there.pk).ended_at
    sign_in(client, lead.acting_for)
    asked = {"to": member.acting_for.pk, "why": "They wish it"}
    assert "has not signed" in client.post(reverse("story-hand-over", args=[story.pk]), asked).text


def test_sponsor_and_worker_are_written_to_a_fortnight_before_and_no_name_is_in_it():
    worker = act(make_post("practitioner"))
    sponsor = sponsor_of(worker)
    for days, letters in ((0, 0), (75, 2), (76, 2), (88, 4)):
        with clock.stand_at(clock.now() + timedelta(days=days)):
            warn_of_closings()
        assert Letter.objects.count() == letters, days
    assert set(Letter.objects.values_list("address", flat=True)) == {worker.email, sponsor.email}
