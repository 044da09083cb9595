"""The lead and whoever supervises them see who looked this week; nobody else does."""

from datetime import timedelta

import pytest
from django.urls import reverse

from saidanddone.core import clock, identity
from saidanddone.earlyhelp.models import Look
from tests.factories.earlyhelp import make_family, make_worker
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db


def test_who_looked_this_week_stands_with_the_lead(client):
    family = make_family()
    story, member = family.story, family.member
    looks = reverse("story-looks", args=[story.pk])
    for person, page in ((member, "story-plan"), (member, "story"), (family.supervisor, "story")):
        sign_in(client, person.acting_for)
        client.get(reverse(page, args=[story.pk]))
    assert client.get(looks).status_code == 200
    sign_in(client, member.acting_for)
    assert client.get(looks).status_code == 404
    sign_in(client, make_worker().acting_for)
    assert client.get(looks).status_code == 404
    client.force_login(family.parent)
    client.get(reverse("our-story-plan", args=[story.pk]))
    with identity.as_system("test"):
        for part, days, post in (
            ("agreement", 8, member.acting_for),
            ("a seal", 0, member.acting_for),
        ):
            Look.objects.create(
                story=story, person=post.user, post=post, part=part, purpose="membership",
                at=clock.now() - timedelta(days=days),
            )  # fmt: skip
    sign_in(client, family.lead.acting_for)
    assert looks in client.get(reverse("story", args=[story.pk])).text
    told = client.get(looks).text
    assert f"{member.name}</b>, {member.acting_for.organisation.name}: in the team" in told
    assert "supervises somebody in the team" in told
    assert "Story, plan" in told
    assert "Refused" in told
    for hidden in ("agreement", "a seal", family.parent.name, "Invented"):
        assert hidden not in told.lower() if hidden.islower() else hidden not in told, hidden
