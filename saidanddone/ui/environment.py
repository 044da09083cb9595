"""The Jinja2 environment of every page: names fail when undefined, words are always escaped."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined

from saidanddone.core import clock
from saidanddone.ui import charts, drawing, filters
from saidanddone.ui.icons import icon, logo


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a page by its name."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def environment(**options: Any) -> Environment:
    """What the settings name; Django adds the loader and escaping."""
    options |= {"undefined": StrictUndefined, "lstrip_blocks": True}
    made = Environment(**options)  # noqa: S701 -- Django's options switch escaping on
    made.globals.update(
        url=url,
        static=static,
        icon=icon,
        logo=logo,
        now=clock.now,
        today=clock.today,
        threadlet_drawing=charts.threadlet,
        howfar_drawing=charts.howfar,
        control=drawing.control,
        layout_of=drawing.layout_of,
        errors_of=drawing.errors_of,
        sentences=drawing.sentences,
    )
    made.filters.update(filters.FILTERS)
    return made
