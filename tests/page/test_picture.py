"""Labels that never overlap, motion that stays smooth, graphs of any size."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from browser import DESKTOP, FIRST, LABELS, MOVED, PHONE, STEPS, TEXTS, WRITTEN, Page, media, size
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys


def overlaps(boxes: list[list[Any]]) -> list[tuple[Any, Any]]:
    """Pairs of boxes [owner, left, top, right, bottom] of different owners that share more than a pixel each way."""
    pairs = [(a, b) for a, b in combinations(boxes, 2) if a[0] != b[0]]
    return [(a, b) for a, b in pairs if min(a[3], b[3]) - max(a[1], b[1]) > 1 and min(a[4], b[4]) - max(a[2], b[2]) > 1]


@pytest.mark.parametrize(
    ("name", "screen", "least"), [("firm", DESKTOP, 0.9), ("firm", PHONE, 0.25), ("seeds", DESKTOP, 0.9), ("seeds", PHONE, 0.25)]
)
def test_no_label_lies_on_another_at_rest_and_none_leaves_the_window(
    driver: webdriver.Chrome, files: Callable[[str], Path], name: str, screen: tuple[int, int], least: float
) -> None:
    size(driver, *screen, phone=screen == PHONE)
    try:
        page = Page(driver, files(name)).open()
        boxes = page.js(TEXTS)
        assert len({b[0] for b in boxes}) >= least * len(page.listed)
        assert overlaps(boxes) == []
        width, below = page.one("#graph").size["width"], page.one("#graph").size["height"]
        if page.one("#time").is_displayed():
            below = page.one("#time").rect["y"] - page.one("#stage").rect["y"]
        drawn = page.js(LABELS)
        assert all(x0 >= 0 and y0 >= 0 and x1 <= width and y1 <= below for x0, y0, x1, y1 in drawn)
        most = page.js("return kgPage.view().entities.toSorted((a, b) => b.radius - a.radius).slice(0, 3).map((e) => e.id)")
        assert name != "seeds" or {str(i) for i in most} <= {b[0] for b in boxes}  # of a ring of equals none is the most important
    finally:
        size(driver, *DESKTOP)


def test_the_picture_fits_again_when_the_window_changes(driver: webdriver.Chrome, files: Callable[[str], Path]) -> None:
    page = Page(driver, files("seeds")).open()
    at_rest = page.js("return kgPage.network().getScale()")
    try:
        size(driver, 1000, 700)
        page.until(lambda: page.js("return kgPage.network().getScale()") < 0.97 * at_rest)
        width, height = page.one("#graph").size["width"], page.one("#graph").size["height"]
        places = page.js("return kgPage.items().map((i) => kgPage.network().canvasToDOM(i)).map((p) => [p.x, p.y])")
        assert all(0 < x < width and 0 < y < height for x, y in places)
    finally:
        size(driver, *DESKTOP)


def test_panning_moves_what_is_drawn_and_draws_nothing_anew(large: Page) -> None:
    large.js("""
        const renderer = kgPage.network().renderer, nodes = renderer._drawNodes.bind(renderer);
        window.drawn = 0;
        renderer._drawNodes = (...all) => { window.drawn += 1; return nodes(...all); }""")
    before = large.js("return kgPage.network().getViewPosition()")
    actions = ActionChains(large.driver).move_to_element_with_offset(large.one("#graph"), 300, -250).click_and_hold()
    for _ in range(6):
        actions.move_by_offset(-12, 9)
    actions.release().perform()
    after = large.js("return kgPage.network().getViewPosition()")
    assert (after["x"] > before["x"], after["y"] < before["y"]) == (True, True)
    assert large.js("return window.drawn") == 0


@pytest.mark.parametrize("name", ["firm", "large"])
def test_what_was_moved_looks_as_if_drawn_there(driver: webdriver.Chrome, files: Callable[[str], Path], name: str) -> None:
    page = Page(driver, files(name)).open()
    assert page.js(MOVED) < 0.005


def test_after_zooming_the_picture_is_sharp_again(large: Page) -> None:
    large.js("const n = kgPage.network(); n.moveTo({scale: n.getScale() * 1.3, animation: false})")
    large.until(lambda: large.js("return kgPage.still()"))


def test_where_less_motion_is_asked_for_nothing_glides(page: Page) -> None:
    assert page.driver.execute_async_script(STEPS) == 1
    assert page.one("#theme").value_of_css_property("transition-duration") in ("0s", "")
    media(page.driver, motion="no-preference")
    try:
        page.open()
        assert page.driver.execute_async_script(STEPS) > 2
        assert page.one("#theme").value_of_css_property("transition-duration") != "0s"
    finally:
        media(page.driver)


def test_a_large_graph_opens_on_its_groups(large: Page) -> None:
    assert large.counts == "2,100 entities · 2,102 facts"
    assert "groups: open one" in large.one("#banner").text
    assert large.js("return kgPage.view().drawn.size") == 0
    assert 3 <= large.js("return kgPage.view().bubbles.length") <= 700


def test_a_group_opens_and_closes(large: Page) -> None:
    large.click("#panel [data-group]")
    large.click('[data-act="open-group"]')
    opened = large.js("return kgPage.view().drawn.size")
    assert opened >= 3
    large.click('[data-act="open-group"]')
    assert large.js("return kgPage.view().drawn.size") == 0


def test_a_double_click_opens_a_group(large: Page) -> None:
    large.point(*large.js(FIRST), times=2)
    large.until(lambda: large.js("return kgPage.view().drawn.size") >= 3)


@pytest.mark.parametrize(
    ("fragment", "names"),
    [
        ("s=entity:person/p02000", ["Person 2000"]),
        ("s=fact:fact/00900", ["Person 900", "Person 901"]),
        ("p=person/p00000|person/p00007", ["Person 0", "Person 3", "Person 6", "Person 7"]),
    ],
)
def test_a_link_shows_what_it_leads_to_in_a_large_graph(large: Page, fragment: str, names: list[str]) -> None:
    width, height = large.one("#graph").size["width"], large.one("#graph").size["height"]

    def shown() -> bool:
        places = [large.place(name) for name in names]
        return all(0 < x < width and 0 < y < height for x, y in places)

    large.open(fragment)
    assert shown()
    assert large.one("#undo").get_attribute("disabled")  # to open the groups is no step of the reader's
    large.open()
    large.js("location.hash = arguments[0]", fragment)
    large.until(shown)
    large.one("#undo").click()
    large.until(lambda: large.one("#undo").get_attribute("disabled"))


def test_search_opens_the_group_of_what_it_finds(large: Page) -> None:
    large.search("Person 2099")
    large.press(Keys.ENTER)
    assert large.title == "Person 2099"
    assert large.js("return [...kgPage.view().drawn].some((e) => e.label === 'Person 2099')")


def test_a_name_stands_in_the_picture_in_the_order_that_its_first_letter_gives_it(
    driver: webdriver.Chrome, files: Callable[[str], Path]
) -> None:
    for name, direction in (("single", "rtl"), ("example", "ltr")):
        page = Page(driver, files(name)).open()
        assert direction in page.js(WRITTEN)
        assert set(page.js("return [...kgPage.svg().querySelectorAll('text.name')].map((t) => t.getAttribute('direction'))")) == {direction}


def test_buttons_zoom_and_fit(page: Page) -> None:
    def scale() -> float:
        return float(page.js("return kgPage.network().getScale()"))

    at_rest = scale()
    page.click("#zoom-in")
    assert scale() > at_rest
    page.click("#zoom-out")
    page.click("#zoom-out")
    assert scale() < at_rest
    page.click("#fit")
    assert scale() == pytest.approx(at_rest, rel=0.01)


def test_the_picture_moves_only_when_asked(page: Page) -> None:
    before = page.js("return kgPage.network().getPositions()")
    time.sleep(0.2)
    assert page.js("return kgPage.network().getPositions()") == before
    page.click("#physics")
    page.until(lambda: page.js("return kgPage.network().getPositions()") != before)
    labels = page.js("return kgPage.labels().nodes.map((l) => l.box)")
    page.until(lambda: page.js("return kgPage.labels().nodes.map((l) => l.box)") != labels)
    page.click("#physics")
    assert page.one("#physics").get_attribute("aria-pressed") == "false"
