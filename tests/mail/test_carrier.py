"""One connection to the mail server: what it says of each letter, and what its silence means."""

import pytest

from saidanddone.mail.carrier import LATER, LOST, NEVER, TAKEN, Carrier, Down, Parcel
from tests.mail.server import DROP, HANG

A, B, C, D = (f"{name}@example.org" for name in "abcd")


def parcel(number, address):
    """A small letter."""
    return Parcel(number, address, f"To: {address}\r\n\r\nHello.\r\n".encode())


def hand_over(*addresses, carrier=None):
    """Fates by number; and how it ended."""
    carrier = carrier or Carrier(answer_within=0.5)
    fates, ending = {}, None
    try:
        carrier.open()
        for outcome in carrier.hand_over([parcel(n, a) for n, a in enumerate(addresses)]):
            assert outcome.number not in fates
            fates[outcome.number] = (outcome.fate, outcome.said)
    except Down as trouble:
        ending = trouble
    finally:
        carrier.close()
    return fates, ending


def test_all_are_taken_over_one_connection(server):
    fates, ending = hand_over(A, B, C)
    assert fates == dict.fromkeys(range(3), (TAKEN, "250 2.0.0"))
    assert ending is None
    assert (server.addresses(), server.connections) == ([A, B, C], 1)
    assert [letter["To"] for letter in server.letters()] == [A, B, C]


def test_a_letter_costs_one_round_trip_where_the_server_allows_it(serve):
    serve(pipelining=True)
    carrier = Carrier()
    carrier.open()
    sent = []
    real = carrier.link.sock

    class Counting:
        def sendall(self, data):
            sent.append(data)
            real.sendall(data)

        def __getattr__(self, name):
            return getattr(real, name)

    carrier.link.sock = Counting()
    outcomes = list(carrier.hand_over([parcel(n, A) for n in range(10)]))
    trips = len(sent)
    carrier.close()
    assert (len(outcomes), trips) == (10, 11)


def test_a_refused_address_is_never_and_harms_no_other(server):
    server.answers["RCPT", B] = b"550 5.1.1 No such person here"
    fates, ending = hand_over(A, B, C)
    assert [fates[n] for n in range(3)] == [
        (TAKEN, "250 2.0.0"),
        (NEVER, "550 5.1.1"),
        (TAKEN, "250 2.0.0"),
    ]
    assert ending is None
    assert server.addresses() == [A, C]


def test_the_server_s_words_are_not_kept(server):
    server.answers["RCPT", A] = b"550 5.1.1 <a@example.org> Marigold left us"
    assert hand_over(A)[0] == {0: (NEVER, "550 5.1.1")}


def test_a_full_box_is_later(server):
    server.answers["RCPT", B] = b"452 4.2.2 Full"
    fates, _ = hand_over(A, B, C)
    assert (fates[1], server.addresses()) == ((LATER, "452 4.2.2"), [A, C])


@pytest.mark.parametrize(
    ("answer", "fate"), [(b"554 5.7.1 Spam", NEVER), (b"451 4.3.0 Try again", LATER)]
)
def test_a_body_may_be_refused_after_all(server, answer, fate):
    server.answers["BODY", B] = answer
    fates, ending = hand_over(A, B, C)
    assert [fates[n][0] for n in range(3)] == [TAKEN, fate, TAKEN]
    assert ending is None
    assert server.addresses() == [A, C]


def test_a_server_that_wants_a_body_for_nobody_is_given_an_empty_one(serve):
    server = serve(pipelining=True)
    server.answers |= {("RCPT", B): b"550 5.1.1 No", ("DATA", B): b"354 Go on nevertheless"}
    fates, _ = hand_over(A, B, C)
    assert [fates[n][0] for n in range(3)] == [TAKEN, NEVER, TAKEN]
    assert server.addresses() == [A, C]


