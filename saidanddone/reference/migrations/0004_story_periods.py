"""Who authorises beside the supervisor, and how long a record is kept."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reference', '0003_the_story_so_far'),
    ]

    operations = [
        migrations.AddField(
            model_name='partnership',
            name='story_coordinators_authorise',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='partnership',
            name='story_keep_years',
            field=models.PositiveSmallIntegerField(default=25),
        ),
    ]
