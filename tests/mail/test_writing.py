"""Letters are written once, queued for each person, and called back when a right ends."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from saidanddone.core import clock
from saidanddone.mail import drawing, states, verbs
from saidanddone.mail.models import Letter, Wording
from saidanddone.mail.verbs import Recipient
from tests.factories.mail import make_letter, make_wording

NEWS = "test/emails/news"


@pytest.mark.django_db
def test_a_letter_is_drawn_once_and_queued_for_each(templates):
    templates(
        news_txt="Hello {{ each.name }}.\n{{ link }}\n",
        news_html="<p>{{ each.name }}</p>{{ link }}",
    )
    to = [
        Recipient("a@example.org", 1, {"name": "Zoë"}),
        Recipient("b@example.org", 2, {"name": "Bo"}),
    ]
    wording = verbs.write("news", "News", f"{NEWS}.txt", about="test.thing:1", to=to, link="/<x>/")
    copies = [
        (
            drawing.fill(wording.text, letter.fill),
            drawing.fill(wording.html, letter.fill, escaped=True),
        )
        for letter in wording.letters.all()
    ]
    assert copies == [
        ("Hello Zoë.\n/<x>/\n", "<p>Zoë</p>/&lt;x&gt;/"),
        ("Hello Bo.\n/<x>/\n", "<p>Bo</p>/&lt;x&gt;/"),
    ]
    assert {letter.state for letter in wording.letters.all()} == {states.QUEUED}


@pytest.mark.django_db
@given(words=st.text(st.characters(), max_size=300))
def test_whatever_words_are_given_can_be_kept(words):
    wording = make_wording(text=f"{drawing.OPEN}name{drawing.SHUT}\n")
    verbs.queue(wording, [Recipient(f"{words}@example.org", fill={"name": words})])
    assert wording.letters.get().fill == {"name": drawing.clean(words)}


@pytest.mark.django_db
def test_an_address_alone_is_enough(templates):
    templates(news_txt="Hello.")
    wording = verbs.write("news", "News", NEWS, about="", to=["a@example.org"])
    assert [(one.address, one.person, one.fill) for one in wording.letters.all()] == [
        ("a@example.org", None, {})
    ]


@pytest.mark.django_db
def test_a_name_that_a_template_does_not_know_fails(templates):
    templates(news_txt="Hello {{ nobody }}.")
    with pytest.raises(UndefinedError):
        verbs.write("news", "News", NEWS, about="", to=["a@example.org"])


@pytest.mark.django_db
def test_words_cannot_pass_for_a_place(templates):
    templates(news_txt="{{ words }}")
    words = f"{drawing.OPEN}name{drawing.SHUT} {{{{ each.name }}}}"
    wording = verbs.write("news", "News", NEWS, about="", to=["a@example.org"], words=words)
    assert wording.text == "name {{ each.name }}\n"
    assert drawing.places(wording.text) == set()


@pytest.mark.django_db
def test_a_copy_with_an_open_place_is_not_queued(templates):
    templates(news_txt="{{ each.name }} {{ each.token }}")
    with pytest.raises(ValueError, match="lacks token"):
        verbs.write(
            "news", "News", NEWS, about="", to=[Recipient("a@example.org", fill={"name": "Bo"})]
        )
    assert not Letter.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Bcc", "to", "Subject", "X-A: b\r\nBcc", "X A", ""])
def test_a_header_that_is_not_theirs_is_refused(templates, name):
    templates(news_txt="Hello.")
    with pytest.raises(ValueError, match="not a header"):
        verbs.write("news", "News", NEWS, about="", headers={name: "x"})


@pytest.mark.django_db
def test_a_deed_that_is_undone_leaves_no_letter(templates):
    templates(news_txt="Hello.")
    with transaction.atomic():
        verbs.write("news", "News", NEWS, about="", to=["a@example.org"])
        transaction.set_rollback(True)
    assert not Letter.objects.exists()


@pytest.mark.django_db
def test_letters_are_about_what_their_wording_is_about():
    with pytest.raises(ValueError, match="about one thing"):
        verbs.queue(make_wording(about="test.thing:1"), ["a@example.org"], about="test.thing:2")


@pytest.mark.django_db
def test_letters_to_a_few_go_before_letters_to_many():
    many = [f"{n}@example.org" for n in range(20)]
    verbs.queue(make_wording(kind="bulletin"), many)
    verbs.queue(make_wording(kind="code"), ["a@example.org"])
    assert Letter.objects.due().first().wording.kind == "code"


@pytest.mark.django_db
def test_a_thousand_letters_take_few_queries(django_assert_max_num_queries):
    wording = make_wording()
    with django_assert_max_num_queries(4):
        assert verbs.queue(wording, [f"{n}@example.org" for n in range(1000)]) == 1000


# ------------------------------------------------------ unconfirmed addresses


@pytest.mark.django_db
def test_an_unconfirmed_address_gets_one_letter_a_day():
    wording, other, third = make_wording(), make_wording(kind="other"), make_wording(kind="third")
    now = clock.now()
    with clock.stand_at(now):
        assert verbs.queue(wording, ["a@example.org", "A@Example.org "], unconfirmed=True) == 1
        assert verbs.queue(other, ["a@EXAMPLE.org", "b@example.org"], unconfirmed=True) == 2
        assert verbs.queue(third, ["a@example.org"], unconfirmed=True) == 1
        assert verbs.queue(wording, ["a@example.org"]) == 1  # of another sort: not counted
    turns = Letter.objects.filter(address__istartswith="a@", unconfirmed=True).order_by("pk")
    days = [now, now + timedelta(days=1), now + timedelta(days=2)]
    assert [letter.not_before for letter in turns] == days
    with clock.stand_at(now + timedelta(hours=72)):
        assert verbs.queue(wording, ["a@example.org"], unconfirmed=True) == 1
        assert Letter.objects.latest("pk").not_before == clock.now()


@pytest.mark.django_db
def test_later_news_of_the_same_kind_takes_the_turn_of_what_waits():
    first, again = make_wording(about="test.voice:1"), make_wording(about="test.voice:1")
    of_another = make_wording(about="test.voice:2")
    now = clock.now()
    with clock.stand_at(now):
        for wording in (first, first, of_another, again):
            verbs.queue(wording, ["a@example.org"], unconfirmed=True)
    waiting = Letter.objects.filter(state=states.QUEUED).order_by("not_before")
    assert list(waiting.values_list("wording", flat=True)) == [first.pk, again.pk, of_another.pk]
    assert [(one.not_before - now).days for one in waiting] == [0, 1, 2]


@pytest.mark.django_db
def test_nobody_is_flooded_for_longer_than_a_week():
    queued = [
        verbs.queue(make_wording(kind=f"k{n}"), ["a@example.org"], unconfirmed=True)
        for n in range(20)
    ]
    assert sum(queued) == 8  # today's, and one for each of seven days
    verbs.cancel(about="test.none:0", address="a@example.org")
    assert Letter.objects.filter(state=states.QUEUED).count() == 8


@pytest.mark.django_db
def test_what_may_not_wait_goes_now_or_never():
    code = make_wording(kind="code")
    asked = {"unconfirmed": True, "may_wait": False}
    assert [verbs.queue(code, ["a@example.org"], **asked) for _ in range(3)] == [1, 0, 0]


@pytest.mark.django_db
def test_what_was_called_back_takes_nobody_s_turn():
    mine = make_wording(about="test.voice:1")
    verbs.queue(mine, ["a@example.org"], unconfirmed=True)
    verbs.cancel(about="test.voice:1")
    verbs.queue(make_wording(), ["a@example.org"], unconfirmed=True)
    assert Letter.objects.latest("pk").not_before <= clock.now()


@pytest.mark.django_db
def test_the_turn_is_asked_again_as_a_letter_leaves():
    """The mail server was down for two days: what waited does not leave all at once."""
    now = clock.now()
    with clock.stand_at(now - timedelta(days=2)):
        for kind in ("one", "two", "three"):
            verbs.queue(make_wording(kind=kind), ["a@example.org"], unconfirmed=True)
        verbs.queue(make_wording(kind="four"), ["b@example.org"], unconfirmed=True)
    taken = verbs.hand_over(worker="w", most=10)
    assert [(one.wording.kind, one.address[0]) for one in taken] == [("one", "a"), ("four", "b")]
    assert verbs.hand_over(worker="w", most=10) == []
    assert Letter.objects.due().count() == 0
    Letter.objects.filter(wording__kind="two").update(not_before=now)
    assert verbs.hand_over(worker="w", most=10) == []
    with clock.stand_at(now + timedelta(hours=25)):
        assert [one.wording.kind for one in verbs.hand_over(worker="w", most=10)] == ["two"]


def test_two_at_once_are_one_after_the_other(kept):
    wording = make_wording()

    def ask():
        verbs.queue(wording, ["a@example.org"], unconfirmed=True)
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Letter.objects.due().count() == 1
    assert Letter.objects.filter(state=states.QUEUED).count() == 2


# -------------------------------------------------------------- calling back


@pytest.mark.django_db
def test_letters_about_a_thing_are_called_back():
    mine = make_letter(wording=make_wording(about="test.thing:1"))
    other = make_letter(wording=make_wording(about="test.thing:2"))
    assert verbs.cancel(about="test.thing:1") == 1
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.state, other.state) == (states.CANCELLED, states.QUEUED)


@pytest.mark.django_db
def test_letters_to_a_person_are_called_back():
    make_letter(person=1)
    make_letter(person=2)
    assert verbs.cancel(person=1) == 1
    assert Letter.objects.due().get().person == 2


@pytest.mark.django_db
def test_calling_everything_back_is_nobody_s_wish():
    with pytest.raises(ValueError, match="Say what"):
        verbs.cancel()


@pytest.mark.django_db
def test_what_was_accepted_is_not_called_back():
    letter = make_letter(state=states.ACCEPTED, wording=make_wording(about="test.thing:1"))
    assert verbs.cancel(about="test.thing:1") == 0
    letter.refresh_from_db()
    assert (letter.state, letter.called_back) == (states.ACCEPTED, False)


@pytest.mark.django_db
def test_after_a_restore_no_letter_leaves_by_itself():
    waiting, sent = make_letter(), make_letter(state=states.ACCEPTED)
    assert verbs.doubt() == 1
    waiting.refresh_from_db()
    sent.refresh_from_db()
    assert (waiting.state, sent.state) == (states.UNKNOWN, states.ACCEPTED)
    assert not Letter.objects.due().exists()


# ---------------------------------------------------------------- forgetting


@pytest.mark.django_db
def test_old_letters_are_forgotten_but_undecided_ones_stay():
    with clock.stand_at(clock.now() - timedelta(days=31)):
        for state in (
            states.ACCEPTED,
            states.CANCELLED,
            states.UNKNOWN,
            states.REFUSED,
            states.QUEUED,
        ):
            make_letter(state=state)
    make_letter(state=states.ACCEPTED)
    assert verbs.forget() == 2
    assert sorted(Letter.objects.values_list("state", flat=True)) == [
        states.ACCEPTED, states.QUEUED, states.REFUSED, states.UNKNOWN,
    ]  # fmt: skip
    assert Wording.objects.count() == 4
