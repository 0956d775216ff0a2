"""How long the page takes: `python tests/benchmarks/bench_page.py [NODES …]` writes pages of made-up graphs, opens and pans them.

Prints seconds to write, megabytes, seconds from the start of navigation to the first picture, and frames per second while panning as
the page opens and with all groups open that may be at once. Beside them stand a page with a single node and the same picture with
everything filtered out: the least and the most that this browser can do on this machine as busy as it is.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.support.ui import WebDriverWait

from kg.graph import Graph, assemble
from kg.model import Document, Entity, Fact, Name, Resolution, Span
from kg.ontology import load
from kg.outputs import page

SIZES = (100, 2_000, 20_000)
PAN = """
const done = arguments[0], network = kgPage.network();
const start = performance.now();
let frames = 0;
(function frame() {
  frames += 1;
  const {x, y} = network.getViewPosition();
  network.moveTo({position: {x: x + 3 * Math.cos(frames / 9), y: y + 3 * Math.sin(frames / 9)}, animation: false});
  if (performance.now() - start < 3000) requestAnimationFrame(frame);
  else done(frames / ((performance.now() - start) / 1000));
})();"""


def made_up(size: int) -> Graph:
    """Make up a graph of people, three facts each, in communities of about forty; every fact has a sentence of its own."""
    dice = random.Random(3)
    facts, sentences, length = [], [], 0
    home = [dice.randrange(size // 40 + 1) for _ in range(size)]
    neighbours: dict[int, list[int]] = {}
    for n, h in enumerate(home):
        neighbours.setdefault(h, []).append(n)
    for n in range(3 * size):
        one = dice.randrange(size)
        other = dice.choice(neighbours[home[one]]) if dice.random() < 0.9 else dice.randrange(size)
        sentence = f"In the report of that spring, Person {one} is said to have taken over from Person {other}, as two people told us."
        span = Span("all.txt", length, length + len(sentence))
        sentences.append(sentence)
        length += len(sentence) + 1
        facts.append(Fact(f"fact/{n:08x}", f"person/p{one}", "succeeds", f"person/p{other}", "Current", (span,)))
    entities = [Entity(f"person/p{n}", ("Person",), Name(f"Person {n}", "en"), (), ()) for n in range(size)]
    return assemble(Resolution(tuple(entities), tuple(facts), ()), [Document("all.txt", " ".join(sentences), "en")])


def browser() -> webdriver.Chrome:
    """Start a headless Chromium that draws in software."""
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--window-size=1440,900"):
        options.add_argument(argument)
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))


def measure(driver: webdriver.Chrome, size: int, folder: Path) -> None:
    """Write, open and pan one graph."""
    graph, path, single = made_up(size), folder / f"{size}.html", folder / "single.html"
    if not single.exists():
        page.write(made_up(1), load(), single)
    start = time.process_time()
    page.write(graph, load(), path)
    written = time.process_time() - start
    least, opened = opening(driver, single), opening(driver, path)
    rates = [driver.execute_async_script(PAN)]
    driver.execute_script("kgPage.openMost()")
    drawn = driver.execute_script("return kgPage.view().drawn.size + kgPage.view().bubbles.length")
    rates.append(driver.execute_async_script(PAN))
    driver.execute_script("location.hash = 'c=Person'")
    WebDriverWait(driver, 60).until(lambda d: not d.execute_script("return kgPage.view().entities.length"))
    rates.append(driver.execute_async_script(PAN))
    print(f"{size:>7} nodes: write {written:6.1f} s CPU, {path.stat().st_size / 1e6:5.1f} MB, ", end="")
    print(f"open {opened:5.2f} s = {opened / least:4.1f} × a page of one node, ", end="")
    print(f"pan {rates[0]:3.0f} frames/s, {rates[1]:3.0f} with {drawn} nodes drawn, {rates[2]:3.0f} empty", flush=True)


def opening(driver: webdriver.Chrome, path: Path) -> float:
    """Open a page and return the seconds until its first picture."""
    driver.get("about:blank")
    driver.get(path.as_uri())
    WebDriverWait(driver, 60).until(lambda d: d.execute_script("return performance.getEntriesByName('ready').length"))
    return float(driver.execute_script("return performance.getEntriesByName('ready')[0].startTime")) / 1000


def main() -> None:
    """Measure every size asked for."""
    driver = browser()
    driver.set_script_timeout(60)
    with tempfile.TemporaryDirectory() as folder:
        for size in map(int, sys.argv[1:] or SIZES):
            measure(driver, size, Path(folder))
    driver.quit()


if __name__ == "__main__":
    main()
