"""A small graph of invented people and firms that holds one of everything, an ontology for it, and ways to look at RDF."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.graph import Graph, assemble
from kg.model import Assertion, Document, Entity, Fact, Name, Period, Quantity, Quotation, Resolution, Span
from kg.ontology import NAMESPACE, Class, Ontology, Relation, Status

ENGLISH = (
    "Maria Okafor has been chief executive of Larkfield Motors since 10 September 2031. She took over from Budi Hartanto. "
    'Okafor said, "We will build cars that nobody has to fear." Larkfield Motors paid 1.5 billion dollars for Qingxi.'
)
CHINESE = "林晓云自2029年起担任青溪科技董事长。她说：“我们明年将发布青溪助手。”"
INDONESIAN = "Budi Hartanto memimpin Larkfield Motors sampai September 2031."

HOSTILE = (
    'say "hi"',
    "a > b < c & d",
    "back\\slash \\u0027 \\",
    "line\nbreak\r\nand\ttab",
    "\u202egnp.exe\u202c \u200f",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 emoji",
    "<script>alert(1)</script>",
    '" } ; DROP ALL ; SELECT * { ?s ?p "',
    "=HYPERLINK(1)",
    "'quoted",
    "]]> <!-- -->",
    "$%{x} {{y}} `z` | [a](javascript:b) #h *b* _i_",
    "a\u2028b\u0085c\x01d\ufeff",
    "",
    " ",
)


def span(document: Document, words: str) -> Span:
    """Return where words stand in a document."""
    start = document.text.index(words)
    return Span(document.identifier, start, start + len(words))


def example(extra: Sequence[str] = ()) -> Graph:
    """Return the graph, with one more product per extra name."""
    one = Document("news/en-1.txt", ENGLISH, "en", "Larkfield has a new chief", "2031-09-12", "https://news.example/1")
    two = Document("zh-1.txt", CHINESE, "zh", None, "2031")
    three = Document("id-1.txt", INDONESIAN, "id", "Hartanto", "2031-10")
    copy = Document("id-1-copy.txt", INDONESIAN, "id")
    price = Quantity("amount", "1500000000", "USD", span(one, "1.5 billion dollars"), "2031")
    entities = [
        Entity(
            "organization/larkfield-motors",
            ("Organization", "Company"),
            Name("Larkfield Motors", "en"),
            (Name("Larkfield Motors", "en"),),
            (span(one, "Larkfield Motors"), span(three, "Larkfield Motors"), span(copy, "Larkfield Motors")),
        ),
        Entity(
            "organization/青溪科技",
            ("Organization", "Company"),
            Name("青溪科技", "zh"),
            (Name("Qingxi", "en"), Name("青溪科技", "zh")),
            (span(one, "Qingxi"), span(two, "青溪科技")),
        ),
        Entity(
            "person/budi-hartanto", ("Person",), Name("Budi Hartanto", "en"), (Name("Budi Hartanto", "id"),), (span(one, "Budi Hartanto"),)
        ),
        Entity("person/lin-xiaoyun", ("Person",), Name("林晓云", "zh"), (Name("林晓云", "zh"),), (span(two, "林晓云"),)),
        Entity(
            "person/maria-okafor",
            ("Person",),
            Name("Maria Okafor", "en"),
            (Name("Maria Okafor", "en"), Name("Okafor", "und")),
            (span(one, "Maria Okafor"), span(one, "Okafor said")),
            (Quantity("count", "3", "cars", span(one, "cars")),),
        ),
        *(
            Entity(f"product/p{n:04}", ("Product",), Name(name, "en"), (Name(name, "en"), Name(name, "zh-hant")), ())
            for n, name in enumerate(extra)
        ),
    ]
    facts = [
        Fact(
            "1a",
            "person/maria-okafor",
            "chiefExecutiveOf",
            "organization/larkfield-motors",
            "Current",
            (span(one, "Maria Okafor has been chief executive of Larkfield Motors"),),
            Name("chief executive", "en"),
            Period("2031-09-10"),
            ("2031-09-10", "2031-09-10"),
            None,
            0.93,
            conflicts=("2b",),
        ),
        Fact(
            "2b",
            "person/budi-hartanto",
            "chiefExecutiveOf",
            "organization/larkfield-motors",
            "Past",
            (span(one, "She took over from Budi Hartanto"), span(three, INDONESIAN), span(copy, INDONESIAN)),
            None,
            Period(None, "2031-09"),
            None,
            ("2031-09-01", "2031-09-30"),
            0.8,
            inferred=("end",),
            conflicts=("1a",),
            end_confidence=0.77,
            end_evidence=(span(one, "since 10 September 2031"),),
        ),
        Fact("3c", "person/maria-okafor", "succeeds", "person/budi-hartanto", "Current", (span(one, "She took over from Budi Hartanto"),)),
        Fact(
            "4d",
            "person/lin-xiaoyun",
            "chairOf",
            "organization/青溪科技",
            "Current",
            (span(two, "林晓云自2029年起担任青溪科技董事长"),),
            Name("董事长", "zh"),
            Period("2029"),
            ("2029-01-01", "2029-12-31"),
        ),
        Fact(
            "5e",
            "organization/larkfield-motors",
            "acquired",
            "organization/青溪科技",
            "Rumoured",
            (span(one, "Larkfield Motors paid 1.5 billion dollars for Qingxi"),),
            None,
            confidence=0.512345,
            asserted_by=(Assertion("person/maria-okafor", (span(one, "Larkfield Motors paid 1.5 billion dollars for Qingxi"),)),),
            quantities=(price,),
        ),
        Fact(
            "6f",
            "organization/larkfield-motors",
            "partnerOf",
            "organization/青溪科技",
            "Current",
            (span(one, "Larkfield Motors paid 1.5 billion dollars for Qingxi"),),
        ),
    ]
    quotations = [
        Quotation(
            "7a",
            "person/maria-okafor",
            Name("We will build cars that nobody has to fear.", "en"),
            span(one, "We will build cars that nobody has to fear."),
        ),
        Quotation("8b", "person/lin-xiaoyun", Name("我们明年将发布青溪助手。", "zh"), span(two, "我们明年将发布青溪助手。")),
    ]
    graph = assemble(Resolution(tuple(entities), tuple(facts), tuple(quotations)), (one, two, three, copy))
    graph.graph["issues"] = [{"path": "bad|file.txt", "reason": "not UTF-8 <at byte 3>"}]
    return graph


def named(names: Sequence[str]) -> Graph:
    """Return a graph of one product per name and nothing else."""
    entities = (Entity(f"product/p{n:04}", ("Product",), Name(x, "en"), (Name(x, "en"), Name(x, "und")), ()) for n, x in enumerate(names))
    return assemble(Resolution(tuple(entities), (), ()), ())


def shuffled(graph: Graph) -> Graph:
    """Return the same graph, its nodes, edges and documents put in backwards."""
    other = Graph(**{**graph.graph, "documents": dict(reversed(graph.graph["documents"].items()))})
    other.add_nodes_from(reversed(list(graph.nodes(data=True))))
    other.add_edges_from(reversed(list(graph.edges(keys=True, data=True))))
    return other


def ontology(folder: Path = Path()) -> Ontology:
    """Return a small ontology made by hand."""
    parents = {"Person": (), "Organization": (), "Company": ("Organization",), "Product": (), "Event": (), "Place": ()}
    classes = {c: Class(c, p, {"en": c.lower()}, {}, "#0072b2", (), ()) for c, p in parents.items()}
    relations = {
        r: Relation(r, d, o, {"en": label}, {}, None, r == "partnerOf", False, False, d == ("Person",) and o == ("Organization",), (), ())
        for r, d, o, label in (
            ("chiefExecutiveOf", ("Person",), ("Organization",), "chief executive of"),
            ("chairOf", ("Person",), ("Organization",), "chair of"),
            ("succeeds", ("Person",), ("Person",), "succeeds"),
            ("acquired", ("Organization",), ("Organization",), "acquired"),
            ("partnerOf", ("Organization",), ("Organization",), "partner of"),
        )
    }
    tenses = {"Current": "present", "Denied": None, "Future": "future", "Interim": "present", "Past": "past", "Rumoured": None}
    statuses = {s: Status(s, {"en": s.lower()}, t == "present", (), t, usual=s == "Current") for s, t in tenses.items()}
    queries = {"people": "SELECT ?name WHERE { ?p a kgo:Person ; skos:prefLabel ?name } ORDER BY ?name"}
    return Ontology(NAMESPACE, classes, relations, statuses, (), {}, queries, folder)


def rapper_count(path: Path, syntax: str) -> int | None:
    """Return how many triples an independent parser reads; None where it is not installed."""
    program = shutil.which("rapper")
    if program is None:
        return None
    done = subprocess.run(
        [program, "-q", "-i", syntax, "-o", "ntriples", str(path), "https://base.example/"], capture_output=True, check=True
    )
    return len(done.stdout.decode().strip().split("\n"))


def names_of(triples: Iterable[tuple[str, str, str]]) -> set[str]:
    """Return the values of labels among triples of strings."""
    return {o for _, p, o in triples if p.endswith(("prefLabel", "altLabel"))}
