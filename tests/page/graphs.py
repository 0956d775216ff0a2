"""The graphs that the pages of the tests show."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import networkx as nx
from example_graph import HOSTILE, span

from kg.dates import bounds
from kg.graph import assemble
from kg.model import Document, Entity, Fact, Name, Period, Quotation, Resolution, Span
from kg.ontology import Ontology
from kg.resolve import resolve
from kg.training.gold import read_documents

SEEDS = Path(__file__).parents[2] / "seeds"

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


def times(ontology: Ontology) -> nx.MultiDiGraph:
    """One fact per status, start and end, some of them in a text of a known day."""
    documents = [Document("a.txt", "x" * 200, "en", issued="2027-06"), Document("b.txt", "x" * 200, "en")]
    entities = [Entity(f"person/{n}", ("Person",), Name(n, "en"), (Name(n, "en"),), ()) for n in ("mira", "otto")]
    facts = []
    for status, start, end, text in product(sorted(ontology.statuses), (None, "2024-03"), (None, "2029-05", "2029-05-10"), "ab"):
        key, said = f"fact/{len(facts):03}", (Span(f"{text}.txt", len(facts), len(facts) + 1),)
        fact = Fact(key, "person/mira", "succeeds", "person/otto", status, said, None, Period(start, end), bounds(start), bounds(end))
        facts.append(fact)
    return assemble(Resolution(tuple(entities), tuple(facts), ()), documents)


def succeeded() -> nx.MultiDiGraph:
    """A post that one text states as held and the succession told by another has ended."""
    old = Document("old.txt", "Budi Hartanto leads Larkfield Motors.", "en", issued="2030-01-01")
    new = Document("new.txt", "A change was due. Maria Okafor took over from Hartanto on 10 September 2031.", "en", issued="2031-09-12")
    names = (
        ("organization", "larkfield", "Larkfield Motors"),
        ("person", "hartanto", "Budi Hartanto"),
        ("person", "okafor", "Maria Okafor"),
    )
    entities = [Entity(f"{kind}/{i}", (kind.title(),), Name(text, "en"), (Name(text, "en"),), ()) for kind, i, text in names]
    day, taken = ("2031-09-10", "2031-09-10"), (span(new, "Maria Okafor took over from Hartanto on 10 September 2031"),)
    ends = {"end_bounds": day, "inferred": ("end",), "end_confidence": 0.7, "end_evidence": taken}
    post, said = ("chiefExecutiveOf", "organization/larkfield", "Current"), (span(old, old.text[:-1]),)
    facts = [
        Fact("fact/a", "person/hartanto", *post, said, period=Period(None, day[0]), confidence=0.9, **ends),
        Fact("fact/b", "person/okafor", *post, taken, period=Period(day[0]), start_bounds=day),
    ]
    return assemble(Resolution(tuple(entities), tuple(facts), ()), [old, new])


def repeated() -> nx.MultiDiGraph:
    """One fact that each of 14 texts states three times, and one that a single text states 20 times."""
    names = [("person", "Mira Halvorsen"), ("organization", "Northwind Bank"), ("organization", "Sundown Post")]
    entities = [
        Entity(f"{kind}/{text.split()[0].lower()}", (kind.title(),), Name(text, "en"), (Name(text, "en"),), ()) for kind, text in names
    ]
    words = ("Mira Halvorsen leads Northwind Bank", "Mira Halvorsen chairs Sundown Post")
    texts = {f"{n:02}.txt": f"{words[0]}. " * 3 for n in range(14)} | {"long.txt": f"{words[1]}. " * 20}
    spans: tuple[list[Span], ...] = ([], [])
    for name, text in texts.items():
        of = int(name == "long.txt")
        spans[of].extend(Span(name, at, at + len(words[of])) for at in range(0, len(text), len(words[of]) + 2))
    facts = [
        Fact("fact/many", "person/mira", "chiefExecutiveOf", "organization/northwind", "Current", tuple(spans[0])),
        Fact("fact/one", "person/mira", "chairOf", "organization/sundown", "Current", tuple(spans[1])),
    ]
    documents = [Document(name, text, "en") for name, text in texts.items()]
    return assemble(Resolution(tuple(entities), tuple(facts), ()), documents)


def triangles(count: int) -> nx.MultiDiGraph:
    """Many small communities: more nodes than are shown at once."""
    entities = [Entity(f"person/p{n:05}", ("Person",), Name(f"Person {n}", "en"), (), ()) for n in range(3 * count)]
    pairs = [(3 * g + a, 3 * g + b) for g in range(count) for a, b in ((0, 1), (1, 2), (2, 0))] + [(0, 3), (3, 6)]
    facts = [Fact(f"fact/{n:05}", f"person/p{a:05}", "succeeds", f"person/p{b:05}", "Current", ()) for n, (a, b) in enumerate(pairs)]
    return assemble(Resolution(tuple(entities), tuple(facts), ()), [])


def begun(ontology: Ontology) -> nx.MultiDiGraph:
    """One fact per status, of which only the start is told."""
    entities = [Entity(f"person/{n}", ("Person",), Name(n, "en"), (), ()) for n in ("mira", "otto")]
    facts = [Fact(f"fact/{s}", "person/mira", "succeeds", "person/otto", s, (), None, Period("2032-05")) for s in sorted(ontology.statuses)]
    return assemble(Resolution(tuple(entities), tuple(facts), ()), [])


def posts(ontology: Ontology) -> nx.MultiDiGraph:
    """One post per status, at a firm that the authority file knows."""
    names = ("person/mira", "organization/northwind")
    known = {"organization/northwind": "https://example.org/name/northwind"}
    entities = [Entity(i, (i.split("/")[0].title(),), Name(i, "en"), (), (), concept=known.get(i)) for i in names]
    facts = [Fact(f"fact/{s}", names[0], "chairOf", names[1], s, ()) for s in sorted(ontology.statuses)]
    return assemble(Resolution(tuple(entities), tuple(facts), ()), [])


def spelled() -> nx.MultiDiGraph:
    """People whose names few type as they are written, one a row: identifier and name."""
    names = (
        "soren-lukasz-dang Søren Łukasz Đặng",
        "strausz Strauß",
        "sean-obrien Sean O’Brien",
        "joe-tsai Joe Tsai",
        "zhang-wei Zhang Wei",
    )
    han = ("mayun 马云", "linyirui 林義瑞", "taiwan 台湾银行", "xiaojie 萧杰")
    rows = [row.split(" ", 1) for row in (*names, *han)]
    entities = [Entity(f"person/{i}", ("Person",), Name(name, "und"), (), ()) for i, name in rows]
    return assemble(Resolution(tuple(entities), (), ()), [])


def namesakes() -> nx.MultiDiGraph:
    """Two people of one name, one of whom belongs to a firm."""
    text = "Ana Wu leads Northwind. Another Ana Wu sings."
    firm = Entity("organization/northwind", ("Organization",), Name("Northwind", "en"), (), (Span("a.txt", 13, 22),))
    people = [Entity(f"person/ana-wu-{n}", ("Person",), Name("Ana Wu", "en"), (), (Span("a.txt", n, n + 6),)) for n in (0, 32)]
    post = Fact("fact/1", people[0].identifier, "chiefExecutiveOf", firm.identifier, "Current", (Span("a.txt", 0, 23),))
    return assemble(Resolution((firm, *people), (post,), ()), [Document("a.txt", text, "en")])


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
    extractions = list(read_documents(SEEDS, ontology))
    return assemble(resolve(extractions, ontology, ()), [e.document for e in extractions])
