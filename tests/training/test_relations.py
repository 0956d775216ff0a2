"""Relations of open corpora: what a corpus tells is a target, the right way round; all else is ignored."""

import json
import random

import numpy as np
import pytest

from kg.languages.encoder import WEIGHTS, inventory
from kg.languages.encoder.pieces import splitter
from kg.ontology import load
from kg.training.examples import IGNORED, OTHER_KIND
from kg.training.redocred import joined
from kg.training.relations import linked, relation_texts

CUT = splitter(WEIGHTS / "vocabulary.txt")
INVENTORY = inventory.inventory(load())
PASSAGES = (
    ("Mira Holt runs Fernhill as chief, and she likes Oda Berg.", ["CEO", "SUBSIDIARY_OF"],
     [("CEO", "Fernhill", "Mira Holt"), ("CEO", "Fernhill", "she"), ("SPOUSE", "Mira Holt", "Oda Berg")]),
    ("Tarn Mills is based in Brae, Norland.", ["HEADQUARTERS"],
     [("HEADQUARTERS", "Tarn Mills", "Brae"), ("HEADQUARTERS", "Tarn Mills", "Norland")]),
    ("Ole Vik, chairman of Tarn Mills, was there.", ["EMPLOYEE_OR_MEMBER_OF"], [("EMPLOYEE_OR_MEMBER_OF", "Ole Vik", "Tarn Mills")]),
)  # fmt: skip
DOCUMENT = {
    "sents": [["Fernhill", "'s", "Glow", "(", "2019", ")", "beat", "Lumo", "."],
              ["Brae", "is", "home", "to", "Fernhill", ",", "not", "Tarn", "of", "Ulm", "."]],
    "vertexSet": [
        [{"type": "ORG", "pos": [0, 1], "sent_id": 0}, {"type": "ORG", "pos": [4, 5], "sent_id": 1}],
        [{"type": "MISC", "pos": [2, 3], "sent_id": 0}],
        [{"type": "MISC", "pos": [7, 8], "sent_id": 0}],
        [{"type": "LOC", "pos": [0, 1], "sent_id": 1}],
        [{"type": "ORG", "pos": [7, 8], "sent_id": 1}],
        [{"type": "LOC", "pos": [9, 10], "sent_id": 1}],
    ],
    "labels": [{"r": "P178", "h": 1, "t": 0, "evidence": [0]}, {"r": "P159", "h": 0, "t": 3, "evidence": [1]},
               {"r": "P159", "h": 4, "t": 5, "evidence": []},
               {"r": "P127", "h": 4, "t": 0, "evidence": []}],
}  # fmt: skip
LINES = (
    ("青禾", "白桦", "收购", "青禾完成收购白桦,蓝杉未参与"), ("白桦", "青禾", "被收购", "青禾完成收购白桦,蓝杉未参与"),
    ("青禾", "蓝杉", "unknown", "青禾完成收购白桦,蓝杉未参与"), ("蓝杉", "青禾", "unknown", "青禾完成收购白桦,蓝杉未参与"),
    ("青禾", "蓝杉", "合作", "青禾与蓝杉合作<N>年"), ("青禾", "白桦", "拟收购", "青禾拟收购白桦"),
    ("青禾", "蓝杉", "竞争", "青禾与蓝杉同日上市"),
)  # fmt: skip


