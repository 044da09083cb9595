"""Small drawings made by the server; the same facts always stand beside them in words."""

from functools import cache

from markupsafe import Markup

STITCHES = 'stroke-dasharray="0.1 5.6" stroke-linecap="round"'


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def _line(start: float, end: float, extra: str = "") -> str:
    ends = f'x1="{_number(start)}" x2="{_number(end)}" y1="10" y2="10"'
    return f'<line {ends} stroke="currentColor" stroke-width="3"{" " + extra if extra else ""}/>'


def _knot(x: float, here: int, at: int) -> str:
    """A full dot for what happened, a half ring for now, an empty ring for what is to come."""
    place = f'cx="{_number(x)}" cy="10"'
    if here < at:
        return f'<circle {place} r="5.5" fill="currentColor"/>'
    size, width = ("7.2", "2.5") if here == at else ("4.2", "1.8")
    drawn = f'{place} r="{size}" stroke="currentColor" stroke-width="{width}"'
    ring = f'<circle class="threadlet__gap" {drawn}/>'
    if here > at:
        return ring
    return ring + f'<path d="M{_number(x)} 5.2a4.8 4.8 0 0 1 0 9.6z" fill="currentColor"/>'


@cache
def threadlet(at: int, total: int, *, closed: bool) -> Markup:
    """The thread in one line. `at` is the step that is open now; the words are step 0."""
    places = [10 + 112 * step / (total - 1) for step in range(total)]
    last = total - 1
    at = last if closed else max(1, min(at, last))
    done = places[last] if closed else places[at - 1]
    drawn = [_line(10, done)] if done > 10 else []
    if not closed:
        drawn.append(_line(done, places[last], STITCHES))
    drawn.append('<path class="threadlet__said" d="M3 3h7a7 7 0 1 1-7 7z"/>')
    steps = places[1:last] if closed else places[1:]
    drawn += [_knot(x, step, at) for step, x in enumerate(steps, start=1)]
    if closed:
        drawn.append(f'<circle cx="{_number(places[last])}" cy="10" r="7" fill="currentColor"/>')
    inside = "".join(drawn)
    return Markup(f'<svg viewBox="0 0 132 20" aria-hidden="true" focusable="false">{inside}</svg>')  # noqa: S704 -- numbers only


@cache
def howfar(part: float, whole: float) -> Markup:
    """A line, solid as far as we are and stitched for the rest."""
    share = min(max(part / whole, 0), 1) if whole else 0
    x = _number(2 + 250 * share)
    ends = 'y1="12" y2="12" stroke="currentColor" stroke-width="4" stroke-linecap="round"'
    return Markup(  # noqa: S704 -- numbers only
        '<svg class="howfar" viewBox="0 0 260 24" aria-hidden="true" focusable="false">'
        f'<line x1="{x}" x2="257" {ends} stroke-dasharray="0.1 8"/>'
        f'<line x1="2" x2="{x}" {ends}/><circle cx="{x}" cy="12" r="8" fill="currentColor"/></svg>'
    )
