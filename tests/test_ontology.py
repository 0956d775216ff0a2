"""What stands in ontology/, and what is said when it does not."""

import pickle
import re
import shutil

import owlrl
import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS

from kg.errors import OntologyError
from kg.model import Name
from kg.ontology import NAMESPACE, SLOTS, load

ONTOLOGY = load()
LANGUAGES = {"en", "id", "zh"}
KGO = rdflib.Namespace(NAMESPACE)
SCHEMA = rdflib.Namespace("https://schema.org/")
ORG = rdflib.Namespace("http://www.w3.org/ns/org#")
WDT = rdflib.Namespace("http://www.wikidata.org/prop/direct/")
SKOS = rdflib.Namespace("http://www.w3.org/2004/02/skos/core#")
HEAD = """
@prefix kgo: <https://w3id.org/kg/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
SMALL = """
kgo:Boat a owl:Class ; rdfs:subClassOf kgo:Entity ; rdfs:label "boat"@en .
kgo:Ferry a owl:Class ; rdfs:subClassOf kgo:Boat ; rdfs:label "ferry"@en .
kgo:Current a kgo:Status ; rdfs:label "current"@en ; kgo:assertsPlainTriple true ; kgo:usual true .
kgo:tows a owl:ObjectProperty ; rdfs:subPropertyOf kgo:relatedTo ; rdfs:domain kgo:Boat ; rdfs:range kgo:Boat ;
    rdfs:label "tows"@en ; kgo:wording "[subject] tows [object]"@en .
