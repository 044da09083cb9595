"""Mail servers, letters that stay, and templates of our own."""

import socket
import ssl
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import connection
from django.template import engines

from saidanddone.mail.models import Letter, Wording, Worker
from tests.mail.server import MailServer


@pytest.fixture
def aim(settings):
    """Lets the product hand its letters to a server on this machine."""

    def at(port: int) -> None:
        settings.MAIL_HOST, settings.MAIL_PORT = "127.0.0.1", port
        settings.MAIL_TLS, settings.MAIL_USER, settings.MAIL_PASSWORD = False, "", ""

    return at


@pytest.fixture
def serve(aim):
    """Starts a mail server and lets the product hand its letters there."""
    started = []

    def start(**how) -> MailServer:
        started.append(MailServer(**how))
        aim(started[-1].port)
        return started[-1]

    yield start
    for server in started:
        server.stop()


@pytest.fixture(params=[True, False], ids=["pipelining", "one by one"])
def server(request, serve):
    """A mail server that does as it is told, of both kinds."""
    return serve(pipelining=request.param)


@pytest.fixture
def kept(kept):
    """Committed as everywhere, and the letters removed afterwards."""
    yield
    connection.close()
    for model in (Letter, Wording, Worker):
        model.objects.all().delete()


@pytest.fixture
def templates(settings, tmp_path):
    """Writes templates that only this test knows, by name."""
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]

    def write(**texts: str) -> None:
        for name, text in texts.items():
            path = tmp_path / "test" / "emails" / name.replace("_", ".")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

    assert engines["jinja2"]
    return write


@pytest.fixture
def tls(tmp_path):
    """aiosmtpd with STARTTLS and a password, and the certificate that vouches for it."""
    certificate, key = certify(tmp_path)

    @contextmanager
    def served():
        taken, seen = [], []

        class Handler:
            async def handle_DATA(self, server, session, envelope):
                taken.extend(envelope.rcpt_tos)
                return "250 2.0.0 Ok"

        def known(server, session, envelope, mechanism, data):
            seen.append((data.login.decode(), data.password.decode()))
            return AuthResult(success=True)

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        controller = Controller(
            Handler(), hostname="127.0.0.1", port=free_port(), tls_context=context,
            require_starttls=True, auth_required=True, authenticator=known,
        )  # fmt: skip
        controller.start()
        try:
            yield controller.port, taken, seen
        finally:
            controller.stop()

    return served, certificate


def certify(folder):
    """A certificate for 127.0.0.1 that vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        .sign(key, hashes.SHA256())
    )
    pem, secret = folder / "certificate.pem", folder / "key.pem"
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return pem, secret


def free_port():
    """A port that nobody has now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
