"""Tells Django about this app, and what its settings must be."""

from django.apps import AppConfig
from django.core import checks


class MailConfig(AppConfig):
    name = "saidanddone.mail"
    label = "mail"

    def ready(self) -> None:
        checks.register(sender_is_an_address)


def sender_is_an_address(**_: object) -> list[checks.CheckMessage]:
    """Without a sender no letter can be made: better told at the start than at night."""
    from saidanddone.mail import messages  # noqa: PLC0415 -- models are not there while apps are read

    try:
        messages.sender()
    except messages.Unsendable as trouble:
        return [checks.Error(f"SAID_MAIL_FROM is {trouble}.", id="mail.E001")]
    return []