"""


@pytest.fixture(scope="module")
def files():
    """The ontology as one rdflib graph, shapes left out."""
    graph = rdflib.Graph()
    for file in sorted(ONTOLOGY.folder.glob("*.ttl")):
        if file.name != "shapes.ttl":
            graph.parse(file, format="turtle")
    return graph


@pytest.fixture
def folder(tmp_path):
    def write(text, name="domain.ttl"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path

    return write


def test_it_has_the_relations_of_the_guide():
    assert set(ONTOLOGY.relations) == {
        "acquired", "chairOf", "chiefExecutiveOf", "competitorOf", "founderOf", "headquarteredIn", "heldIn", "holdsPositionAt",
        "investorIn", "partnerOf", "releasedBy", "spokeAt", "subsidiaryOf", "succeeds", "versionOf",
    }  # fmt: skip
    assert {n for n, r in ONTOLOGY.relations.items() if r.symmetric} == {"partnerOf", "competitorOf"}
    assert {n for n, r in ONTOLOGY.relations.items() if r.membership} == {"chairOf", "chiefExecutiveOf", "holdsPositionAt"}
    assert {n for n, r in ONTOLOGY.relations.items() if r.exclusive} == {"chiefExecutiveOf"}


def test_classes_lie_below_the_five_top_classes():
    assert {ONTOLOGY.top(c) for c in ONTOLOGY.classes} == {"Person", "Organization", "Product", "Event", "Place"}
    assert ONTOLOGY.top("AIModel") == "Product"
    assert ONTOLOGY.ancestors("Company") == ("Organization",)
    assert ONTOLOGY.is_a("Company", "Organization")
    assert ONTOLOGY.is_a("Company", "Company")
    assert not ONTOLOGY.is_a("Organization", "Company")


def test_only_what_holds_asserts_the_plain_triple():
    assert {n for n, s in ONTOLOGY.statuses.items() if s.plain} == {"Current", "Interim"}


@pytest.mark.parametrize("name", sorted(ONTOLOGY.relations))
def test_every_relation_is_worded_and_described_in_every_language(name):
    relation = ONTOLOGY.relations[name]
    for language in LANGUAGES:
        texts = [w.text for w in relation.wordings if w.language == language]
        assert len(texts) >= 10
    assert set(relation.labels) == set(relation.comments) == LANGUAGES
    assert relation.symmetric or set(relation.inverse_labels) == LANGUAGES
    assert len({(w.text, w.language) for w in relation.wordings}) == len(relation.wordings)


@pytest.mark.parametrize("kind", ["classes", "statuses"])
def test_every_class_and_status_is_described_in_every_language(kind):
    for term in getattr(ONTOLOGY, kind).values():
        assert set(term.labels) == LANGUAGES, term.name


def test_finer_classes_and_statuses_have_cues_in_every_language():
    finer = [c for c in ONTOLOGY.classes.values() if c.parents]
    for term in [*finer, *ONTOLOGY.statuses.values()]:
        assert {c.language for c in term.cues} == LANGUAGES, term.name


@pytest.mark.parametrize(
    ("status", "cue"),
    [
        ("Past", Name("former", "en")), ("Past", Name("mantan", "id")), ("Past", Name("前", "zh")),
        ("Future", Name("incoming", "en")), ("Future", Name("akan", "id")), ("Future", Name("候任", "zh")),
        ("Interim", Name("acting", "en")), ("Interim", Name("Plt", "id")), ("Interim", Name("代理", "zh")),
        ("Rumoured", Name("reportedly", "en")), ("Rumoured", Name("dikabarkan", "id")), ("Rumoured", Name("据传", "zh")),
        ("Denied", Name("denied", "en")), ("Denied", Name("membantah", "id")), ("Denied", Name("否认", "zh")),
    ],
)  # fmt: skip
def test_statuses_know_their_cues(status, cue):
    assert cue in ONTOLOGY.statuses[status].cues


def test_every_literal_is_in_a_known_language(files):
    assert {o.language for o in files.objects() if isinstance(o, rdflib.Literal) and o.language} == LANGUAGES
    assert {n.language for names in ONTOLOGY.words.values() for n in names} == LANGUAGES


def test_the_word_lists_of_the_stages_are_there():
    wanted = "legalForm honorific nameParticle speechVerb attribution aliasMarker negation genericNoun roleNoun dateStart dateEnd"
    for name in [*wanted.split(), *(f"month{i}" for i in range(1, 13))]:
        assert {w.language for w in ONTOLOGY.words[name]} == LANGUAGES, name
    assert Name("有限公司", "zh") in ONTOLOGY.words["legalForm"]
    assert Name("Agustus", "id") in ONTOLOGY.words["month8"]


def test_names_are_listed_once():
    seen = {}
    for concept in ONTOLOGY.concepts:
        for name in concept.names:
            assert seen.setdefault(name.text.casefold(), concept.identifier) == concept.identifier
        assert {n.language for n in concept.names} == LANGUAGES


def test_wordings_use_known_slots_only():
    for relation in ONTOLOGY.relations.values():
        for wording in relation.wordings:
            assert set(re.findall(r"\[(.*?)\]", wording.text)) <= set(SLOTS)
            assert wording.status in ONTOLOGY.statuses


def test_alignments_point_the_right_way(files):
    assert (KGO.foundedBy, RDFS.subPropertyOf, SCHEMA.founder) in files
    assert (KGO.foundedBy, OWL.inverseOf, KGO.founderOf) in files
    assert (KGO.founderOf, RDFS.subPropertyOf, SCHEMA.founder) not in files
    assert (KGO.subsidiaryOf, RDFS.subPropertyOf, SCHEMA.parentOrganization) in files
    assert (KGO.hasChiefExecutive, SKOS.closeMatch, WDT.P169) in files
    assert (KGO.subsidiaryOf, SKOS.closeMatch, WDT.P749) in files


def test_every_property_of_ours_has_labels_in_every_language(files):
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.Class)
    for term in {s for kind in kinds for s in files.subjects(RDF.type, kind)}:
        if str(term).startswith(NAMESPACE):
            assert {o.language for o in files.objects(term, RDFS.label)} == LANGUAGES, term


def test_it_is_consistent_under_owl_2_rl(files):
    graph = rdflib.Graph()
    words = {
        KGO.word,
        KGO.wording,
        KGO.statedWording,
        KGO.text,
        KGO.nameCue,
        KGO.statusCue,
        KGO.clauseCue,
        KGO.roleWord,
        RDFS.comment,
        SKOS.altLabel,
    }
    for triple in files:
        if triple[1] not in words:
            graph.add(triple)
    person, company = rdflib.URIRef("urn:x:person"), rdflib.URIRef("urn:x:company")
    graph.add((person, KGO.chiefExecutiveOf, company))
    graph.add((person, KGO.founderOf, company))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    errors = [
        str(m)
        for e in graph.subjects(RDF.type, rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage"))
        for m in graph.objects(e)
    ]
    assert errors == []
    assert not list(graph.subjects(RDF.type, OWL.Nothing))
    assert (company, SCHEMA.founder, person) in graph
    assert (company, ORG.hasMember, person) in graph
    assert (person, KGO.relatedTo, company) in graph
    assert (person, RDF.type, SCHEMA.Person) in graph
    assert (company, RDF.type, KGO.Person) not in graph


def test_shapes_check_the_arguments_of_every_relation():
    shapes = ox.Store()
    shapes.load((ONTOLOGY.folder / "shapes.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
    ask = """PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        SELECT ?side ?class { ?shape sh:or/rdf:rest*/rdf:first/sh:not/sh:hasValue <%s> ; sh:or/rdf:rest*/rdf:first/sh:property ?property .
        ?property sh:path ?side ; (sh:or/rdf:rest*/rdf:first)?/sh:class ?class }"""
    for relation in ONTOLOGY.relations.values():
        found = {
            (s["side"].value.rpartition("#")[2], s["class"].value.rpartition("#")[2])
            for s in shapes.query(ask % (NAMESPACE + relation.name))
        }
        assert found == {("subject", c) for c in relation.domain} | {("object", c) for c in relation.range}


VALID = """
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix oa: <http://www.w3.org/ns/oa#> . @prefix org: <http://www.w3.org/ns/org#> .
@prefix prov: <http://www.w3.org/ns/prov#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix schema: <https://schema.org/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix : <urn:x:> .
@prefix void: <http://rdfs.org/ns/void#> .
:graph a void:Dataset ; void:uriSpace "urn:x:" ; void:entities 3 ; void:vocabulary skos: ; dcterms:conformsTo :version .
:ann a kgo:Person ; skos:prefLabel "Ann"@en ; kgo:chiefExecutiveOf :firm ; schema:sameAs <urn:ann> .
:firm a kgo:Organization , kgo:Company ; skos:prefLabel "Firm"@en ; schema:sameAs <urn:firm> .
:leeds a kgo:Place ; skos:prefLabel "Leeds"@en .
:fact a rdf:Statement , org:Membership ; org:member :ann ; org:organization :firm ; org:role kgo:ChiefExecutive ;
    rdf:subject :ann ; rdf:predicate kgo:chiefExecutiveOf ; rdf:object :firm ; kgo:status kgo:Current ; kgo:confidence 0.9 ;
    kgo:start "2031"^^xsd:gYear ; kgo:startEarliest "2031-01-01"^^xsd:date ; kgo:startLatest "2031-12-31"^^xsd:date ;
    kgo:endEarliest "2032-02-01"^^xsd:date ; kgo:endLatest "2032-02-28"^^xsd:date ; prov:wasDerivedFrom :span .
