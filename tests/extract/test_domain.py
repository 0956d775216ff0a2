"""Texts are read by any ontology: no class, relation or status of ours is taken for granted."""

import shutil

import pytest

from kg.extract import extract
from kg.model import Document
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
