"""What the slider of time shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from browser import Page, size
from graphs import times
from selenium import webdriver

from kg.moment import held
from kg.ontology import Ontology


def test_time_shows_what_held_then(page: Page) -> None:
    def facts() -> set[str]:
        return set(page.js("return kgPage.view().facts.map((f) => f.key)"))

    page.value("#day", int(page.one("#day").get_attribute("min") or 0))
    assert facts() == {"2b", "4d"}
    assert page.one("#day-value").text == "Jan 1, 2029"
    page.value("#day", int(page.one("#day").get_attribute("max") or 0))
    assert facts() == {"1a", "2b", "3c", "4d", "6f"}
    page.click("#dated")
    assert facts() == {"1a", "2b", "4d"}
    page.click("#any-time")
    assert facts() == {"1a", "2b", "4d"}
    assert not page.one("#any-time").is_displayed()


def test_the_slider_shows_what_a_query_as_of_that_day_does(
    driver: webdriver.Chrome, files: Callable[[str], Path], ontology: Ontology
) -> None:
    page, graph = Page(driver, files("times")).open(), times(ontology)
    for day in ("2024-02-29", "2024-03-01", "2027-05-31", "2027-06-01", "2029-05-09", "2029-05-10", "2029-05-31", "2029-06-01"):
        page.js("location.hash = `t=${arguments[0]}`", day)
        page.until(lambda day=day: page.js("return kgPage.state()") == f"t={day}")
        assert page.js("return kgPage.view().facts.map((f) => f.key)") == [k for *_, k in held(graph, ontology, day).edges(keys=True)]


def test_time_plays_and_stops(page: Page) -> None:
    page.click("#play")
    assert page.one("#play").get_attribute("aria-label") == "Pause"
    page.until(lambda: page.one("#day-value").text != "Any time")
    # Where the machine is slow the last day may have come, and the click starts anew.
    page.until(lambda: page.js("const b = document.getElementById('play'); b.click(); return b.getAttribute('aria-label')") == "Play")


def test_on_a_phone_time_is_set_back_in_its_place(page: Page) -> None:
    size(page.driver, 390, 844, phone=True)
    try:
        page.open("t=2031-12-01&dated=1")
        assert page.counts.endswith("2 of 6 facts")
        page.click("#dated")
        page.click("#any-time")
        assert page.counts.endswith(" 6 facts")
        assert not page.one("#dated").is_displayed()
        assert page.js("return document.documentElement.scrollWidth") <= 390
    finally:
        size(page.driver, 1440, 900)