@pytest.mark.parametrize("end", [HANG, DROP])
def test_silence_after_a_whole_letter_means_that_nobody_knows(server, end):
    server.answers["BODY", B] = end
    fates, ending = hand_over(A, B, C)
    assert [fates[n][0] for n in fates] == [TAKEN, LOST]
    assert isinstance(ending, Down)
    assert ending.stumbled is None


@pytest.mark.parametrize("end", [HANG, DROP, b"421 4.3.2 Going down"])
def test_silence_before_the_body_means_that_it_has_not_left(server, end):
    server.answers["RCPT", B] = end
    fates, ending = hand_over(A, B, C)
    assert [fates[n][0] for n in fates] == [TAKEN]
    assert ending.stumbled == 1
    assert server.addresses() == [A]


def test_a_server_that_goes_after_a_letter_says_later_of_it(server):
    server.answers["BODY", B] = b"421 4.3.2 Going down"
    fates, ending = hand_over(A, B, C)
    assert [fates[n][0] for n in fates] == [TAKEN, LATER]
    assert isinstance(ending, Down)


@pytest.mark.parametrize("answer", [b"550 5.7.1 Not from you", b"451 4.7.1 Slow down"])
def test_a_refused_sender_is_no_letter_s_fault(server, answer):
    server.answers["MAIL"] = answer
    fates, ending = hand_over(A, B)
    assert (fates, server.taken) == ({}, [])
    assert str(ending) == f"SMTPSenderRefused {answer[:3].decode()}"


def test_nobody_there(serve):
    serve().stop()
    fates, ending = hand_over(A)
    assert (fates, str(ending)) == ({}, "ConnectionRefusedError")


@pytest.mark.parametrize("greeting", [b"554 No service", b"421 Too busy", DROP])
def test_a_server_that_does_not_welcome_us(server, greeting):
    server.answers["GREET"] = greeting
    fates, ending = hand_over(A)
    assert fates == {}
    assert isinstance(ending, Down)


def test_no_password_travels_in_the_open(server, settings):
    settings.MAIL_TLS, settings.MAIL_USER, settings.MAIL_PASSWORD = True, "us", "secret"
    fates, ending = hand_over(A)
    assert (fates, str(ending)) == ({}, "SMTPNotSupportedError")
    assert not any(b"AUTH" in command or b"MAIL" in command for command in server.commands)


def test_an_address_in_other_letters_goes_only_where_it_is_understood(serve):
    serve()
    fates, _ = hand_over("Zoë@example.org", A)
    assert fates == {0: (NEVER, "no SMTPUTF8"), 1: (TAKEN, "250 2.0.0")}
    modern = serve(extensions=(b"SMTPUTF8",))
    assert hand_over("Zoë@example.org")[0][0][0] == TAKEN
    assert any(command.endswith(b"SMTPUTF8") for command in modern.commands)


def test_a_connection_with_a_half_said_letter_is_not_used_again(server):
    carrier = Carrier()
    carrier.open()

    def parcels():
        yield parcel(0, A)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(carrier.hand_over(parcels()))
    assert carrier.link is None
    assert hand_over(B, carrier=carrier)[0][0][0] == TAKEN
    assert server.addresses() == [B]


def test_dots_and_line_ends_survive(server):
    carrier = Carrier()
    carrier.open()
    data = b"To: a@example.org\r\n\r\n=2E=\r\ndot\r\n\r\n"
    list(carrier.hand_over([Parcel(0, A, data), Parcel(1, B, data)]))
    carrier.close()
    assert [body for _, body in server.taken] == [data, data]


def test_a_real_server_with_tls_and_a_password(aim, settings, tls, monkeypatch):
    settings_of_server, certificate = tls
    with settings_of_server() as (port, taken, seen):
        aim(port)
        settings.MAIL_TLS, settings.MAIL_USER, settings.MAIL_PASSWORD = True, "us", "secret"
        assert str(hand_over(A)[1]) == "SSLCertVerificationError"
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        fates, ending = hand_over(A, B)
    assert (ending, [fate for fate, _ in fates.values()]) == (None, [TAKEN, TAKEN])
    assert taken == [A, B]
    assert seen == [("us", "secret")]
