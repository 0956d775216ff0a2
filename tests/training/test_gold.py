"""Gold is read as a perfect extractor would find it."""

import json

from kg.training.gold import annotated_documents, annotated_passages

TEXT = "Mira Holt leads Fernhill. Holt said: “We grow every year.”"
ANNOTATION = {
    "id": "a",
    "language": "en",
    "published": "2031-02-03",
    "entities": [
        {"id": "p", "type": "Person", "name": "Mira Holt", "mentions": ["Mira Holt", "Holt"]},
        {"id": "o", "type": "Organization", "name": "Fernhill", "mentions": ["Fernhill"], "optional": True},
    ],
    "relations": [
        {
            "subject": "p",
            "predicate": "chiefExecutiveOf",
            "object": "o",
            "status": "current",
            "evidence": "Mira Holt leads Fernhill",
            "optional": True,
        }
    ],
    "quotes": [{"speaker": "p", "text": "We grow every year."}],
}


def test_every_occurrence_is_a_mention_longest_first(tmp_path, ontology):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.json").write_text(json.dumps(ANNOTATION), encoding="utf-8")
    (found,) = annotated_documents(tmp_path, ontology)
    extraction = found.extraction
    assert [(m.text, m.chain) for m in extraction.mentions] == [("Mira Holt", 0), ("Fernhill", 1), ("Holt", 0)]
    assert [TEXT[c.evidence.start : c.evidence.end] for c in extraction.claims] == ["Mira Holt leads Fernhill"]
    assert [(u.speaker, u.text) for u in extraction.utterances] == [(0, "We grow every year.")]
    assert (found.arguable_chains, found.arguable_claims) == ({1}, {0})


def test_passages_bring_exact_spans_and_nominals(tmp_path, ontology):
    entities = [{"id": "p", "type": "Person", "name": "Mira", "mentions": ["Mira"], "spans": [[0, 4, "name"], [11, 14, "nominal"]]}]
    line = {"id": "x", "language": "en", "text": "Mira says, she knows.", "entities": entities, "relations": []}
    path = tmp_path / "en.jsonl"
    path.write_text(json.dumps(line) + "\n", encoding="utf-8")
    (found,) = annotated_passages(path, ontology)
    assert [(m.text, m.nominal) for m in found.extraction.mentions] == [("Mira", False), ("she", True)]
