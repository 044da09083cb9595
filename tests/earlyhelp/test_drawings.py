"""Children's drawings: for those whom the child chose, with nothing of the camera left in them."""

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from saidanddone.audit.models import Line
from saidanddone.core import identity
from saidanddone.core.access import Refused
from saidanddone.earlyhelp import permissions, verbs
from saidanddone.earlyhelp.models import Drawing, Look
from tests.factories.earlyhelp import as_, child_of, door_for, fresh, make_family, make_worker
from tests.factories.people import make_user, sign_in

pytestmark = pytest.mark.django_db
GPS, MAKER = 0x8825, 0x010F


@pytest.fixture
def family():
    found = make_family()
    found.son = make_user(name="Son")
    with identity.as_system("test"):
        found.kit = child_of(found.story)
        door_for(found.story, found.kit, found.son)
    return found


def photo():
    """A photo as a phone sends it: with its maker, and where it was taken."""
    image, out = Image.new("RGB", (60, 40), "orange"), io.BytesIO()
    told = Image.Exif()
    told[MAKER] = "A telltale camera"
    told.get_ifd(GPS)[1] = "N"
    image.save(out, "JPEG", exif=told)
    assert b"telltale" in out.getvalue()
    return SimpleUploadedFile("IMG_home.jpg", out.getvalue(), "image/jpeg")


def everything(model):
    with identity.as_system("test"):
        return list(model.objects.order_by("pk"))


def typed(family, **over):
    return {
        "child": str(family.kit.pk), "picture": photo(), "described": "Our dog", "audience": "team",
        "drawn_on": "today", "once": str(uuid.uuid4()),
    } | over  # fmt: skip


def kept(client, family, **over):
    """A drawing that a colleague keeps on the page."""
    sign_in(client, family.member)
    client.post(reverse("drawing-keep", args=[family.story.pk]), typed(family, **over))
    return everything(Drawing)[-1]


def picture_of(client, family, drawing, name="drawing"):
    return client.get(reverse(name, args=[family.story.pk, drawing.pk]))


def test_it_is_kept_once_drawn_anew_and_shown_to_the_team(client, family):
    sign_in(client, family.member)
    page, once = reverse("drawing-keep", args=[family.story.pk]), str(uuid.uuid4())
    assert client.get(page).status_code == 200
    for _ in range(2):
        assert client.post(page, typed(family, once=once)).status_code == 302
    (made,) = everything(Drawing)
    sign_in(client, family.lead)
    story = client.get(reverse("story", args=[family.story.pk])).text
    assert 'alt="Our dog"' in story
    assert "A child drew" in client.get(reverse("story-chronology", args=[family.story.pk])).text
    answer = picture_of(client, family, made)
    body = b"".join(answer.streaming_content)
    assert (answer["Cache-Control"], answer["Content-Type"]) == ("no-store", "image/jpeg")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b"telltale" not in body
    assert dict(Image.open(io.BytesIO(body)).getexif()) == {}
    with identity.as_system("test"):
        assert Look.objects.filter(part="drawing", person=family.lead).count() == 1
    assert Line.objects.filter(verb="keep_drawing").count() == 1


def test_only_whom_the_child_chose_sees_it(client, family):
    made = kept(client, family, audience="worker")
    assert picture_of(client, family, made).status_code == 200
    for other in (family.lead, family.parent, family.supervisor, make_worker()):
        sign_in(client, other, strong=other is not family.parent)
        # who has no post is sent to their own pages, whatever they ask for there
        no = 302 if other is family.parent else 404
        assert picture_of(client, family, made).status_code == no
        assert picture_of(client, family, made, "our-story-drawing").status_code == 404
        with as_(other):
            assert list(permissions.visible_drawings(other, family.story)) == []
            assert Drawing.objects.count() == 0  # by the second lock too
    sign_in(client, family.son, strong=False)
    assert picture_of(client, family, made, "our-story-drawing").status_code == 200


def test_a_sealed_drawing_is_there_for_those_named_alone(client, family):
    made = kept(client, family)
    with as_(family.lead):
        verbs.seal_record(
            story=fresh(family.story), subject=made.pk, readers=[family.supervisor.pk], why="Safety",
            by=family.lead,
        )  # fmt: skip
    assert picture_of(client, family, made).status_code == 404
    sign_in(client, family.lead)
    assert picture_of(client, family, made).status_code == 200


def test_a_child_sends_one_and_says_who_sees_it(client, family):
    sign_in(client, family.son, strong=False)
    page = reverse("our-story-draw", args=[family.story.pk])
    assert "Send a drawing" in client.get(reverse("our-story-words", args=[family.story.pk])).text
    just = f"just-{family.member.acting_for.pk}"
    sent = {"picture": photo(), "described": "Me and Wren", "readers": just}
    for _ in range(2):
        answer = client.post(page, {**sent, "picture": photo(), "once": str(uuid.UUID(int=9))})
        assert answer.status_code == 302
    (made,) = everything(Drawing)
    assert (made.audience, made.gathered_by) == ("worker", family.member.acting_for)
    assert "Me and Wren" in client.get(reverse("our-story-words", args=[family.story.pk])).text
    sign_in(client, family.lead)
    assert "Me and Wren" not in client.get(reverse("story", args=[family.story.pk])).text
    sign_in(client, family.parent, strong=False)
    assert client.get(page).status_code == 404
    assert (
        "Send a drawing" not in client.get(reverse("our-story-home", args=[family.story.pk])).text
    )


@pytest.mark.parametrize(
    ("over", "sentence"),
    [
        ({"described": ""}, "Choose the picture again"),
        ({"picture": SimpleUploadedFile("a.jpg", b"<svg onload=alert(1)>")}, "could not read this"),
        ({"audience": ""}, "Choose: Who may see it"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(client, family, over, sentence):
    sign_in(client, family.member)
    sent = typed(family) | over
    page = client.post(reverse("drawing-keep", args=[family.story.pk]), sent)
    assert sentence in page.text
    assert everything(Drawing) == []


def test_who_may_not_is_refused(family):
    mother = child_of_adult(family)
    given = {"story": family.story, "picture": photo(), "described": "x", "audience": "team"}
    for who, verb, more in [
        (family.supervisor, verbs.keep_drawing, {"child": family.kit}),
        (family.parent, verbs.send_drawing, {}),
        (family.lead, verbs.send_drawing, {}),
    ]:
        with as_(who), pytest.raises(Refused):
            verb(**given, **more, by=who)
    with as_(family.lead), pytest.raises(ValueError, match="a child of this family"):
        verbs.keep_drawing(**given, child=mother, by=family.lead)
    with as_(family.son), pytest.raises(ValueError, match="worker of this team"):
        verbs.send_drawing(**given | {"audience": "worker"}, by=family.son)


def child_of_adult(family):
    with identity.as_system("test"):
        return child_of(family.story, "Marta Invented")
