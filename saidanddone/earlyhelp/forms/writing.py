"""What a section sends as it is typed, and which of two texts it is."""

from django import forms

MOST_WORDS = 40_000
MOST_VERSIONS = 2**31 - 1


class SaveForm(forms.Form):
    """A section as it stands in one window, with the version that its writer saw."""

    strengths = forms.CharField(max_length=MOST_WORDS, required=False, strip=False)
    worries = forms.CharField(max_length=MOST_WORDS, required=False, strip=False)
    needs = forms.CharField(max_length=MOST_WORDS, required=False, strip=False)
    seen = forms.IntegerField(min_value=0, max_value=MOST_VERSIONS)
    beside = forms.UUIDField(required=False)
    once = forms.UUIDField(required=False)


class SettleForm(forms.Form):
    """What becomes of a text that waits beside a section."""

    choice = forms.ChoiceField(choices=[(one, one) for one in ("take", "both", "aside")])
    seen = forms.IntegerField(min_value=0, max_value=MOST_VERSIONS)


class SignForm(forms.Form):
    """Which version was read before it was signed."""

    seen = forms.IntegerField(min_value=0, max_value=MOST_VERSIONS)
