"""What an administrator types about this place."""

from saidanddone.reference.forms.partnership import (
    AgeBandForm,
    AreaForm,
    BoardsForm,
    BulletinForm,
    BulletinSectionForm,
    ClosedDayForm,
    LibraryForm,
    LookForm,
    NameForm,
    SessionsForm,
    TimesForm,
    TopicForm,
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
    "LibraryForm",
    "LookForm",
    "NameForm",
    "SessionsForm",
    "StoryForm",
    "TimesForm",
    "TopicForm",
    "WordsForm",
]
