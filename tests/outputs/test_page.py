"""The page in a real browser with the network off: what a user sees, does, hears and saves."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from html import escape
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from example_graph import HOSTILE, example, shuffled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, RdfFormat, parse

from kg import rdf
from kg.graph import assemble
from kg.model import Document, Entity, Fact, Name, Period, Quotation, Resolution, Span
from kg.ontology import Ontology
from kg.outputs import page as output
from kg.pipeline import build
from kg.resolve import resolve
from kg.training.gold import read_documents

SEEDS = Path(__file__).parents[2] / "seeds"

selenium = pytest.importorskip("selenium") if os.environ.get("CI") != "true" else __import__("selenium")
from selenium import webdriver  # noqa: E402
from selenium.webdriver.common.action_chains import ActionChains  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.remote.webelement import WebElement  # noqa: E402
from selenium.webdriver.support.ui import WebDriverWait  # noqa: E402

PAYLOADS = (
    "<script>pwned=1</script>",
    "</script><script>pwned=1</script>",
    "<img src=x onerror=pwned=1>",
    "<svg onload=pwned=1>",
    "<svg><script>pwned=1</script></svg>",
    "\"><img src=x onerror='pwned=1'>",
    "' onmouseover='pwned=1' x='",
    '" autofocus onfocus="pwned=1',
    "javascript:pwned=1",
    '<a href="javascript:pwned=1">href</a>',
    "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=pwned=1>",
    "<details open ontoggle=pwned=1>x",
    "<body onload=pwned=1>",
    "<!--<script>pwned=1//-->",
    "--><script>pwned=1</script><!--",
    "{{constructor.constructor('pwned=1')()}}",
    "${pwned=1}",
    "\u2028pwned=1\u2029//",
    "&lt;script&gt;pwned=1&lt;/script&gt;",
    "<style>@import'x';*{background:url(javascript:pwned=1)}</style>",
    "\\u003cscript\\u003epwned=1\\u003c/script\\u003e",
    "<template><script>pwned=1</script></template>",
    "{{data}}{{script}}{{style-hash}}",
    "]]><script>pwned=1</script>",
    "__proto__",
    "constructor",
)


# What the tests do inside the page

SET = "arguments[0].value = arguments[1]; for (const n of ['input', 'change']) arguments[0].dispatchEvent(new Event(n))"
NODE = """
    const i = kgPage.items().find((i) => i.label === arguments[0]), p = kgPage.network().canvasToDOM({x: i.x, y: i.y});
    return [p.x, p.y]"""
EDGE = """
    const network = kgPage.network(), fact = kgPage.view().facts.find((f) => f.key === arguments[0]);
    const p = network.canvasToDOM(network.body.edges[`f${fact.id}`].edgeType.getPoint(0.5));
    return [p.x, p.y]"""
FIRST = """
    const i = kgPage.items()[0], network = kgPage.network();
    network.moveTo({position: {x: i.x, y: i.y}, scale: 1, animation: false});
    const p = network.canvasToDOM({x: i.x, y: i.y});
    return [p.x, p.y]"""
TEXTS = """
    const svg = kgPage.svg(); document.body.append(svg);
    const boxes = [...svg.querySelectorAll("text.name")].map((t) => [t.dataset.label, t.getBoundingClientRect()]);
    svg.remove();
    return boxes.map(([label, b]) => [label, b.left, b.top + 2, b.right, b.bottom - 2])"""
LABELS = """
    const o = kgPage.network().canvasToDOM({x: 0, y: 0});
    return kgPage.labels().nodes.map((l) => [l.box[0] + o.x, l.box[1] + o.y, l.box[2] + o.x, l.box[3] + o.y])"""
MOVED = """
    const canvas = document.querySelector('#graph canvas'), network = kgPage.network();
    const pixels = () => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
    const {x, y} = network.getViewPosition(), scale = network.getScale();
    network.moveTo({position: {x: x + 60 / scale, y}, scale, animation: false});
    network.redraw();
    const moved = pixels();
    kgPage.settle();
    const fresh = pixels();
    return moved.reduce((n, v, i) => n + (Math.abs(v - fresh[i]) > 60), 0) / moved.length"""
STEPS = """
    const done = arguments[0], scales = new Set(), end = performance.now() + 1500;
    document.getElementById('zoom-in').click();
    const look = () => {
        scales.add(kgPage.network().getScale());
        if (performance.now() < end) requestAnimationFrame(look);
        else done(scales.size);
    };
    requestAnimationFrame(look)"""
CONTROLS = """
    const seen = (e) => e.offsetParent !== null && !e.disabled && e.tabIndex >= 0;
    const controls = [...document.querySelectorAll('button, input, select, summary, #graph')].filter(seen);
    return controls.map((e, i) => e.dataset.tab = String(i))"""
FOCUS = """
    const e = document.activeElement, s = getComputedStyle(e);
    return [e.dataset.tab ?? null, s.outlineStyle === 'none' ? 0 : parseFloat(s.outlineWidth), e.outerHTML.slice(0, 80)]"""
VIOLATIONS = """
    const done = arguments[0];
    const short = (v) => [v.id, ...v.nodes.slice(0, 3).map((n) => n.html)];
    axe.run(document, {resultTypes: ['violations']}).then((r) => done(r.violations.map(short)))"""
CLICK = "document.querySelector(arguments[0]).click()"
TYPE = "const s = document.getElementById('search'); s.value = arguments[0]; s.dispatchEvent(new Event('input'))"
HOVER = "document.querySelectorAll('#panel *').forEach((b) => b.dispatchEvent(new MouseEvent('mouseover', {bubbles: true})))"


# The graphs that are shown


def firm(size: int = 40) -> nx.MultiDiGraph:
    """Firms and their people in one text: a ring of firms, each with its people, and a few who belong to nobody."""
    given_names = ("Mira", "Jonas", "Dewi", "Budi", "Ines", "Ravi", "Sena", "Otto", "林", "周")
    family_names = ("Halvorsen", "Okafor", "Santoso", "Hartanto", "Lindqvist", "晓云", "嘉明")
    kinds = {"person": ("Person",), "organization": ("Organization", "Company")}
    names = {}
    for i in range(size):
        kind = "organization" if i % 5 == 0 else "person"
        person = f"{given_names[i % 10]} {family_names[i % 7]} {i}"
        text = f"Northwind {'Bank Holdings Group' if i % 2 else 'Motors'} {i}" if kind == "organization" else person
        names[i] = (f"{kind}/n{i:02}", kinds[kind], text)
    links = [(i, i - i % 5) for i in range(size - 4) if i % 5] + [(i, (i + 5) % (size - size % 5)) for i in range(0, size - 5, 5)]
    text, facts, mentions = "", [], {i: [] for i in range(size)}
    for n, (one, other) in enumerate(links):
        start = len(text)
        words = f"{names[one][2]} works with {names[other][2]}"
        text += words + ". "
        mentions[one].append(Span("all.txt", start, start + len(names[one][2])))
        predicate = "partnerOf" if one % 5 == 0 else "holdsPositionAt"
        facts.append(
            Fact(f"fact/{n:03}", names[one][0], predicate, names[other][0], "Current", (Span("all.txt", start, start + len(words)),))
        )
    entities = [Entity(i, c, Name(t, "en"), (Name(t, "en"),), tuple(mentions[n])) for n, (i, c, t) in names.items()]
    return assemble(Resolution(tuple(entities), tuple(facts), ()), [Document("all.txt", text, "en")])


def triangles(count: int) -> nx.MultiDiGraph:
    """Many small communities: more nodes than are shown at once."""
    entities = [Entity(f"person/p{n:05}", ("Person",), Name(f"Person {n}", "en"), (), ()) for n in range(3 * count)]
    pairs = [(3 * g + a, 3 * g + b) for g in range(count) for a, b in ((0, 1), (1, 2), (2, 0))] + [(0, 3), (3, 6)]
    facts = [Fact(f"fact/{n:05}", f"person/p{a:05}", "succeeds", f"person/p{b:05}", "Current", ()) for n, (a, b) in enumerate(pairs)]
    return assemble(Resolution(tuple(entities), tuple(facts), ()), [])


def hostile() -> nx.MultiDiGraph:
    """A payload in every place where words of others come in."""
    documents, entities, facts, quotations = [], [], [], []
    for n, words in enumerate((*PAYLOADS, *HOSTILE)):
        text = f"{words} says {words}."
        name = f"{n}{words}.txt"
        documents.append(Document(name, text, words if n % 3 == 0 else "en", words, words if n % 2 else None, words))
        span = Span(name, 0, len(text))
        entities.append(
            Entity(f"person/{n}{words}", ("Person",), Name(words, "en"), (Name(words, "en"), Name(f"alias {words}", "und")), (span,))
        )
        facts.append(
            Fact(
                f"fact/{n}",
                f"person/{n}{words}",
                "succeeds",
                f"person/0{PAYLOADS[0]}",
                "Current",
                (span,),
                Name(words, "en"),
                Period(None, None),
                inferred=(words,),
            )
        )
        quotations.append(Quotation(f"q{n}", f"person/{n}{words}", Name(words, "en"), span))
    return assemble(Resolution(tuple(entities), tuple(facts), tuple(quotations)), documents)


def seeds(ontology: Ontology) -> nx.MultiDiGraph:
    """What the annotations of seeds/ state: the graph that a perfect extraction would give."""
    extractions = list(read_documents(SEEDS))
    return assemble(resolve(extractions, ontology, ()), [e.document for e in extractions])


# Without a browser


def test_the_same_graph_gives_the_same_bytes(ontology: Ontology) -> None:
    assert output.render(example(), ontology) == output.render(shuffled(example()), ontology)


def test_the_file_is_written_whole_and_is_small(tmp_path: Path, ontology: Ontology) -> None:
    path = tmp_path / "graph.html"
    graph = firm(200)
    output.write(graph, ontology, path)
    assert path.stat().st_size < 1_500_000 + 1_000 * graph.number_of_edges()
    assert [p.name for p in tmp_path.iterdir()] == ["graph.html"]


def test_the_file_names_no_other_file(ontology: Ontology) -> None:
    html = output.render(example(), ontology)
    own = html.replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"""<(?:link|script|img|iframe)[^>]+(?:src|href)=(?!["']?data:)""", own)
    assert "sourceMappingURL" not in html
    assert html.startswith("<!doctype html>\n<html lang=")


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.recursive(st.text() | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8))
def test_embedded_data_reads_back_and_cannot_end_its_element(value: Any) -> None:
    text = output.embed(value)
    assert json.loads(text) == value
    assert not re.search("[<>&\u2028\u2029]", text)
    text.encode()


