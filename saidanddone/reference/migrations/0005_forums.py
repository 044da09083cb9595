"""Forums and alliances that organisations belong to."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reference', '0004_story_periods'),
    ]

    operations = [
        migrations.CreateModel(
            name='Forum',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(blank=True, null=True)),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('kind', models.CharField(choices=[('forum', 'Forum'), ('alliance', 'Alliance')], default='forum', max_length=10)),
                ('code', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=80)),
            ],
            options={
                'ordering': ['order', 'pk'],
                'abstract': False,
            },
        ),
    ]
