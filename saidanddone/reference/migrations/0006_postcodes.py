"""An area is known by its postcodes, so that what comes from a register finds its place."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reference", "0005_forums")]

    operations = [
        migrations.AddField("area", "postcodes", models.CharField(blank=True, max_length=200)),
    ]