def test_what_the_ontology_does_not_know_is_still_shown(ontology: Ontology) -> None:
    graph = example()
    graph.add_node("thing/x", type="Thing", classes=["Thing"], label="X", language="en", names=[], mentions=[], quantities=[])
    odd = {**next(a for *_, a in graph.edges(data=True)), "predicate": "knowsOf", "status": "Odd"}
    graph.add_edge("thing/x", "person/maria-okafor", key="odd", **odd)
    assert '"name":"knowsOf"' in output.render(graph, ontology)


# In the browser


class Page:
    """A page opened in the browser, and what a user does with it."""

    def __init__(self, driver: webdriver.Chrome, path: Path) -> None:
        self.driver, self.url = driver, path.as_uri()

    def open(self, fragment: str = "") -> Page:
        self.driver.get("about:blank")
        self.driver.get_log("performance")
        self.driver.get_log("browser")
        self.driver.get(self.url + (f"#{fragment}" if fragment else ""))
        self.until(lambda: self.js("return document.documentElement.dataset.ready") == "true")
        return self

    def js(self, script: str, *args: Any) -> Any:
        return self.driver.execute_script(script, *args)

    def until(self, condition: Callable[[], Any]) -> Any:
        return WebDriverWait(self.driver, 60, poll_frequency=0.02).until(lambda _: condition())

    def one(self, selector: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def click(self, selector: str) -> None:
        element = self.one(selector)
        self.js("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    def press(self, *keys: str) -> None:
        ActionChains(self.driver).send_keys(*keys).perform()

    def value(self, selector: str, value: int | str) -> None:
        self.js(SET, self.one(selector), value)

    @property
    def counts(self) -> str:
        return self.one("#counts").text

    @property
    def panel(self) -> str:
        return self.one("#panel").text

    @property
    def title(self) -> str:
        return self.one("#panel h2").text

    @property
    def listed(self) -> set[str]:
        """The names of everything in view."""
        return set(self.js("return kgPage.view().entities.map((e) => e.label)"))

    def place(self, label: str) -> tuple[float, float]:
        x, y = self.js(NODE, label)
        return x, y

    def point(self, x: float, y: float, times: int = 1) -> None:
        """Click on a place of the picture."""
        corner = self.one("#graph").rect
        # Sent in one go: between the two clicks of ActionChains more time may pass than a double click has.
        for count in range(1, times + 1):
            for kind in ("mousePressed", "mouseReleased"):
                event = {"type": kind, "x": corner["x"] + x, "y": corner["y"] + y, "button": "left", "clickCount": count}
                self.driver.execute_cdp_cmd("Input.dispatchMouseEvent", event)

    def search(self, text: str) -> list[str]:
        box = self.one("#search")
        box.click()
        box.send_keys(text)
        return [e.text for e in self.all("#suggestions li")]


@pytest.fixture(scope="session")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    service = shutil.which("chromedriver")
    if not (browser and service):
        if os.environ.get("CI") == "true":
            pytest.fail("chromium and chromedriver must be installed where CI runs")
        pytest.skip("no chromium with chromedriver here")
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--lang=en", "--window-size=1440,900"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    options.add_experimental_option(
        "prefs", {"intl.accept_languages": "en", "download.default_directory": str(tmp_path_factory.mktemp("downloads"))}
    )
    started = webdriver.Chrome(options=options, service=webdriver.ChromeService(service))
    started.execute_cdp_cmd("Network.enable", {})
    started.execute_cdp_cmd(
        "Network.emulateNetworkConditions", {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
    )
    size(started, 1440, 900)
    media(started)
    yield started
    started.quit()


def size(driver: webdriver.Chrome, width: int, height: int, phone: bool = False) -> None:
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone}
    )


