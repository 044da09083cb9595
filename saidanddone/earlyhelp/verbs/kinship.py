"""Declaring that somebody of a family is one's own: from then on its record is not there for one."""

from datetime import date

from django.db import transaction

from saidanddone.audit.verbs import record
from saidanddone.core import identity
from saidanddone.core.access import require
from saidanddone.earlyhelp import permissions
from saidanddone.earlyhelp.models import Conflict, FamilyMember
from saidanddone.earlyhelp.verbs.alike import same_name
from saidanddone.people.models import User


@transaction.atomic
def declare_relative(*, name: str, born_on: date, relation: str, by: User) -> None:
    """Say that one is related to somebody. Whoever works here, for themselves.

    If they are in a record, it is gone from that moment for whoever declared it: pages, lists,
    counts and broken glass. Nothing is answered, so that nobody learns whether there is one.
    """
    require("declare_relative", permissions.kinship_verbs(by))
    with identity.as_system("kinship"):
        born = FamilyMember.objects.filter(born_on=born_on)
        families = {one.family_id for one in born if same_name(one.name, name)}
        there = Conflict.objects.filter(person=by, ended_at__isnull=True)
        for family in families - set(there.values_list("family", flat=True)):
            Conflict.objects.create(family_id=family, person=by, relation=relation, declared_by=by)
    record("declare_relative", by, by=by, detail=f"{name} {born_on} {relation}")