:quote a kgo:Quotation ; kgo:speaker :ann ; kgo:text "We did."@en ; prov:wasDerivedFrom :span .
:span a oa:SpecificResource ; oa:hasSource :doc ; prov:wasAttributedTo :ann ; oa:hasSelector
    [ a oa:TextQuoteSelector ; oa:exact "Ann runs Firm" ] , [ a oa:TextPositionSelector ; oa:start 3 ; oa:end 16 ] .
:doc a schema:Article ; dcterms:identifier "a.txt" ; kgo:sha256 "%s" .
""" % ("0" * 64)


def _violations(text):
    data = rdflib.Graph().parse(data=HEAD + text, format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=str(ONTOLOGY.folder / "shapes.ttl"), shacl_graph_format="turtle")
    shacl = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    results = list(report.subjects(RDF.type, shacl.ValidationResult))
    messages = {str(m) for r in results for m in report.objects(r, shacl.resultMessage)}
    return messages, {str(s).rpartition("#")[2] for r in results for s in report.objects(r, shacl.resultSeverity)}


def test_a_graph_of_the_contract_has_the_right_shape():
    assert _violations(VALID) == (set(), set())


@pytest.mark.parametrize(
    ("replaced", "by", "message"),
    [
        ("rdf:object :firm", "rdf:object :leeds", '"chief executive of" joins person and organization.'),
        ("rdf:subject :ann", "rdf:subject :leeds", '"chief executive of" joins person and organization.'),
        ("; prov:wasDerivedFrom :span .\n:quote", ".\n:quote", "A fact needs evidence in a document."),
        ("kgo:status kgo:Current ;", "", "A fact needs exactly one known status."),
        ("kgo:confidence 0.9", "kgo:confidence 1.9", "A fact needs a confidence from 0 to 1."),
        ('"2031-12-31"', '"2030-12-31"', "The earliest start lies after the latest."),
        ('"2032-02-28"', '"2030-02-28"', "The fact ends before it starts."),
        ("kgo:speaker :ann ;", "", "A quotation needs one speaker, a person or an organization."),
        ('kgo:text "We did."@en ;', "", "A quotation needs its words."),
        ('oa:exact "Ann runs Firm"', "", "A quoted span needs its exact words."),
        ("oa:start 3", "oa:start 30", "A span starts at a whole number before its end."),
        (", [ a oa:TextPositionSelector ; oa:start 3 ; oa:end 16 ]", "", "Evidence needs one position in its document."),
        ("oa:hasSource :doc ;", "", "Evidence lies in exactly one document."),
        ("wasAttributedTo :ann", "wasAttributedTo :leeds", "The words of evidence are those of a person or an organization."),
        ("org:member :ann", "org:member :leeds", "A membership's member is its subject."),
        ('void:uriSpace "urn:x:" ;', "", "A graph says once what its IRIs begin with."),
        ("void:entities 3", "void:entities -3", "A graph says once how many entities it has."),
        ("void:vocabulary skos: ;", "", "A graph names the vocabularies that it uses."),
        ("conformsTo :version", 'conformsTo "2"', "What a graph conforms to has an IRI."),
        ("conformsTo :version", "valid '2031'", "A graph holds for one day, or for none in particular."),
        ("schema:sameAs <urn:ann>", "schema:sameAs <urn:ann> , <urn:bob>", "An entity is one concept at most, which has an IRI."),
        ("schema:sameAs <urn:ann>", "schema:sameAs <urn:firm>", "Two entities are the same concept, and so one."),
        (
            "org:role kgo:ChiefExecutive",
            "org:role kgo:Chair , kgo:ChiefExecutive",
            "A membership is in one role at most, which has an IRI.",
        ),
        ('skos:prefLabel "Ann"@en ;', "", "An entity needs exactly one preferred name."),
    ],
)
def test_a_wrong_shape_is_named(replaced, by, message):
    assert replaced in VALID
    found, severities = _violations(VALID.replace(replaced, by))
    assert message in found
    assert "Violation" in severities


def test_two_chief_executives_at_a_time_are_only_a_warning():
    found, severities = _violations(VALID + ':bob a kgo:Person ; skos:prefLabel "Bob"@en ; kgo:chiefExecutiveOf :firm .')
    assert "More than one chief executive at a time." in found
    assert severities == {"Warning"}


def test_it_is_read_once_and_travels_to_other_processes():
    assert load() is load()
    copy = pickle.loads(pickle.dumps(ONTOLOGY))
    assert copy.relations == ONTOLOGY.relations
    assert hash(ONTOLOGY) != hash(copy)


def test_it_is_read_anew_where_its_files_changed(folder):
    first = load(folder(HEAD + SMALL))
    again = load(folder(HEAD + SMALL.replace("tows", "pulls")))
    assert ([*first.relations], [*again.relations]) == (["tows"], ["pulls"])
    assert first.digest != again.digest
    assert load(folder(HEAD + SMALL)) is first


def test_a_file_that_cannot_be_read_is_named(folder):
    (folder(HEAD + SMALL) / "names.ttl").mkdir()
    with pytest.raises(OntologyError, match=r"names\.ttl: Is a directory"):
        load(folder(HEAD + SMALL))


def test_another_domain_needs_no_python(folder):
    boats = load(folder(HEAD + SMALL))
    assert boats.top("Ferry") == "Boat"
    assert [w.text for w in boats.relations["tows"].wordings] == ["[subject] tows [object]"]
    assert boats.queries == {}


def test_a_wording_has_the_usual_status_whatever_it_is_called(folder):
    boats = load(folder(HEAD + SMALL.replace("Current", "Afloat")))
    assert [w.status for w in boats.relations["tows"].wordings] == [boats.usual()] == ["Afloat"]


def test_a_status_denies_if_its_cues_negate_and_it_never_held(folder):
    told = """kgo:negation a kgo:WordList ; rdfs:label "negation"@en ; kgo:word "No longer"@en , "denied"@en .
    kgo:Past a kgo:Status ; rdfs:label "past"@en ; kgo:tense "past" ; kgo:statusCue "no longer"@en .
    kgo:Denied a kgo:Status ; rdfs:label "denied"@en ; kgo:statusCue "Denied"@en .
    kgo:Heard a kgo:Status ; rdfs:label "heard"@en ; kgo:statusCue "reportedly"@en ."""
    assert {n for n, s in load(folder(HEAD + SMALL + told)).statuses.items() if s.denies} == {"Denied"}
    assert {n for n, s in ONTOLOGY.statuses.items() if s.denies} == {"Denied"}


def test_another_namespace_may_hold_the_domain(folder):
    text = """@prefix b: <https://example.org/boats#> . @prefix vann: <http://purl.org/vocab/vann/> .
    <https://example.org/boats> vann:preferredNamespaceUri "https://example.org/boats#" .
    b:Boat rdfs:subClassOf kgo:Entity ; rdfs:label "boat"@en . b:Afloat a kgo:Status ; kgo:usual true ; rdfs:label "afloat"@en ."""
    boats = load(folder(HEAD + text))
    assert boats.namespace == "https://example.org/boats#"
    assert list(boats.classes) == ["Boat"]
    assert boats.usual() == "Afloat"


def test_a_relation_tells_a_role(folder):
    role = "@prefix org: <http://www.w3.org/ns/org#> . <https://r.example/tug> a org:Role ; org:roleProperty kgo:tows ."
    assert load(folder(HEAD + SMALL + role)).relations["tows"].role == "https://r.example/tug"
    assert load(folder(HEAD + SMALL + role.replace("<https://r.example/tug>", "[]"))).relations["tows"].role is None
    roles = {name: r.role.removeprefix(NAMESPACE) for name, r in ONTOLOGY.relations.items() if r.role}
    assert roles == {"chiefExecutiveOf": "ChiefExecutive", "chairOf": "Chair"}
    assert all(ONTOLOGY.relations[name].membership for name in roles)


def test_a_name_keeps_its_iri_if_it_has_one(folder):
    known = '<https://n.example/#dory> a skos:Concept ; kgo:denotes kgo:Boat ; skos:prefLabel "Dory"@en .'
    concepts = load(folder(HEAD + SMALL + known + known.replace("<https://n.example/#dory>", "[]").replace("Dory", "Cog"))).concepts
    assert {c.names[0].text: c.iri for c in concepts} == {"Dory": "https://n.example/#dory", "Cog": None}


@pytest.mark.parametrize(
    ("told", "versions"),
    [
        ("", ()),
        ("[] a owl:Ontology ; owl:versionIRI <https://b.example/0> .", ()),
        ("<https://b.example/> a owl:Ontology .", ("https://b.example/",)),
        ("<https://b.example/> a owl:Ontology ; owl:versionIRI <https://b.example/2> .", ("https://b.example/2",)),
        ("<https://b.example/> a owl:Ontology . <https://a.example/> a owl:Ontology .", ("https://a.example/", "https://b.example/")),
    ],
)
def test_it_knows_its_version(folder, told, versions):
    assert load(folder(HEAD + SMALL + told)).versions == versions
    assert ONTOLOGY.versions == ("https://w3id.org/kg/ontology/0.1.0",)


@pytest.mark.parametrize(
    ("replaced", "by", "message"),
    [
        ("rdfs:domain kgo:Boat", "rdfs:domain kgo:Bout", "domain.ttl: tows: unknown domain class Bout"),
        ("rdfs:range kgo:Boat", "rdfs:range kgo:Bout", "domain.ttl: tows: unknown range class Bout"),
        ("rdfs:domain kgo:Boat ;", "", "domain.ttl: tows: has no domain"),
        ("tows [object]", "tows", 'domain.ttl: tows: wording "[subject] tows" needs [object] once'),
        ("[subject] tows", "[someone] tows", 'needs [subject] once'),
        ("tows [object]", "tows [object] [where]", "has the unknown slot [where]"),
        ('"[subject] tows [object]"@en', '"[subject] tows [object]"', "has no language tag"),
        ('rdfs:label "boat"@en', 'rdfs:comment "boat"@en', "domain.ttl: Boat: has no label"),
        ('rdfs:label "tows"@en', 'rdfs:comment "tows"@en', "domain.ttl: tows: has no label"),
        ('rdfs:label "current"@en', 'rdfs:comment "current"@en', "domain.ttl: Current: has no label"),
        ("kgo:wording", "kgo:wordng", "domain.ttl: tows: uses the undeclared property wordng"),
        ("rdfs:subPropertyOf kgo:relatedTo ;", "", "domain.ttl: tows: has a kgo:wording, but is not below kgo:relatedTo"),
        ("rdfs:subClassOf kgo:Boat", "rdfs:subClassOf kgo:Boat, kgo:Ship", "domain.ttl: Ferry: unknown parent class Ship"),
        ("rdfs:subClassOf kgo:Boat", "rdfs:subClassOf kgo:Boat, kgo:Ferry", "domain.ttl: Ferry: lies below itself"),
        (" ; kgo:usual true", "", "exactly one status must be marked with kgo:usual true: none is"),
        ("kgo:tows a", 'kgo:Sunk a kgo:Status ; kgo:usual true ; rdfs:label "sunk"@en .\nkgo:tows a', "kgo:usual true: Current, Sunk is"),
        ("kgo:wording", 'kgo:statedWording [ kgo:status kgo:Lost ; kgo:text "[subject] [object]"@en ] ; kgo:wording', "status Lost"),
    ],
)  # fmt: skip
def test_an_error_names_file_and_term(replaced, by, message, folder):
    assert replaced in SMALL
    with pytest.raises(OntologyError, match=re.escape(message)):
        load(folder(HEAD + SMALL.replace(replaced, by)))


@pytest.mark.parametrize(
    ("more", "circle"),
    [
        ("kgo:A {c} kgo:B . kgo:B {c} kgo:C . kgo:C {c} kgo:A, kgo:Entity .", ("A", "B", "C")),
        ("kgo:A {c} kgo:B . kgo:B {c} kgo:A .", ("A", "B")),
        ("kgo:A {c} kgo:A .", ("A",)),
        ("kgo:A {c} schema:Thing . schema:Thing {c} kgo:A .", ("A",)),
        ("kgo:Entity {c} kgo:Boat .", ("Boat", "Entity")),
        ("kgo:a {p} kgo:b . kgo:b {p} kgo:c . kgo:c {p} kgo:a, kgo:relatedTo .", ("a", "b", "c")),
        ("kgo:a {p} kgo:b . kgo:b {p} kgo:a .", ("a", "b")),
    ],
)
def test_what_lies_below_itself_is_refused(folder, more, circle):
    more = "@prefix schema: <https://schema.org/> . " + more.format(c="rdfs:subClassOf", p="rdfs:subPropertyOf")
    with pytest.raises(OntologyError) as caught:
        load(folder(HEAD + SMALL + more))
    assert re.findall(r"(\w+): lies below itself", str(caught.value)) == list(circle)


def test_all_errors_of_all_files_are_reported_together(folder):
    folder(HEAD + SMALL)
    folder(HEAD + "kgo:towedBy owl:inverseOf kgo:pulls .", "inverses.ttl")
    path = folder(
        HEAD + 'kgo:a a skos:Concept ; kgo:denotes kgo:Plane . kgo:b a skos:Concept ; kgo:denotes kgo:Boat ; skos:prefLabel "B"@en .',
        "names.ttl",
    )
    with pytest.raises(OntologyError) as caught:
        load(path)
    assert "inverses.ttl: towedBy: is the inverse of an unknown relation pulls" in str(caught.value)
    assert "names.ttl: a: denotes the unknown class Plane" in str(caught.value)
    assert "names.ttl: a: has no skos:prefLabel" in str(caught.value)


def test_turtle_that_does_not_parse_is_named_with_its_line(folder):
    folder(HEAD + SMALL + "kgo:x kgo:y ,", "one.ttl")
    path = folder("\n\nnonsense", "two.ttl")
    with pytest.raises(OntologyError, match=r"one\.ttl, line \d+: .*two\.ttl, line 3: "):
        load(path)


def test_a_folder_without_turtle_is_no_ontology(tmp_path):
    with pytest.raises(OntologyError, match="no ontology here"):
        load(tmp_path)


def test_queries_are_read_by_name(folder):
    path = folder(HEAD + SMALL)
    shutil.copytree(ONTOLOGY.folder / "queries", path / "queries")
    assert set(load(path).queries) == set(ONTOLOGY.queries)
