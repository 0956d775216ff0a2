"""How long resolution takes as a corpus grows: `python tests/benchmarks/bench_resolve.py [DOCUMENTS …]`; prints the curve.

Every document names about fifteen things in twenty-odd mentions, of five times as many things as there are documents: some known to
all, most rare, with surnames, short names, homonyms and Chinese spellings among them.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Iterator

from kg.model import Claim, Document, Extraction, Mention, Span
from kg.ontology import load
from kg.resolve import resolve

SIZES = (1_000, 2_500, 5_000, 10_000)
ONSETS = ("b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "z", "br", "kr", "st", "tr", "sh", "ch")
RIMES = ("a", "e", "i", "o", "u", "an", "en", "in", "on", "ar", "er", "or", "al", "el", "ai")
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "明华丽强军伟芳娜敏静磊洋艳勇杰娟涛超霞平刚桂英文"
TAILS = ("Group", "Holdings", "Energy", "Bank", "Cloud", "Ltd", "Foods", "Motors")


def word(dice: random.Random, syllables: int) -> str:
    """Make up a name."""
    return "".join(dice.choice(ONSETS) + dice.choice(RIMES) for _ in range(syllables)).capitalize()


def person(dice: random.Random) -> list[str]:
    """Make up a person's names, the full one first."""
    if dice.random() < 0.2:
        return [dice.choice(SURNAMES) + "".join(dice.choice(GIVEN) for _ in range(2))]
    given, family = word(dice, 2), word(dice, dice.choice((2, 2, 3)))
    return [f"{given} {family}", family]


def organization(dice: random.Random) -> list[str]:
    """Make up an organization's names."""
    short = word(dice, 3)
    return (
        [f"{short} {dice.choice(TAILS)}", short] if dice.random() < 0.6 else [f"PT {short} {word(dice, 2)} Tbk", f"{short} {word(dice, 2)}"]
    )


def corpus(size: int) -> Iterator[Extraction]:
    """Make up documents over five things for each document."""
    dice = random.Random(7)
    things = [("Person", person(dice)) for _ in range(2 * size)] + [("Organization", organization(dice)) for _ in range(2 * size)]
    things += [("Product", [f"{word(dice, 2)} {dice.randint(1, 9)}"]) for _ in range(size)]
    dice.shuffle(things)
    rare = list(range(len(things)))
    dice.shuffle(rare)
    for n in range(size):
        told = rare[n * 5 : n * 5 + 5] + [min(int(dice.paretovariate(0.6)), len(things)) - 1 for _ in range(10)]
        yield document(f"{n:06}.txt", [things[t] for t in dict.fromkeys(told)], dice)


def document(identifier: str, told: list[tuple[str, list[str]]], dice: random.Random) -> Extraction:
    """Name things in a text and state posts between them."""
    pieces: list[str] = []
    mentions: list[Mention] = []
    place = 0
    for chain, (cls, names) in enumerate(told):
        for name in names:
            mentions.append(Mention(Span(identifier, place, place + len(name)), name, cls, "en", 10 * chain + len(name) % 7))
            pieces.append(name)
            place += len(name) + 1
    text = " ".join(pieces)
    people = [m for m in mentions if m.type == "Person"]
    firms = [m for m in mentions if m.type == "Organization"]
    everywhere = Span(identifier, 0, len(text))
    claims = tuple(
        Claim(
            p.chain, dice.choice(("chiefExecutiveOf", "holdsPositionAt")), dice.choice(firms).chain, everywhere, "Current", confidence=0.8
        )
        for p in people[:3]
        if firms
    )
    return Extraction(Document(identifier, text, "en"), tuple(mentions), claims)


def main() -> None:
    """Measure each size."""
    ontology = load()
    for size in [int(a) for a in sys.argv[1:]] or SIZES:
        extractions = list(corpus(size))
        start, busy = time.perf_counter(), time.process_time()
        found = resolve(extractions, ontology)
        seconds, work = time.perf_counter() - start, time.process_time() - busy
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        mentions = sum(len(e.mentions) for e in extractions)
        print(
            f"{size:>7} documents {mentions:>8} mentions {len(found.entities):>7} entities {len(found.facts):>7} facts"
            f" {seconds:7.1f} s ({work:.1f} s of one processor, {1000 * work / size:.2f} ms/document) {memory:>6} MB",
            flush=True,
        )


if __name__ == "__main__":
    main()
