"""What the filters leave in view, and what the legend means."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from browser import Page, size
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys


def test_the_legend_shows_the_line_of_each_status(driver: webdriver.Chrome, files: Callable[[str], Path]) -> None:
    page = Page(driver, files("times")).open()
    dashes = "return [...document.querySelectorAll('#status-filter .stroke path')].map((p) => p.getAttribute('stroke-dasharray'))"
    names = [e.get_attribute("data-name") for e in page.all("#status-filter .row")]
    legend = dict(zip(names, page.js(dashes), strict=True))
    assert legend["Current"] is None
    assert legend["Interim"] is None
    assert len(set(legend.values())) == len(names) - 1
    drawn = page.js("return kgPage.view().facts.map((f) => [f.status, kgPage.network().body.edges[`f${f.id}`].options.dashes])")
    assert {(s, " ".join(map(str, d)) if d else None) for s, d in drawn} == set(legend.items())
    labels = page.js("return kgPage.labels().edges.map((e) => [e.fact.status, e.lines[0]])")
    assert {s: text for s, text in labels if s in ("Current", "Past")} == {"Current": "succeeds", "Past": "past · succeeds"}


def test_the_legend_is_the_filter_by_class(page: Page) -> None:
    page.click('#class-filter [data-name="Person"]')
    assert page.counts == "2 of 5 entities · 2 of 6 facts"
    assert page.listed == {"Larkfield Motors", "青溪科技"}
    row = page.one('#class-filter [data-name="Person"]')
    assert row.get_attribute("aria-checked") == "false"
    row.click()
    assert page.counts == "5 entities · 6 facts"


def test_shift_and_click_keeps_one_alone_and_again_all(page: Page) -> None:
    for expected in ("5 entities · 6 facts", "5 of 5 entities · 2 of 6 facts"):
        row = page.one('#relation-filter [data-name="chiefExecutiveOf"]')
        ActionChains(page.driver).key_down(Keys.SHIFT).click(row).key_up(Keys.SHIFT).perform()
        assert page.counts != expected


@pytest.mark.parametrize(
    ("row", "facts"),
    [
        ('#relation-filter [data-name="partnerOf"]', "5 of 6 facts"),
        ('#status-filter [data-name="Rumoured"]', "5 of 6 facts"),
        ('#document-filter [data-name="zh-1.txt"]', "5 of 6 facts"),
    ],
)
def test_relations_statuses_and_documents_are_filtered(page: Page, row: str, facts: str) -> None:
    page.click(row)
    assert page.counts.endswith(facts)
    page.click("#reset")
    assert page.counts.endswith(" 6 facts")


def test_a_confidence_below_the_least_is_left_out(page: Page) -> None:
    page.value("#confidence", 90)
    assert page.counts.endswith("4 of 6 facts")
    assert page.one("#confidence-value").text == "90 %"


def test_what_has_no_relations_can_be_left_out(page: Page) -> None:
    page.click('#relation-filter [data-name="chairOf"]')
    assert "林晓云" in page.listed
    page.click("#loose")
    assert "林晓云" not in page.listed


def test_where_nothing_passes_the_page_says_so(page: Page) -> None:
    page.click('#class-filter [data-name="Person"]')
    page.click('#class-filter [data-name="Company"]')
    assert page.one("#nothing").text == "Nothing passes the filters."


def test_on_a_phone_filters_open_over_the_picture(page: Page) -> None:
    size(page.driver, 390, 844, phone=True)
    try:
        page.open()
        assert page.js("return document.documentElement.scrollWidth") <= 390
        assert not page.one("#filters").is_displayed()
        page.click("#show-filters")
        assert page.one("#filters").is_displayed()
        page.click('#class-filter [data-name="Person"]')
        assert page.counts.startswith("2 of 5")
        page.press(Keys.ESCAPE)
        assert not page.one("#filters").is_displayed()
        assert page.one("#graph").size["height"] > 250
        assert page.one("#panel").is_displayed()
    finally:
        size(page.driver, 1440, 900)
