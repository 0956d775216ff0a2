"""A page opened in headless Chromium, and what a user does with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

PHONE = (390, 844)
DESKTOP = (1440, 900)

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
WRITTEN = """
    const context = CanvasRenderingContext2D.prototype, write = context.fillText, directions = [];
    context.fillText = function (...all) { directions.push(this.direction); return write.apply(this, all); };
    kgPage.settle();
    context.fillText = write;
    return directions"""
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


def size(driver: webdriver.Chrome, width: int, height: int, phone: bool = False) -> None:
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone}
    )


def media(driver: webdriver.Chrome, scheme: str = "light", motion: str = "reduce") -> None:
    features = [{"name": "prefers-color-scheme", "value": scheme}, {"name": "prefers-reduced-motion", "value": motion}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def requested(driver: webdriver.Chrome) -> list[str]:
    events = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    urls = [e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"]
    return [u for u in urls if not u.startswith(("data:", "about:", "blob:"))]
