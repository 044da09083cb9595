"""Round by round: what becomes of letters with every kind of mail server."""

from datetime import timedelta

import pytest
from django.db import OperationalError

from saidanddone.core import clock
from saidanddone.mail import states, verbs
from saidanddone.mail.carrier import Carrier, Down
from saidanddone.mail.models import Letter
from saidanddone.mail.postman import Postman
from tests.factories.mail import make_letter, make_wording
from tests.mail.server import DROP, HANG

pytestmark = pytest.mark.django_db
A, B, C = (f"{name}@example.org" for name in "abc")


def queue(*addresses, **over):
    """Letters of one wording, in this order."""
    wording = make_wording(**over)
    return [make_letter(wording=wording, address=address) for address in addresses]


def postman(**how):
    """One with little patience."""
    return Postman("tester", means=Carrier(answer_within=0.5), **how)


def go(worker, rounds=20):
    """Until nothing is due or the server takes nothing."""
    try:
        for _ in range(rounds):
            if not worker.go_round():
                break
    except Down:
        pass
    finally:
        worker.rest()


def states_now(letters):
    """Their states in the database."""
    return [Letter.objects.get(pk=letter.pk).state for letter in letters]


def test_letters_are_accepted(server):
    letters = queue(A, B, C)
    go(postman())
    assert states_now(letters) == [states.ACCEPTED] * 3
    assert server.addresses() == [A, B, C]
    letter = Letter.objects.get(pk=letters[0].pk)
    assert (letter.said, letter.attempts, letter.worker) == ("250 2.0.0", 1, "tester")
    assert letter.accepted_at is not None
    assert server.letters()[0]["Message-ID"] == f"<{letter.message_id}>"


def test_a_refused_one_is_refused_and_the_others_go(server):
    server.answers["RCPT", B] = b"550 5.1.1 No such person"
    letters = queue(A, B, C)
    go(postman())
    assert states_now(letters) == [states.ACCEPTED, states.REFUSED, states.ACCEPTED]


def test_an_address_that_cannot_be_is_refused(server):
    letters = queue(A, "nobody", C)
    go(postman())
    assert states_now(letters) == [states.ACCEPTED, states.REFUSED, states.ACCEPTED]


def test_a_full_box_is_tried_again_later_and_later(server):
    server.answers["RCPT", A] = b"452 4.2.2 Full"
    (letter,) = queue(A)
    waits = []
    for _ in range(3):
        with clock.stand_at(Letter.objects.get(pk=letter.pk).not_before):
            go(postman())
            waits.append(Letter.objects.get(pk=letter.pk).not_before - clock.now())
    assert states_now([letter]) == [states.QUEUED]
    for wait, minutes in zip(waits, (1, 2, 4), strict=True):
        assert timedelta(minutes=minutes) <= wait <= timedelta(minutes=minutes * 1.3)


def test_later_for_three_days_is_a_no(server):
    server.answers["RCPT", A] = b"452 4.2.2 Full"
    (letter,) = queue(A)
    with clock.stand_at(clock.now() + timedelta(days=3, minutes=1)):
        go(postman())
    assert states_now([letter]) == [states.REFUSED]
    assert Letter.objects.get(pk=letter.pk).said == "452 4.2.2"


@pytest.mark.parametrize("end", [HANG, DROP])
def test_silence_after_a_whole_letter_is_unknown_and_never_sent_again(server, end):
    server.answers["BODY", B] = [end]
    letters = queue(A, B, C)
    worker = postman()
    go(worker)
    go(worker)
    assert states_now(letters) == [states.ACCEPTED, states.UNKNOWN, states.ACCEPTED]
    assert [address for address, _ in server.bodies] == [A, B, C]


def test_a_server_that_is_down_costs_letters_nothing(serve):
    serve().stop()
    letters = queue(A, B)
    worker = postman()
    for _ in range(4):
        go(worker)
    assert states_now(letters) == [states.QUEUED] * 2
    assert set(Letter.objects.values_list("attempts", flat=True)) == {0}
    assert (worker.trouble, worker.failures) == ("ConnectionRefusedError", 4)
    assert 4 <= worker.pause() <= 8
    server = serve()
    go(worker)
    assert server.addresses() == [A, B]
    assert (worker.trouble, worker.failures) == ("", 0)


def test_pauses_grow_and_are_never_in_step():
    worker = postman()
    worker.failures = 99
    pauses = {worker.pause() for _ in range(20)}
    assert len(pauses) == 20
    assert all(150 <= pause <= 300 for pause in pauses)


def test_a_connection_that_the_server_closed_is_opened_anew_at_once(server):
    worker = postman()
    queue(A)
    worker.go_round()
    server.links[-1].close()
    queue(B)
    go(worker)
    assert server.addresses() == [A, B]


def test_a_letter_at_which_the_server_stumbles_is_passed_by_others(server):
    server.answers["RCPT", A] = DROP
    letters = queue(A, B, C)
    worker = postman()
    for _ in range(3):
        go(worker)
    assert states_now(letters) == [states.QUEUED, states.ACCEPTED, states.ACCEPTED]


