"""How long before a session things happen, and what its certificate asks."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reference', '0003_the_library'),
    ]

    operations = [
        migrations.AddField(
            model_name='partnership',
            name=name,
            field=models.PositiveSmallIntegerField(default=default),
        )
        for name, default in [
            ('certificate_share', 90), ('impact_days', 90), ('offer_hours', 24),
            ('session_cancel_days', 2), ('session_first_days', 14), ('session_last_minutes', 60),
            ('session_opens_minutes', 15), ('session_second_days', 5),
        ]
    ]
