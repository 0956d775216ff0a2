"""All that goes without a mouse."""

from __future__ import annotations

from browser import CONTROLS, FOCUS, Page
from selenium.webdriver.common.keys import Keys


def test_everything_goes_by_keyboard(page: Page) -> None:
    page.js("document.getElementById('graph').focus()")
    page.press(Keys.ARROW_RIGHT)
    assert "Larkfield Motors" in page.one("#spoken").get_attribute("textContent")
    page.press(Keys.ENTER)
    assert page.title == "Larkfield Motors"
    page.press("e")
    assert page.one("#banner").is_displayed()
    page.press("c")
    assert not page.one("#banner").is_displayed()
    page.press("p")
    assert "Choose the other end" in page.one("#banner").text
    page.press(Keys.ESCAPE)
    before = page.js("return kgPage.network().getScale()")
    page.press("+")
    assert page.js("return kgPage.network().getScale()") > before
    page.press("0")
    page.press("/")
    assert page.js("return document.activeElement.id") == "search"
    page.press(Keys.ESCAPE, "f")
    assert page.js("return document.activeElement.dataset.filter") == "classes"
    page.press(Keys.SPACE)
    assert "of 5" in page.counts
    page.press("?")
    assert page.one("#help-dialog").is_displayed()
    page.press(Keys.ESCAPE)
    assert not page.one("#help-dialog").is_displayed()


def test_arrows_reach_every_node(page: Page) -> None:
    page.js("document.getElementById('graph').focus()")
    reached = set()
    for key in (Keys.ARROW_RIGHT, Keys.ARROW_UP, Keys.ARROW_LEFT, Keys.ARROW_DOWN) * 6:
        page.press(key)
        reached.add(page.one("#spoken").get_attribute("textContent").split(",")[0])
    assert len(reached) >= 4


def test_every_control_is_reached_with_the_tab_key_and_shows_it(page: Page) -> None:
    page.open("s=entity:person/maria-okafor&t=2031-12-01")
    page.click('#class-filter [data-name="Person"]')  # so that there is a step to undo
    page.click("#undo")
    page.click('#class-filter [data-name="Person"]')
    page.js("document.activeElement.blur()")
    wanted = set(page.js(CONTROLS))
    reached, bare = set(), []
    for _ in range(len(wanted) + 4):
        page.press(Keys.TAB)
        number, outline, html = page.js(FOCUS)
        reached.add(number)
        bare += [] if outline or html.startswith("<body") else [html]
    assert wanted - reached == set()
    assert bare == []


def test_the_first_tab_leads_past_everything_to_the_graph(page: Page) -> None:
    page.js("document.body.tabIndex = -1; document.body.focus()")
    page.press(Keys.TAB)
    assert page.js("return document.activeElement.id") == "skip"
    page.press(Keys.ENTER)
    assert page.js("return document.activeElement.id") == "graph"