def test_a_refused_sender_leaves_everything_waiting(server):
    server.answers["MAIL"] = b"550 5.7.1 Not from you"
    letters = queue(A, B, C)
    worker = postman()
    go(worker)
    assert states_now(letters) == [states.QUEUED] * 3
    assert worker.trouble == "SMTPSenderRefused 550"


def test_one_called_back_between_queue_and_round_is_not_sent(server):
    letters = queue(A, B, about="test.thing:1")
    make_letter(address=C)
    verbs.cancel(about="test.thing:1")
    go(postman())
    assert states_now(letters) == [states.CANCELLED] * 2
    assert server.addresses() == [C]


def test_one_called_back_while_in_hand_does_not_wait_again(server):
    (letter,) = queue(A, about="test.thing:1")
    (taken,) = verbs.hand_over(worker="tester", most=5)
    verbs.cancel(about="test.thing:1")
    assert states_now([letter]) == [states.HANDING_OVER]
    verbs.settle([verbs.Fate(taken, "put_back", "452", clock.now())], worker="tester")
    assert states_now([letter]) == [states.CANCELLED]


def test_one_called_back_while_in_hand_may_still_be_accepted(server):
    (letter,) = queue(A, about="test.thing:1")
    (taken,) = verbs.hand_over(worker="tester", most=5)
    verbs.cancel(about="test.thing:1")
    verbs.settle([verbs.Fate(taken, "accept", "250")], worker="tester")
    assert states_now([letter]) == [states.ACCEPTED]


def test_no_letter_is_begun_once_we_may_count_as_dead(server):
    letters = queue(A, B, C)
    alive = iter([True, True, False])
    worker = postman(alive=lambda: next(alive, False))
    go(worker)
    assert server.addresses() == [A]
    assert states_now(letters) == [states.ACCEPTED, states.QUEUED, states.QUEUED]


def test_what_was_taken_in_our_name_while_the_database_went_is_put_back(server):
    letters = queue(A, B)
    verbs.hand_over(worker="tester", most=1)
    worker = postman()
    worker.strays = True
    go(worker)
    assert states_now(letters) == [states.ACCEPTED] * 2
    assert sorted(server.addresses()) == [A, B]


def test_unknown_letters_of_ours_are_no_strays(server):
    (letter,) = queue(A)
    (taken,) = verbs.hand_over(worker="tester", most=1)
    verbs.settle([verbs.Fate(taken, "lose_sight", "timeout")], worker="tester")
    worker = postman()
    worker.strays = True
    go(worker)
    assert states_now([letter]) == [states.UNKNOWN]
    assert server.bodies == []


def test_fates_stay_in_mind_until_they_are_written(server):
    queue(A)
    worker = postman()
    worker.go_round()
    assert [fate.verb for fate in worker.fates] == ["accept"]
    with pytest.raises(OperationalError), refusing_database():
        worker.rest()
    assert [fate.verb for fate in worker.fates] == ["accept"]
    worker.rest()
    assert worker.fates == []
    assert Letter.objects.get().state == states.ACCEPTED


def refusing_database():
    """A database that is away."""
    from django.db import connection

    def away(execute, sql, params, many, context):
        raise OperationalError("away")

    return connection.execute_wrapper(away)


def test_a_fate_that_is_told_twice_counts_once(server):
    (letter,) = queue(A)
    (taken,) = verbs.hand_over(worker="tester", most=1)
    for _ in range(2):
        verbs.settle([verbs.Fate(taken, "put_back")], worker="tester")
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (states.QUEUED, 0)


def test_nobody_tells_the_fate_of_another_worker_s_letter():
    (letter,) = queue(A)
    (taken,) = verbs.hand_over(worker="tester", most=1)
    verbs.settle([verbs.Fate(taken, "accept", "250")], worker="another")
    assert states_now([letter]) == [states.HANDING_OVER]


def test_what_was_thought_lost_may_still_be_told():
    (letter,) = queue(A)
    (taken,) = verbs.hand_over(worker="tester", most=1)
    Letter.objects.filter(pk=letter.pk).move_all("lose_sight")
    verbs.settle([verbs.Fate(taken, "accept", "250")], worker="tester")
    assert states_now([letter]) == [states.ACCEPTED]


def test_fewer_are_taken_from_a_slow_server_and_more_from_a_quick_one():
    worker = postman()
    worker._mind_the_pace(3.0, 4)
    worker._mind_the_pace(3.0, 2)
    worker._mind_the_pace(3.0, 1)
    assert worker.most == 1
    for _ in range(9):
        worker._mind_the_pace(0.01, worker.most)
    assert worker.most == 25


def test_without_a_server_letters_are_shown_only(settings):
    settings.MAIL_HOST = ""
    (letter,) = queue(A)
    go(Postman("tester"))
    letter.refresh_from_db()
    assert (letter.state, letter.said) == (states.ACCEPTED, "shown")


def test_a_letter_that_cannot_be_made_holds_up_no_other(server):
    wording = make_wording()
    broken = make_letter(wording=wording, address=A, fill=["not", "a", "fill"])
    whole = make_letter(address=B)
    wording.text = "\ue000name\ue001"
    wording.save()
    go(postman())
    assert states_now([broken, whole]) == [states.REFUSED, states.ACCEPTED]
