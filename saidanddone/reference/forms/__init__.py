"""What an administrator types about this place."""

from saidanddone.reference.forms.lists import (
    AgeBandForm,
    AreaForm,
    BulletinSectionForm,
    ClosedDayForm,
    ForumForm,
    TopicForm,
)
from saidanddone.reference.forms.partnership import (
    BoardsForm,
    BulletinForm,
    LibraryForm,
    LookForm,
    NameForm,
    SessionsForm,
    TimesForm,
    WordsForm,
)
from saidanddone.reference.forms.story import StoryForm

__all__ = [
    "AgeBandForm",
    "AreaForm",
    "BoardsForm",
    "BulletinForm",
    "BulletinSectionForm",
    "ClosedDayForm",
    "ForumForm",
    "LibraryForm",
    "LookForm",
    "NameForm",
    "SessionsForm",
    "StoryForm",
    "TimesForm",
    "TopicForm",
    "WordsForm",
]
