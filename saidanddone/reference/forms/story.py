"""What an administrator types about the early help record."""

from typing import Any

from django import forms

from saidanddone.reference.forms.partnership import bound
from saidanddone.reference.models import Partnership
from saidanddone.ui.forms import Brief


class StoryForm(forms.ModelForm):
    """The periods of the early help record, and what a family reads before anything else."""

    LIMITS = {
        "story_review_weeks": (1, 26), "story_assess_days": (1, 60), "membership_months": (1, 6),
        "membership_grace_days": (0, 28), "break_glass_minutes": (5, 60), "break_glass_days": (1, 2),
        "seal_days": (1, 90), "asking_days": (1, 1), "sponsor_days": (1, 90), "story_keep_years": (18, 75),
    }  # fmt: skip

    class Meta:
        model = Partnership
        fields = [
            "story_notice", "story_contact_words", "story_review_weeks", "story_assess_days",
            "membership_months", "membership_grace_days", "break_glass_minutes", "break_glass_days",
            "seal_days", "asking_days", "sponsor_days", "story_coordinators_authorise",
            "story_keep_years",
        ]  # fmt: skip
        labels = {
            "story_notice": "What a family is told about its privacy",
            "story_contact_words": "What stands above the form that asks for help",
            "story_review_weeks": "Weeks from one review to the next",
            "story_assess_days": "Working days to write the story together",
            "membership_months": "Months that somebody is in a family’s team at the most",
            "membership_grace_days": "Days after that in which a late review ends nobody’s access",
            "break_glass_minutes": "Minutes for which broken glass stays open",
            "break_glass_days": "Working days until it is looked at again",
            "seal_days": "Days from one look at a seal to the next",
            "asking_days": "Working days to answer “I must ask or tell something”",
            "sponsor_days": "Days for which an agency’s word for an account counts",
            "story_coordinators_authorise": "Coordinators authorise too, beside the supervisor",
            "story_keep_years": "Kept until the youngest child’s birthday of this many years",
        }
        widgets = {"story_notice": Brief(rows=10), "story_contact_words": Brief(rows=4)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bound(self, self.LIMITS)
