"""Whatever the documents: order, repetition and other documents make no difference to what they do not touch."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.graph import assemble
from kg.model import Alias, Claim, Document, Extraction, Mention, Period, Span
from kg.outputs import turtle
from kg.resolve import Judgement, resolve

NAMES = {
    "Person": ("Maria Okafor", "Okafor", "Marcus Okafor", "Ms Okafor", "Lin Xiaoyun", "林晓云", "林女士", "Petra Novak", "Novak"),
    "Organization": (
        "Northgate",
        "Northgate Holdings Ltd.",
        "Northgate Cloud",
        "远山集团",
        "Yuanshan",
        "AHL",
        "Advanced Harbour Logistics",
    ),
    "Product": ("Heron", "Heron 2", "Heron 2.5", "Larkfield Heron 2"),
}
RELATIONS = ("chiefExecutiveOf", "holdsPositionAt", "succeeds", "subsidiaryOf", "partnerOf", "releasedBy", "versionOf")
IDENTIFIERS = [f"{n}.txt" for n in range(6)]

few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@st.composite
def extraction(draw, identifier):
    """Write a document of a few names, with chains that may be wrong."""
    text, mentions = "-\n", []
    named = [(cls, name) for cls, names in sorted(NAMES.items()) for name in names]
    for cls, name in draw(st.lists(st.sampled_from(named), min_size=1, max_size=7)):
        mentions.append(Mention(Span(identifier, len(text), len(text) + len(name)), name, cls, "en", draw(st.integers(0, 5))))
        text += name + draw(st.sampled_from([" ", ". ", " ("]))
    chains = st.sampled_from([m.chain for m in mentions])
    spans = st.sampled_from([m.span for m in mentions])
    statuses = st.sampled_from(["Current", "Past", "Future", "Denied"])
    periods = st.builds(Period, st.sampled_from([None, "2020", "2021-03"]), st.sampled_from([None, "2023"]))
    confidences = st.sampled_from([0.5, 0.7, 0.9])
    claims = draw(
        st.lists(st.builds(Claim, chains, st.sampled_from(RELATIONS), chains, spans, statuses, st.none(), periods, confidences), max_size=4)
    )
    aliases = draw(st.lists(st.builds(Alias, spans, spans, st.just("known as"), st.booleans()), max_size=1))
    issued = draw(st.sampled_from([None, "2019", "2020-05", "2021-05-03"]))
    return Extraction(Document(identifier, text, "en", issued=issued), tuple(mentions), tuple(claims), (), tuple(aliases))


def written(corpus, ontology, path):
    """Write the graph of a corpus; return its bytes."""
    turtle.write(assemble(resolve(corpus, ontology), [e.document for e in corpus]), ontology, path)
    return path.read_bytes()


corpora = st.lists(st.sampled_from(IDENTIFIERS), unique=True, min_size=1, max_size=5).flatmap(
    lambda identifiers: st.tuples(*(extraction(i) for i in identifiers))
)


@few
@given(corpora, st.randoms(use_true_random=False))
def test_order_and_repetition_make_no_difference(ontology, corpus, dice):
    shuffled = [*corpus, *corpus]
    dice.shuffle(shuffled)
    assert resolve(shuffled, ontology) == resolve(corpus, ontology)


@few
@given(corpora, st.data())
def test_what_is_taken_away_leaves_no_trace(ontology, tmp_path_factory, corpus, data):
    kept = data.draw(st.lists(st.sampled_from(corpus), unique_by=lambda e: e.document.identifier))
    folder = tmp_path_factory.mktemp("graphs")
    fresh = written(kept, ontology, folder / "fresh.ttl")
    written(corpus, ontology, folder / "all.ttl")
    assert written(kept, ontology, folder / "left.ttl") == fresh


@few
@given(corpora)
def test_the_order_of_what_a_document_holds_makes_no_difference(ontology, corpus):
    turned = [Extraction(e.document, e.mentions[::-1], e.claims[::-1], e.utterances, e.aliases[::-1]) for e in corpus]
    assert resolve(turned, ontology) == resolve(corpus, ontology)


@few
@given(corpora)
def test_a_document_of_strangers_adds_its_own_and_changes_nothing(ontology, corpus):
    stranger = Extraction(Document("z.txt", "Qv", "en"), (Mention(Span("z.txt", 0, 2), "Qv", "Place", "en", 0),))
    without, with_it = resolve(corpus, ontology), resolve([*corpus, stranger], ontology)
    assert [e for e in with_it.entities if e.identifier != "place/qv"] == list(without.entities)
    assert with_it.facts == without.facts


@few
@given(corpora)
def test_every_mention_is_of_one_entity_and_facts_rest_on_claims(ontology, corpus):
    found = resolve(corpus, ontology)
    mentions = [s for e in found.entities for s in e.mentions]
    assert sorted(mentions) == sorted({m.span for e in corpus for m in e.mentions})
    assert len({e.identifier for e in found.entities}) == len(found.entities)
    assert len({f.identifier for f in found.facts}) == len(found.facts)
    known = {e.identifier for e in found.entities}
    assert all({f.subject, f.object} <= known and f.subject != f.object for f in found.facts)
    assert {s for f in found.facts for s in f.evidence} <= {c.evidence for e in corpus for c in e.claims}


@few
@given(corpora, st.sampled_from(["same", "different"]), st.data())
def test_a_judgement_touches_no_other_pair(ontology, corpus, kind, data):
    named = sorted({m.text for e in corpus for m in e.mentions})
    first, second = data.draw(st.sampled_from(named)), data.draw(st.sampled_from(named))
    before = {e.mentions for e in resolve(corpus, ontology).entities}
    after = {e.mentions for e in resolve(corpus, ontology, [Judgement(kind, first, second)]).entities}
    spoken_of = {m.span for e in corpus for m in e.mentions if m.text in (first, second)}
    untouched = {mentions for mentions in before if spoken_of.isdisjoint(mentions)}
    assert untouched <= after