def media(driver: webdriver.Chrome, scheme: str = "light", motion: str = "reduce") -> None:
    features = [{"name": "prefers-color-scheme", "value": scheme}, {"name": "prefers-reduced-motion", "value": motion}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory, ontology: Ontology) -> Callable[[str], Path]:
    folder = tmp_path_factory.mktemp("pages")
    graphs = {
        **{"example": example, "firm": firm, "hostile": hostile, "large": lambda: triangles(700)},
        "seeds": lambda: seeds(ontology),
    }

    def written(name: str) -> Path:
        path = folder / f"{name}.html"
        if not path.exists():
            output.write(graphs[name](), ontology, path)
        return path

    return written


@pytest.fixture
def page(driver: webdriver.Chrome, files: Callable[[str], Path]) -> Page:
    return Page(driver, files("example")).open()


@pytest.fixture
def large(driver: webdriver.Chrome, files: Callable[[str], Path]) -> Page:
    return Page(driver, files("large")).open()


def requested(driver: webdriver.Chrome) -> list[str]:
    events = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    urls = [e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"]
    return [u for u in urls if not u.startswith(("data:", "about:", "blob:"))]


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
    assert "We will build cars that nobody has to fear." in page.one(".quote").text
    page.open("s=entity:organization/青溪科技")
    assert "Qingxi" in page.one(".names").text
    assert "says Maria Okafor" in page.one('[data-fact="5e"]').text
    assert "amount: 1500000000 USD" in page.one('[data-fact="5e"]').text
    assert "zh-1.txt" in page.panel


def test_several_passages_and_what_was_inferred_are_told(page: Page) -> None:
    page.open("s=fact:2b")
    assert "inferred: end" in page.panel
    summary = page.one("details.rest summary")
    assert summary.text == "2 more passages"
    summary.click()
    assert "Budi Hartanto memimpin Larkfield Motors" in page.panel
    assert "until Sep 2031" in page.panel


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
    assert page.one("#nothing").is_displayed()


def test_time_shows_what_held_then(page: Page) -> None:
    def held() -> set[str]:
        return set(page.js("return kgPage.view().facts.map((f) => f.key)"))

    page.value("#day", int(page.one("#day").get_attribute("min") or 0))
    assert held() == {"2b", "3c", "4d", "5e", "6f"}
    assert page.one("#day-value").text == "Jan 1, 2029"
    page.click("#dated")
    assert held() == {"2b", "4d"}
    page.value("#day", int(page.one("#day").get_attribute("max") or 0))
    assert held() == {"1a", "2b", "4d"}
    page.click("#any-time")
    assert held() == {"1a", "2b", "4d"}
    assert not page.one("#any-time").is_displayed()


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


# Saving


def saved(page: Page, tmp_path: Path, item: str) -> bytes:
    page.driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    page.click("#save")
    page.click(f"#save-{item}")
    page.until(lambda: [p for p in tmp_path.iterdir() if not p.name.endswith(".crdownload") and p.stat().st_size])
    return next(tmp_path.iterdir()).read_bytes()


def test_the_picture_is_saved_as_png(page: Page, tmp_path: Path) -> None:
    image = saved(page, tmp_path, "png")
    assert image.startswith(b"\x89PNG")
    assert len(image) > 5_000


def test_the_picture_is_saved_as_svg(page: Page, tmp_path: Path) -> None:
    root = ElementTree.fromstring(saved(page, tmp_path, "svg"))
    texts = "".join(t.text or "" for t in root.iter("{http://www.w3.org/2000/svg}text"))
    assert "Larkfield Motors" in texts
    assert "青溪科技" in texts


def statements(turtle: bytes) -> set[str]:
    triples = parse(turtle, RdfFormat.TURTLE)
    return {str(t.triple) for t in triples if not isinstance(t.subject, BlankNode) and not isinstance(t.object, BlankNode)}


@pytest.mark.parametrize(
    ("fragment", "facts"), [("", 6), ("s=entity:person/lin-xiaoyun", 1), ("s=fact:5e", 1), ("p=person/lin-xiaoyun|person/maria-okafor", 3)]
)
def test_the_facts_chosen_are_saved_as_turtle_that_the_graph_agrees_with(
    page: Page, tmp_path: Path, ontology: Ontology, fragment: str, facts: int
) -> None:
    page.open(fragment)
    found = statements(saved(page, tmp_path, "turtle"))
    assert sum("#Statement>" in t for t in found) == facts
    known = {str(t) for t in rdf.triples(example(), ontology)}
    assert found <= known


def test_the_facts_chosen_are_saved_as_csv(page: Page, tmp_path: Path) -> None:
    page.open("s=entity:person/maria-okafor")
    rows = list(csv.DictReader(io.StringIO(saved(page, tmp_path, "csv").decode("utf-8-sig"))))
    assert {r["fact"] for r in rows} == {"1a", "3c"}
    assert rows[0]["evidence"] == "Maria Okafor has been chief executive of Larkfield Motors"
    assert rows[0]["document"] == "news/en-1.txt"


def test_the_menu_goes_by_keyboard(page: Page) -> None:
    page.js("document.getElementById('save').focus()")
    page.press(Keys.ENTER)
    page.press(Keys.ARROW_DOWN)
    assert page.js("return document.activeElement.id") == "save-svg"
    page.press(Keys.ESCAPE)
    assert page.js("return document.activeElement.id") == "save"


# Labels


PHONE = (390, 844)
DESKTOP = (1440, 900)


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


# What the page is for


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


# Motion


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


# Scale


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


def test_search_opens_the_group_of_what_it_finds(large: Page) -> None:
    large.search("Person 2099")
    large.press(Keys.ENTER)
    assert large.title == "Person 2099"
    assert large.js("return [...kgPage.view().drawn].some((e) => e.label === 'Person 2099')")


# Safety and accessibility


def test_nothing_in_names_titles_texts_or_file_names_runs(driver: webdriver.Chrome, files: Callable[[str], Path]) -> None:
    page = Page(driver, files("hostile")).open()
    count = len(PAYLOADS) + len(HOSTILE)
    assert page.counts == f"{count} entities · {count} facts"
    for kind, table in (("entity", "kgPage.view().entities.map((e) => e.name)"), ("fact", "kgPage.view().facts.map((f) => f.key)")):
        for name in page.js(f"return {table}"):
            page.js("location.hash = new URLSearchParams({s: arguments[0]}).toString()", f"{kind}:{name}")
            page.until(lambda kind=kind, name=name: page.js("return document.getElementById('panel').dataset.key") == f"{kind}:{name}")
    for payload in PAYLOADS:
        page.js(TYPE, payload)
    page.js(HOVER)
    page.js("kgPage.svg(); kgPage.turtle(); kgPage.csv()")
    assert page.js("return typeof window.pwned") == "undefined"
    assert page.js("return document.querySelectorAll('iframe, img, object, embed, body script').length") == 3
    assert page.js("return document.scripts.length") == 3
    assert page.driver.get_log("browser") == []
    list(parse(page.js("return kgPage.turtle()").encode(), RdfFormat.TURTLE))
    assert all(not cell.startswith(("=", "+", "@")) for row in csv.reader(io.StringIO(page.js("return kgPage.csv()"))) for cell in row)


def test_nothing_runs_that_came_the_whole_way_from_files(driver: webdriver.Chrome, tmp_path: Path) -> None:
    top = tmp_path / "in"
    (top / "<script>pwned=1<").mkdir(parents=True)
    (top / "<img src=x onerror=pwned=1>.txt").write_text(f"Maria Okafor leads Larkfield Motors. {PAYLOADS[0]}", encoding="utf-8")
    (top / "<script>pwned=1<" / "script>.txt").write_text(f"{PAYLOADS[2]}\n\nMaria Okafor leads Larkfield Motors.", encoding="utf-8")
    text = "<p>Maria Okafor leads Larkfield Motors, as the firm told its shareholders in the spring of this year.</p>" * 6
    html = f"<!doctype html><html><head><title>{escape(PAYLOADS[3])}</title></head><body><article>{text}</article></body></html>"
    (top / "page.html").write_text(html, encoding="utf-8")
    texts = [f'Maria Okafor, chief executive of "{w}" and Larkfield Motors, said: "{w}" is {w}.' for w in PAYLOADS]
    records = [{"text": t, "title": w, "source": w, "language": "en"} for t, w in zip(texts, PAYLOADS, strict=True)]
    (top / "all.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    assert build([top], tmp_path / "out").documents == len(PAYLOADS) + 3
    page = Page(driver, tmp_path / "out" / "graph.html").open()
    for document in page.js("return JSON.parse(document.getElementById('data').textContent).documents.map((d) => d[0])"):
        page.js("location.hash = new URLSearchParams({s: arguments[0]}).toString()", f"document:{document}")
        page.until(lambda name=document: page.js("return document.getElementById('panel').dataset.key") == f"document:{name}")
    for entity in page.js("return kgPage.view().entities.map((e) => e.name)"):
        page.js("location.hash = new URLSearchParams({s: arguments[0]}).toString()", f"entity:{entity}")
        page.until(lambda name=entity: page.js("return document.getElementById('panel').dataset.key") == f"entity:{name}")
    page.js(HOVER)
    assert all(w in page.js("return document.getElementById('document-filter').textContent") for w in PAYLOADS[:9])
    assert page.js("return typeof window.pwned") == "undefined"
    assert page.js("return document.scripts.length") == 3
    assert page.driver.get_log("browser") == []


def test_html_put_into_the_page_by_force_is_refused(page: Page) -> None:
    script = "try { document.body.insertAdjacentHTML('beforeend', '<b>x</b>'); return 'inserted'; } catch (e) { return e.name; }"
    assert page.js(script) == "TypeError"
    page.driver.get_log("browser")


def test_a_direction_override_does_not_turn_a_name_around(driver: webdriver.Chrome, files: Callable[[str], Path]) -> None:
    page = Page(driver, files("hostile")).open()
    page.search("gnp.exe")
    page.press(Keys.ENTER)
    assert "\u202e" not in page.js("return document.body.textContent.replace(document.getElementById('data').textContent, '')")
    assert "gnp.exe" in page.title


def violations(page: Page) -> list[Any]:
    """What axe-core objects to in the page as it is; AXE names another copy of its script, a newer one from npm, say."""
    axe = pytest.importorskip("axe_core_python") if os.environ.get("CI") != "true" else __import__("axe_core_python")
    source = Path(os.environ.get("AXE", Path(next(iter(axe.__path__))) / "axe.min.js")).read_text(encoding="utf-8")
    page.driver.execute_script(source + "; window.axe = axe;")
    found: list[Any] = page.driver.execute_async_script(VIOLATIONS)
    return found


@pytest.mark.parametrize(
    "fragment",
    [
        "",
        "s=entity:person/maria-okafor",
        "s=fact:5e&theme=dark",
        "p=person/lin-xiaoyun|person/maria-okafor&lang=zh",
        "s=document:news/en-1.txt&lang=id&theme=dark",
        "s=entity:person/maria-okafor&f=person/maria-okafor&t=2031-12-01&c=Company&dated=1",
    ],
)
@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_an_accessibility_checker_finds_nothing(page: Page, fragment: str, screen: tuple[int, int]) -> None:
    size(page.driver, *screen, phone=screen == PHONE)
    try:
        assert violations(page.open(fragment)) == []
    finally:
        size(page.driver, *DESKTOP)


@pytest.mark.parametrize("opens", ["#save", "#help", "#show-filters"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nor_where_something_is_open(page: Page, opens: str, theme: str) -> None:
    size(page.driver, *(PHONE if opens == "#show-filters" else DESKTOP), phone=opens == "#show-filters")
    try:
        page.open(f"theme={theme}")
        page.js(CLICK, opens)
        assert violations(page) == []
        page.js(TYPE, "mar")
        assert page.one("#suggestions").is_displayed()
        assert violations(page) == []
    finally:
        size(page.driver, *DESKTOP)


def test_nor_in_an_overview_with_a_group_chosen(large: Page) -> None:
    large.click("#panel [data-group]")
    assert violations(large) == []
