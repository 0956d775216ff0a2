"""What a reader sees, does and hears."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from browser import CONTROLS, EDGE, FOCUS, Page, media, requested, size
from graphs import times
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from kg.moment import held
from kg.ontology import Ontology
from kg.outputs import page as output


def test_it_asks_for_nothing_but_itself_and_complains_of_nothing(page: Page) -> None:
    page.click("#panel .row")
    page.click("#theme")
    page.value("#language", "zh")
    assert {u.split("#")[0] for u in requested(page.driver)} == {page.url}
    assert page.driver.get_log("browser") == []


def test_it_opens_on_everything_with_its_name_in_the_title(page: Page) -> None:
    assert page.counts == "5 entities · 6 facts"
    assert page.driver.title.endswith("· Knowledge graph")
    assert "Larkfield Motors" in page.panel
    assert page.js("return document.compatMode") == "CSS1Compat"
    assert page.one("html").get_attribute("lang") == "en"
    assert page.one("#undo").get_attribute("disabled")
    assert page.one("#contents").get_attribute("href") is None


def test_a_click_on_a_node_shows_its_facts_with_their_sentences(page: Page) -> None:
    page.point(*page.place("Maria Okafor"))
    assert page.title == "Maria Okafor"
    fact = page.one('[data-fact="1a"]')
    assert "Larkfield Motors" in fact.text
    assert "chief executive" in fact.text
    assert "since Sep 10, 2031" in fact.text
    assert "93 %" in fact.text
    assert fact.find_element(By.CSS_SELECTOR, ".chip").text.lower() == "current"
    marked = "".join(m.text + " " for m in fact.find_elements(By.CSS_SELECTOR, "mark"))
    assert " ".join(marked.split()) == "Maria Okafor has been chief executive of Larkfield Motors"
    assert "since 10 September 2031." in fact.find_element(By.CSS_SELECTOR, "q").text
    assert "Larkfield has a new chief" in fact.find_element(By.CSS_SELECTOR, "cite").text
    assert "Conflicts with other facts" in fact.text


def test_the_panel_shows_quotations_names_documents_and_who_says_so(page: Page) -> None:
    page.open("s=entity:person/maria-okafor")
    assert 'Okafor said, "We will build cars that nobody has to fear."' in page.one(".quote").text
    assert page.one(".quote mark").text == "We will build cars that nobody has to fear."
    assert page.one(".quote p .link.end").text == "Okafor said"
    page.open("s=entity:organization/青溪科技")
    assert "Qingxi" in page.one(".names").text
    assert "says Maria Okafor" in page.one('[data-fact="5e"]').text
    assert "amount: 1500000000 USD" in page.one('[data-fact="5e"]').text
    assert "zh-1.txt" in page.panel


def test_several_passages_and_what_was_inferred_are_told(page: Page) -> None:
    page.open("s=fact:2b")
    assert "end inferred" in page.panel
    summary = page.one("details.rest summary")
    assert summary.text == "2 more passages"
    summary.click()
    assert "Budi Hartanto memimpin Larkfield Motors" in page.panel
    assert "until Sep 2031" in page.panel


def test_a_document_shows_its_own_sentences_first(page: Page, driver: webdriver.Chrome, files: Callable[[str], Path]) -> None:
    page.open("s=document:id-1.txt")
    assert page.one('[data-fact="2b"] cite').text.startswith("Hartanto")
    repeated = Page(driver, files("repeated"))
    for name in ("02.txt", "13.txt"):
        repeated.open(f"s=document:{name}")
        assert repeated.one("#panel cite").text == name


def test_nothing_of_a_document_that_is_switched_off_is_shown(page: Page) -> None:
    other = "Larkfield has a new chief"
    for shown in ("entity:person/budi-hartanto", "entity:organization/larkfield-motors", "entity:person/maria-okafor", "fact:2b"):
        page.open(f"s={shown}")
        assert other in page.js("return document.getElementById('panel').textContent")
        page.open(f"s={shown}&d=news/en-1.txt")
        assert other not in page.js("return document.getElementById('panel').textContent")
    assert "Budi Hartanto memimpin" in page.panel
    page.open("s=document:news/en-1.txt&d=news/en-1.txt")
    assert not page.all("#panel .source, #panel .quote")


@pytest.mark.parametrize(
    ("fact", "kept", "note"),
    [("many", 14, "42 passages in all, 14 of them on this page"), ("one", 12, "20 passages in all, 12 of them on this page")],
)
def test_as_many_passages_are_shown_as_are_promised_and_what_is_left_out_is_told(
    driver: webdriver.Chrome, files: Callable[[str], Path], fact: str, kept: int, note: str
) -> None:
    page = Page(driver, files("repeated")).open(f"s=fact:fact/{fact}")
    assert page.one("details.rest summary").text == f"{kept - 1} more passages"
    page.one("details.rest summary").click()
    assert len(page.all("#panel .source")) == kept
    assert page.one("details.rest p").text == note


def test_an_inferred_end_shows_how_sure_it_is_and_what_it_follows_from(driver: webdriver.Chrome, files: Callable[[str], Path]) -> None:
    page = Page(driver, files("succeeded")).open("s=entity:person/hartanto")
    assert page.one(".fact .chip").text == "ended (inferred)"
    assert "end inferred, 70 % sure" in page.panel
    assert "Maria Okafor took over" not in page.panel
    page.one("details.rest summary").click()
    assert "Maria Okafor took over from Hartanto on 10 September 2031." in page.panel
    page.open("s=fact:fact/a&lang=id")
    assert "akhirnya disimpulkan, keyakinan 70 %" in page.panel
    assert "Maria Okafor took over" in page.panel


def test_a_name_in_the_panel_leads_to_the_neighbour(page: Page) -> None:
    page.open("s=entity:person/maria-okafor")
    page.click('[data-fact="1a"] .line .link')
    assert page.title == "Larkfield Motors"
    page.click(".source mark .link")
    assert page.title != "Larkfield Motors" or "s=entity" in page.driver.current_url


def test_a_click_on_an_edge_shows_the_fact(page: Page) -> None:
    page.point(*page.js(EDGE, "4d"))
    assert page.title == "林晓云 chair of 青溪科技"
    assert "s=fact%3A4d" in page.driver.current_url


@pytest.mark.parametrize("thing", ["entity:person/lin-xiaoyun", "document:zh-1.txt"])
def test_a_card_leads_to_its_fact_by_keyboard_and_the_fact_has_a_link_to_copy(page: Page, thing: str) -> None:
    page.open(f"s={thing}")
    page.js("document.querySelector('[data-fact=\"4d\"] [data-open]').focus()")
    page.press(Keys.ENTER)
    assert page.title == "林晓云 chair of 青溪科技"
    assert "s=fact%3A4d" in page.driver.current_url
    assert page.one('[data-act="copy"]').is_displayed()
    assert page.all("[data-open]") == []


def test_a_click_on_nothing_and_the_cross_clear_the_choice(page: Page) -> None:
    page.open("s=entity:person/maria-okafor")
    page.click("#panel .close")
    assert "Choose a name" in page.panel
    page.open("s=entity:person/maria-okafor")
    page.point(5, 5)
    assert "Choose a name" in page.panel


def test_hovering_tells_what_it_is(page: Page) -> None:
    x, y = page.place("林晓云")
    graph = page.one("#graph")
    ActionChains(page.driver).move_to_element_with_offset(
        graph, round(x - graph.size["width"] / 2), round(y - graph.size["height"] / 2)
    ).perform()
    page.until(lambda: page.one("#tip").is_displayed())
    assert "林晓云" in page.one("#tip").text


def test_what_does_not_hold_is_told_wherever_a_fact_is(page: Page) -> None:
    hover = "kgPage.network().body.emitter.emit('hoverEdge', {edge: arguments[0]}); return document.getElementById('tip').innerText"
    assert page.js(hover, "f4").split("\n") == ["Larkfield Motors – acquired – 青溪科技", "rumoured · no date"]
    assert page.js(hover, "f0").split("\n")[1:] == ["chief executive", "current · since Sep 10, 2031"]
    page.open("s=fact:5e")
    assert page.title == "Larkfield Motors acquired 青溪科技 rumoured"
    page.open("s=fact:1a")
    assert page.title == "Maria Okafor chief executive of Larkfield Motors"
    assert "(past · until Sep 2031)" in page.one(".warn").text


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


@pytest.mark.parametrize("words", ["青溪", "qing", "QINGXI"])
def test_search_finds_a_node_by_any_of_its_names(page: Page, words: str) -> None:
    assert len(page.search(words)) == 1
    page.press(Keys.ENTER)
    assert page.title == "青溪科技"


def test_search_is_walked_with_the_keyboard_and_says_when_nothing_matches(page: Page) -> None:
    assert len(page.search("a")) > 1
    first = page.one("#search").get_attribute("aria-activedescendant")
    page.press(Keys.ARROW_DOWN)
    assert page.one("#search").get_attribute("aria-activedescendant") != first
    page.press("zzz")
    assert page.one("#suggestions").text == "No name matches"
    page.press(Keys.ESCAPE)
    assert not page.one("#suggestions").is_displayed()


def test_a_suggestion_is_taken_with_the_mouse(page: Page) -> None:
    page.search("hart")
    page.click("#suggestions li")
    assert page.title == "Budi Hartanto"


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


def test_a_path_between_two_is_found_and_told(page: Page) -> None:
    page.open("s=entity:person/lin-xiaoyun")
    page.click('[data-act="path"]')
    assert "Choose the other end" in page.one("#banner").text
    page.point(*page.place("Maria Okafor"))
    assert page.title == "林晓云 → Maria Okafor"
    assert "3 steps" in page.panel
    assert [e.text for e in page.all(".stop .link")] == ["林晓云", "青溪科技", "Larkfield Motors", "Maria Okafor"]


def test_no_path_is_told_too(page: Page) -> None:
    page.open("p=person/lin-xiaoyun|person/maria-okafor&r=chairOf")
    assert "No path of visible facts" in page.panel


def test_the_neighbourhood_is_shown_alone_widened_and_narrowed(page: Page) -> None:
    page.open("s=entity:person/lin-xiaoyun")
    page.click('[data-act="focus"]')
    assert page.listed == {"林晓云", "青溪科技"}
    page.point(*page.place("青溪科技"))
    page.click('[data-act="expand"]')
    assert page.listed == {"林晓云", "青溪科技", "Larkfield Motors"}
    page.click('[data-act="collapse"]')
    assert page.listed == {"林晓云", "青溪科技"}
    page.click("#banner-close")
    assert len(page.listed) == 5


def test_steps_are_undone_and_done_again(page: Page) -> None:
    page.click('#class-filter [data-name="Person"]')
    page.click('#relation-filter [data-name="partnerOf"]')
    page.click("#undo")
    assert page.counts == "2 of 5 entities · 2 of 6 facts"
    ActionChains(page.driver).key_down(Keys.CONTROL).send_keys("z").key_up(Keys.CONTROL).perform()
    assert page.counts == "5 entities · 6 facts"
    page.click("#redo")
    assert page.counts == "2 of 5 entities · 2 of 6 facts"


def test_the_address_brings_the_same_view_back(page: Page) -> None:
    page.click('#status-filter [data-name="Past"]')
    page.value("#confidence", 40)
    page.value("#language", "id")
    page.click("#theme")
    page.click("#panel .row")
    seen, address = (page.counts, page.panel), page.driver.current_url
    page.open(address.split("#")[1])
    assert (page.counts, page.panel) == seen
    assert page.one("html").get_attribute("data-theme") == "dark"


def test_an_address_with_nonsense_shows_everything(page: Page) -> None:
    page.open("s=entity:nobody&p=a|b&o=99.x&t=soon&m=-5&lang=xx&theme=pink&c=__proto__&f=constructor&k=%E0%A4%A")
    assert page.counts == "5 entities · 6 facts"
    assert page.driver.get_log("browser") == []


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


@pytest.mark.parametrize(
    ("language", "title", "person", "status"), [("id", "Graf pengetahuan", "orang", "Status"), ("zh", "知识图谱", "人物", "状态")]
)
def test_the_interface_speaks_the_language_chosen(page: Page, language: str, title: str, person: str, status: str) -> None:
    page.value("#language", language)
    assert page.one("h1").text == title
    assert page.one('#class-filter [data-name="Person"] .name').text.lower() == person
    assert page.one("#h-status").text == status
    assert page.one("html").get_attribute("lang") == language


def test_every_language_has_every_word() -> None:
    words = json.loads((Path(output.__file__).parent / "words.json").read_text(encoding="utf-8"))
    assert {language: sorted(words[language]) for language in words} == {language: sorted(words["en"]) for language in words}
    slots = {language: {k: sorted(re.findall(r"\{\w+\}", v)) for k, v in words[language].items()} for language in words}
    assert slots["id"] == slots["en"] == slots["zh"]


def test_dark_is_followed_and_switched(page: Page) -> None:
    media(page.driver, "dark")
    try:
        page.open()
        assert page.one("html").get_attribute("data-theme") == "dark"
        assert page.one("body").value_of_css_property("background-color") != "rgba(250, 249, 246, 1)"
        page.click("#theme")
        assert page.one("html").get_attribute("data-theme") == "light"
    finally:
        media(page.driver)


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


def test_the_link_to_the_view_is_copied(page: Page) -> None:
    page.open("s=entity:person/maria-okafor")
    page.click('[data-act="copy"]')
    assert page.one('[data-act="copy"]').text == "Copied"
    page.one("#search").click()
    ActionChains(page.driver).key_down(Keys.CONTROL).send_keys("v").key_up(Keys.CONTROL).perform()
    assert page.one("#search").get_attribute("value") == page.driver.current_url


def test_one_document_alone_and_all_again(page: Page) -> None:
    page.open("s=document:zh-1.txt")
    page.click('[data-act="only"]')
    assert page.counts.endswith("1 of 6 facts")
    page.click('[data-act="only"]')
    assert page.counts.endswith(" 6 facts")


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


@pytest.mark.parametrize("words", ["蔡崇信", "tsai"])
def test_a_reader_finds_who_leads_a_firm_and_the_sentence_that_says_so(
    driver: webdriver.Chrome, files: Callable[[str], Path], words: str
) -> None:
    page = Page(driver, files("seeds")).open()
    page.search(words)
    page.press(Keys.ENTER)
    assert page.title == "Joe Tsai"
    fact = page.one("#panel .fact:has(.line [data-entity]) .source mark .end")
    assert fact.text
    page.click("#panel .fact .line .link")
    assert "Released by" in page.panel or "released" in page.panel.lower()
    assert page.driver.get_log("browser") == []
    assert {u.split("#")[0] for u in requested(page.driver)} == {page.url}
    assert files("seeds").stat().st_size < 1_500_000 + 1_000 * page.js("return kgPage.view().facts.length")