@pytest.fixture(scope="module")
def corpora(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpora")
    for name in ("KnowledgeNet", "Re-DocRED", "FinRE"):
        (folder / name).mkdir()
    passages = [passage(*p) for p in PASSAGES]
    (folder / "KnowledgeNet" / "train.jsonl").write_text("".join(json.dumps(p) + "\n" for p in passages), encoding="utf-8")
    (folder / "Re-DocRED" / "dev_revised.json").write_text(json.dumps([DOCUMENT]), encoding="utf-8")
    (folder / "FinRE" / "train.txt").write_text("\n\n".join("\t".join(line) for line in LINES), encoding="utf-8")
    return folder


def passage(text, props, facts):
    def place(form):
        return [text.index(form), text.index(form) + len(form)]

    told = [{"rel": r, "s": place(s), "o": place(o), "su": None, "ou": None} for r, s, o in facts]
    return {"fold": 1 + len(facts) % 2, "doc": text[:8], "text": text, "props": props, "facts": told}


@pytest.fixture(scope="module")
def shown(corpora):
    """Gives the target of a link between two names of the text that begins with some words, and the whole example."""
    windows = {t.annotated.extraction.document.text: (t, next(linked(t, CUT, INVENTORY))) for t in relation_texts(corpora)}

    def look(begin, subject=None, relation=None, other=None):
        text, example = next(pair for written, pair in windows.items() if written.startswith(begin))
        if subject is None:
            return example
        chains = {m.text: m.chain for m in text.annotated.extraction.mentions}
        order = list(dict.fromkeys(m.chain for m in text.annotated.extraction.mentions))
        return example.relations[order.index(chains[subject]), order.index(chains[other]), INVENTORY.relations.index(relation)]

    return look


@pytest.mark.parametrize(("begin", "subject", "relation", "other", "target"), [
    ("Mira", "Mira Holt", "chiefExecutiveOf", "Fernhill", 1),
    ("Mira", "Oda Berg", "chiefExecutiveOf", "Fernhill", 0),  # looked for and not found
    ("Mira", "Oda Berg", "founderOf", "Fernhill", IGNORED),  # not looked for
    ("Mira", "Mira Holt", "holdsPositionAt", "Fernhill", IGNORED),
    ("Tarn", "Tarn Mills", "headquarteredIn", "Brae", 1),
    ("Tarn", "Tarn Mills", "headquarteredIn", "Norland", IGNORED),  # only says where Brae lies
    ("Fernhill", "Glow", "releasedBy", "Fernhill", 1),
    ("Fernhill", "Lumo", "releasedBy", "Fernhill", IGNORED),  # any kind of thing
    ("Fernhill", "Fernhill", "headquarteredIn", "Brae", 1),
    ("Fernhill", "Tarn", "headquarteredIn", "Brae", 0),
    ("Fernhill", "Tarn", "headquarteredIn", "Ulm", IGNORED),  # labelled without evidence
    ("Fernhill", "Tarn", "subsidiaryOf", "Fernhill", IGNORED),  # its owner may be an investor
    ("Fernhill", "Tarn", "partnerOf", "Fernhill", IGNORED),
    ("青禾完成", "青禾", "acquired", "白桦", 1),
    ("青禾完成", "白桦", "acquired", "青禾", 0),
    ("青禾完成", "青禾", "acquired", "蓝杉", 0),
    ("青禾完成", "白桦", "acquired", "蓝杉", IGNORED),  # a pair without a label
    ("青禾完成", "青禾", "partnerOf", "白桦", IGNORED),
    ("青禾与蓝杉合作", "蓝杉", "partnerOf", "青禾", 1),  # symmetric
])  # fmt: skip
def test_a_relation_is_a_target_only_where_the_corpus_tells(shown, begin, subject, relation, other, target):
    assert shown(begin, subject, relation, other) == target


def test_a_label_without_its_words_in_the_sentence_is_not_taught(corpora):
    claims = {t.annotated.extraction.document.text: t.stated for t in relation_texts(corpora)}
    assert not any("同日上市" in text and stated for text, stated in claims.items())


def test_an_employee_who_may_be_a_chairman_is_not_taught(corpora):
    assert not any(t.annotated.extraction.document.text.startswith("Ole") and t.stated for t in relation_texts(corpora))


def test_pronouns_are_no_names(corpora):
    assert "she" not in {m.text for t in relation_texts(corpora) for m in t.annotated.extraction.mentions}


def test_words_outside_names_are_unknown_or_at_least_no_person_and_no_organization(shown):
    assert (shown("Mira").names != 0).all() and OTHER_KIND not in shown("Mira").names
    names = shown("Fernhill").names
    assert 0 not in names and (names == OTHER_KIND).any()
    assert 1 + 2 * INVENTORY.types.index("Place") not in names


def test_titles_nominals_and_speakers_are_ignored(shown):
    for begin in ("Mira", "Fernhill", "青禾完成"):
        example = shown(begin)
        assert (example.titles == IGNORED).all() and (example.nominals == IGNORED).all() and (example.relations[..., -1] == IGNORED).all()


def test_only_a_status_that_the_corpus_tells_is_taught(shown):
    assert not len(shown("青禾完成").statuses) and not len(shown("Mira").statuses)
    assert {INVENTORY.statuses[row[3]] for row in shown("青禾拟").statuses} == {"Future"}


def test_words_are_joined_as_written_and_keep_their_places():
    words = [["Fernhill", "'s", '"', "Glow", '"', "(", "2019", ")", "has", "well", "-", "made", "parts", "."], ["It", "won", "."]]
    text, places = joined(words)
    assert text == 'Fernhill\'s "Glow" (2019) has well-made parts. It won.'
    assert [[text[a:b] for a, b in row] for row in places] == words


def test_one_silent_text_is_kept_for_every_two_that_state_something(tmp_path, corpora):
    for name in ("Re-DocRED", "FinRE"):
        (tmp_path / name).symlink_to(corpora / name)
    (tmp_path / "KnowledgeNet").mkdir()
    stating, silent = passage(*PASSAGES[1]), passage(*PASSAGES[2])
    lines = [json.dumps(p) for p in [stating] * 4 + [silent] * 9]
    (tmp_path / "KnowledgeNet" / "train.jsonl").write_text("\n".join(lines), encoding="utf-8")
    kept = [t for t in relation_texts(tmp_path) if t.annotated.extraction.document.identifier.startswith("knowledgenet")]
    assert (len([t for t in kept if t.stated]), len(kept)) == (4, 6)


def test_the_loss_of_partly_annotated_windows_is_finite_and_learnt_from(corpora):
    torch = pytest.importorskip("torch", reason="the train extra is not installed")
    from kg.training.joint import Losses
    from kg.training.network import Reader

    torch.manual_seed(0)
    batch = [e for t in relation_texts(corpora) for e in linked(t, CUT, INVENTORY)]
    random.Random(0).shuffle(batch)
    reader = Reader.of(CUT.tokenizer.get_vocab_size(), INVENTORY, 2)
    loss = Losses.of(INVENTORY, CUT)(reader, batch, noisy=True)
    loss.backward()
    slopes = [p.grad for p in reader.parameters() if p.grad is not None]
    assert np.isfinite(loss.item()) and slopes and all(torch.isfinite(g).all() for g in slopes)
