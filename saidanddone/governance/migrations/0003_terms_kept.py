"""Terms of reference that stood on a body become its first version."""

from django.db import migrations


def keep_terms(apps, schema_editor):
    """Each body's terms as version 1; how they came to be agreed was not asked until now."""
    body, terms = apps.get_model("governance", "Body"), apps.get_model("governance", "Terms")
    terms.objects.bulk_create(
        terms(
            body=one, number=1, text=one.terms, review_on=one.terms_review_on, precision="unknown"
        )
        for one in body.objects.exclude(terms="")
    )


def put_back(apps, schema_editor):
    """The newest version onto the body again."""
    body, terms = apps.get_model("governance", "Body"), apps.get_model("governance", "Terms")
    for one in terms.objects.order_by("number"):
        body.objects.filter(pk=one.body_id).update(terms=one.text, terms_review_on=one.review_on)


class Migration(migrations.Migration):
    dependencies = [("governance", "0002_boards_and_papers")]

    operations = [migrations.RunPython(keep_terms, put_back)]
