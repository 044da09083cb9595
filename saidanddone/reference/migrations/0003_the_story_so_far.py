"""The words and periods of the early help record, with an example set to change."""

from django.db import migrations, models

from saidanddone.core.tables import AddTogether

# An example set: a place writes its own over it.
TERMS = {
    "section": [
        ("child", "How each child is doing", "Health, learning, feelings, friends, growing up."),
        ("home", "Home and everyday life", "A typical day; who does what; sleep, food, mornings."),
        ("parenting", "Being a parent", "What comes easily, what is hard, who helps."),
        ("relationships", "Getting on with each other", "In the family, and with those who live elsewhere."),
        ("learning", "Nursery, school and work", "Getting there, joining in, what helps to learn."),
        ("health", "Health and wellbeing", "Bodies and minds, of grown-ups too."),
        ("housing", "Housing and money", "A safe, warm home; bills, debts, work."),
        ("around", "Friends, family and neighbourhood", "Who else matters, and what is near by."),
        ("before", "Help until now", "What was tried, what helped, what did not."),
    ],
    "level": [
        ("1", "Universal", "What every family uses is enough."),
        ("2", "Some extra help", "One service adds to it."),
        ("3", "Help from several, together", "A team around the family and a plan."),
        ("4", "Social work support", "A child in need of social work help."),
        ("5", "Protection", "A child is suffering or may suffer significant harm."),
    ],
    "outcome": [
        ("education", "Getting a good education", "Goes, joins in, and has what they need to learn."),
        ("early-years", "A good start in the early years", "Babies and under-fives grow well; new parents have help."),
        ("health", "Better mental and physical health", "What each needs is known, and helped."),
        ("substances", "Drugs and alcohol under control", "Harmful use is treated."),
        ("relationships", "Better family relationships", "Less conflict, surer parents, stronger bonds."),
        ("safe-children", "Children safe from abuse and exploitation", "Inside the home and outside it."),
        ("crime", "Away from crime", "Children and grown-ups keep out of trouble."),
        ("domestic-abuse", "Safe from domestic abuse", "Whoever is harmed is safe; whoever harms is faced."),
        ("housing", "A secure home", "Steady, suitable and not at risk."),
        ("money", "Money that is enough", "Income, debts and work can be managed."),
    ],
    "closing": [
        ("met", "What was needed is met", ""),
        ("one-agency", "One agency can do the rest", ""),
        ("social-care", "Social work leads now", ""),
        ("family", "The family no longer wishes it", ""),
        ("moved", "The family moved away", ""),
        ("no-contact", "We could not reach the family", ""),
        ("eighteen", "The young person turned 18", ""),
        ("transferred", "Another area carries on", ""),
        ("error", "It was opened by mistake", ""),
    ],
    "power": [
        ("ca2004-s10", "Children Act 2004, section 10", "Working together for children’s wellbeing."),
        ("ca2004-s11", "Children Act 2004, section 11", "Keeping children safe and well in all we do."),
        ("ca1989-s17", "Children Act 1989, section 17", "Children in need."),
        ("ca1989-s47", "Children Act 1989, section 47", "A child may be suffering significant harm."),
        ("vital", "Somebody’s life or safety", "Vital interests; delay would do harm."),
        ("none", "Not shared", "No power was used: the decision was not to share."),
    ],
}


def fill(apps, schema_editor):
    term = apps.get_model("reference", "StoryTerm")
    term.objects.bulk_create(
        term(kind=kind, code=code, name=name, words=words, order=order)
        for kind, rows in TERMS.items()
        for order, (code, name, words) in enumerate(rows)
    )


class Migration(migrations.Migration):

    dependencies = [
        ('reference', '0002_totals_and_managers'),
    ]

    operations = [
        AddTogether(
            migrations.AddField(
                model_name='partnership',
                name='asking_days',
                field=models.PositiveSmallIntegerField(default=1),
            ),
            migrations.AddField(
                model_name='partnership',
                name='break_glass_days',
                field=models.PositiveSmallIntegerField(default=2),
            ),
            migrations.AddField(
                model_name='partnership',
                name='break_glass_minutes',
                field=models.PositiveSmallIntegerField(default=60),
            ),
            migrations.AddField(
                model_name='partnership',
                name='membership_grace_days',
                field=models.PositiveSmallIntegerField(default=28),
            ),
            migrations.AddField(
                model_name='partnership',
                name='membership_months',
                field=models.PositiveSmallIntegerField(default=6),
            ),
            migrations.AddField(
                model_name='partnership',
                name='seal_days',
                field=models.PositiveSmallIntegerField(default=90),
            ),
            migrations.AddField(
                model_name='partnership',
                name='sponsor_days',
                field=models.PositiveSmallIntegerField(default=90),
            ),
            migrations.AddField(
                model_name='partnership',
                name='story_assess_days',
                field=models.PositiveSmallIntegerField(default=10),
            ),
            migrations.AddField(
                model_name='partnership',
                name='story_contact_words',
                field=models.TextField(blank=True),
            ),
            migrations.AddField(
                model_name='partnership',
                name='story_notice',
                field=models.TextField(blank=True),
            ),
            migrations.AddField(
                model_name='partnership',
                name='story_review_weeks',
                field=models.PositiveSmallIntegerField(default=6),
            ),
        ),
        migrations.CreateModel(
            name='StoryTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(blank=True, null=True)),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('kind', models.CharField(choices=[('section', 'Sections of the story'), ('level', 'Levels of need'), ('outcome', 'Outcomes'), ('closing', 'Reasons for closing'), ('power', 'Powers and duties to share')], max_length=10)),
                ('code', models.SlugField()),
                ('name', models.CharField(max_length=160)),
                ('words', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'ordering': ['order', 'pk'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('kind', 'code', 'starts_on'), nulls_distinct=False, name='one_story_term')],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
