"""What an administrator types about who coordinates where."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from saidanddone.people.models import Post
from saidanddone.reference.models import Area

EVERYWHERE = "The whole borough"


class PatchForm(forms.Form):
    """A coordinator, and what they look after."""

    post = forms.ModelChoiceField(
        label="Who coordinates", queryset=Post.objects.none(), empty_label="Choose somebody",
        error_messages={"required": "Choose somebody"},
        help_text="Only posts with the role of a coordinator stand here. The role is given on the "
        "person’s page.",
    )  # fmt: skip
    area = forms.ModelChoiceField(
        label="Where", queryset=Area.objects.none(), required=False, empty_label=EVERYWHERE
    )

    def __init__(self, *args: Any, posts: QuerySet[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = posts
        self.fields["post"].label_from_instance = lambda post: (
            f"{post.user.name}, {post.title}, {post.organisation.name}"
        )
        self.fields["area"].queryset = Area.objects.current()
