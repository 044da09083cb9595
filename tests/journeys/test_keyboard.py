"""Everything that can be pressed is reached by Tab alone, and one sees where one is."""

import pytest

pytestmark = pytest.mark.journey

PRESSABLE = """[...document.querySelectorAll(
  'a[href],button:not([disabled]),input:not([type=hidden]):not([disabled]),select,textarea,summary'
)].filter(e => e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length)
  .filter(e => e.type !== 'radio'  // of one question Tab reaches one answer, arrows the others
    || e === (document.querySelector(`[name="${e.name}"]:checked`)
      || document.querySelector(`[name="${e.name}"]`)))
  .map(e => e.outerHTML.slice(0, 120))"""
FOCUS = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const look = getComputedStyle(e.closest('.choice') || e);  // of a tile, the whole tile
  const ring = (look.outlineStyle != 'none' && parseFloat(look.outlineWidth) > 0)
    || look.boxShadow != 'none';
  return [e.outerHTML.slice(0, 120), ring];
}"""
PAGES = {
    "": ["/", "/tell-us/", "/bulletin/"],
    "clerk": ["/my-day/", "/settings/"],
    "board_member": ["/interests/"],
    "family_lead": ["/stories/open/", "/stories/{story}/write/home/"],
    "young": ["/our-story/{story}/score/", "/our-story/{story}/drawings/send/"],
}
BEYOND = 15  # presses more than there are things: the browser's own bar lies between


@pytest.mark.parametrize("who", PAGES)
def test_tab_reaches_everything_and_shows_where_one_is(visit, served, who):
    visitor = visit(who)
    for path in PAGES[who]:
        visitor.go(path.format(story=story_of(served)))
        wanted = visitor.page.evaluate(PRESSABLE)
        reached = {}
        for _ in range(len(wanted) + BEYOND):
            visitor.page.keyboard.press("Tab")
            if focus := visitor.page.evaluate(FOCUS):
                reached[focus[0]] = focus[1]
        assert set(wanted) - set(reached) == set(), path
        assert [thing for thing, ring in reached.items() if not ring] == [], path


def story_of(served):
    """The story of a family whose young person has a door."""
    query = (
        "SELECT a.story_id FROM earlyhelp_access a JOIN people_user u ON u.id = a.person_id "
        "WHERE u.name = 'Robin Teaspoon' AND a.kind = 'family'"
    )
    return served.rows(query)[0][0]
