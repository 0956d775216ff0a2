"""Texts are read by any ontology: no class, relation or status of ours is taken for granted."""

import shutil
from dataclasses import replace

import pytest

from kg.extract import extract
from kg.extract.aliases import aliases
from kg.extract.dates import dateline, dates
from kg.extract.quantities import quantities
from kg.extract.quotations import quotations
from kg.extract.sources import sources
from kg.model import Claim, Document, Name, Span
from kg.ontology import load
from kg.parse import parse
from kg.resolve import resolve

TEXT = "Ada Okafor is chairwoman of Larkfield Motors. Former Larkfield Motors chairman Budi Hartanto was there."
BOATS = """
@prefix kgo: <https://w3id.org/kg/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
kgo:Crew a owl:Class ; rdfs:subClassOf kgo:Entity ; rdfs:label "crew"@en ;
    kgo:modelLabel "Organization" , "Person" , "Product" , "Event" , "Place" .
kgo:Afloat a kgo:Status ; rdfs:label "afloat"@en ; kgo:assertsPlainTriple true ; kgo:usual true .
kgo:tows a owl:ObjectProperty ; rdfs:subPropertyOf kgo:relatedTo ; rdfs:domain kgo:Crew ; rdfs:range kgo:Crew ;
    rdfs:label "tows"@en ; kgo:wording "[subject] tows [object]"@en .
"""


@pytest.fixture
def renamed(tmp_path, ontology):
    """Our ontology with another name for the usual status."""
    folder = shutil.copytree(ontology.folder, tmp_path / "ontology")
    for path in folder.rglob("*.*"):
        path.write_text(path.read_text(encoding="utf-8").replace("kgo:Current", "kgo:Valid"), encoding="utf-8")
    return load(folder)


def told(text, ontology):
    document = Document("a.txt", text, "en")
    resolution = resolve([extract(parse(document), ontology)], ontology)
    names = {e.identifier: e.preferred.text for e in resolution.entities}
    return {(names[f.subject], f.predicate, names[f.object], f.status) for f in resolution.facts}


def test_the_usual_status_has_the_name_that_the_ontology_gives_it(renamed):
    assert told(TEXT, renamed) == {
        ("Ada Okafor", "chairOf", "Larkfield Motors", "Valid"),
        ("Budi Hartanto", "chairOf", "Larkfield Motors", "Past"),
    }


def test_a_domain_may_have_one_class_one_relation_and_one_status(tmp_path):
    (tmp_path / "boats.ttl").write_text(BOATS, encoding="utf-8")
    text = "Larkfield Motors tows Northwind Bank. Ada Okafor is chairwoman of Larkfield Motors."
    assert told(text, load(tmp_path)) == {("Larkfield Motors", "tows", "Northwind Bank", "Afloat")}


def test_names_of_which_a_domain_has_no_class_are_left_out(tmp_path):
    (tmp_path / "boats.ttl").write_text(BOATS.replace(' , "Person" , "Product" , "Event" , "Place"', ""), encoding="utf-8")
    text = "Ada Okafor is chairwoman of Larkfield Motors. Larkfield Motors tows Northwind Bank, said Ada Okafor."
    extraction = extract(parse(Document("a.txt", text, "en")), load(tmp_path))
    assert {m.text for m in extraction.mentions} == {"Larkfield Motors", "Northwind Bank"}
    assert told(text, load(tmp_path)) == {("Larkfield Motors", "tows", "Northwind Bank", "Afloat")}


def of_an_agency(parsed, _, ontology):
    return dateline(parsed, ontology)


def renamings(parsed, mentions, ontology):
    return [a.kind for a in aliases(parsed, mentions, ontology)]


def speakers(parsed, mentions, ontology):
    return [u.speaker for u in quotations(parsed, mentions, {}, ontology)]


def source(parsed, mentions, ontology):
    claim = Claim(1, "holdsPositionAt", 2, Span("a.txt", 0, len(parsed.document.text)), "Current")
    return sources(parsed, mentions, (claim,), (), ontology)[0].asserted_by


def counted(parsed, mentions, ontology):
    return [(owner, q.date) for owner, q in quantities(parsed, mentions, (), dates(parsed, ontology), ontology)[1]]


@pytest.mark.parametrize(
    ("name", "word", "language", "text", "find", "expected"),
    [
        ("wireMark", "wire", "en", "BENIN CITY 12 March 2024 wire (Ada Obi) Larkfield Motors said so.", of_an_agency, "2024-03-12"),
        ("copula", "係", "zh", "{青禾科技}，简称係{青禾}，上市。", renamings, ["简称"]),
        ("possessive", "·s", "en", "[Obi] asked [Okafor], {Larkfield}·s chairman, to wait.", source, None),
        ("possessive", "嘅", "zh", "{青禾科技}收购了{远山}。“我们已经准备好了。”[林晓云]嘅一位律师说。", speakers, []),
        ("article", "ze", "en", "As of ze 1 May 2031, {Larkfield} had 900 employees.", counted, [(0, "2031-05-01")]),
        ("article", "ze", "en", "{Larkfield} said 900 employees of ze {Tern} group were well.", counted, [(1, None)]),
        ("article", "ze", "en", "[Okafor] told ze {Velia Times} that it has 100 employees.", counted, []),
    ],
)
def test_the_words_that_decide_are_those_of_the_ontology(name, word, language, text, find, expected, blank, marked, ontology):
    plain, mentions, _ = marked(text)
    other = replace(ontology, words={**ontology.words, name: (Name(word, language),)})
    assert find(blank(plain, language), mentions, other) == expected
    assert find(blank(plain, language), mentions, ontology) != expected
