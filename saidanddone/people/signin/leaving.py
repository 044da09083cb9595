"""An account that nobody needs any more: closed and emptied, so that its number alone stays."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from saidanddone.people.models import Post, Profile, User
from saidanddone.people.signin.sessions import end_sessions

NOBODY = "An account that was closed"
NOWHERE = "@closed.invalid"  # where no letter ever arrives


def empty_account(person: User) -> None:
    """Take away name, address, ways in and open browsers; the audit goes on knowing the number.

    Never of somebody who ever held a post here: their work stays under their name.
    """
    if Post.objects.filter(user=person).exists():
        raise ValueError("Whoever works here keeps their name")
    end_sessions(person)
    for held in (Authenticator, EmailAddress, SocialAccount, Profile):
        held.objects.filter(user=person).delete()
    person.email, person.name = f"{person.pk}{NOWHERE}", NOBODY
    person.is_active, person.is_young = False, False
    person.invited_at = person.joined_at = person.last_login = None
    person.set_unusable_password()
    person.save()
