"""Pieces, windows and tags: what the network reads lies where the text says it does."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.languages.encoder import WEIGHTS, _uncovered
from kg.languages.encoder.pieces import CASES, case_of, splitter
from kg.languages.encoder.tags import Tagged, decode, divided
from kg.languages.encoder.windows import sentence_ends, windows

CUT = splitter(WEIGHTS / "vocabulary.txt")
TEXTS = st.text(alphabet=st.sampled_from('Aab é0.。，!\n 林岸氏電电脑公司（)"“”’Ü𠮷\u200b'), max_size=120)


@given(TEXTS)
@settings(deadline=None, max_examples=60)
def test_pieces_lie_in_order_inside_the_text(text):
    pieces = CUT(text)
    assert (pieces.starts < pieces.ends).all()
    assert (pieces.starts[1:] >= pieces.ends[:-1]).all()
    assert not len(pieces.ends) or pieces.ends.max() <= len(text)


@pytest.mark.parametrize(
    ("word", "case"),
    [("kapal", "lower"), ("Kapal", "title"), ("PT", "upper"), ("eTower", "mixed"), ("B2B", "digit"), ("港", "other"), ("X", "title")],
)
def test_a_word_has_a_casing(word, case):
    assert CASES[case_of(word)] == case


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kapal tiba. Namun Sari pergi.", {"Kapal": "opening", "Namun": "opening", "Sari": "title"}),
        ("“Kami pergi,” kata Sari: “Besok.”", {"Kami": "opening", "Sari": "title", "Besok": "opening"}),
        ("• Nike rises\n2) Puma falls", {"Nike": "opening", "rises": "lower", "Puma": "title"}),
        ("He met Dr. Okafor and J. Silva.", {"He": "opening", "Dr": "title", "Okafor": "title", "Silva": "title"}),
        ("Qent Names Okafor Its Chief\nShe begins.", {"Qent": "headline", "Names": "headline", "Okafor": "headline", "She": "opening"}),
        ("ACME Grows in Java", {"ACME": "upper", "Grows": "headline", "in": "lower", "Java": "headline"}),
        ("Okafor Leads Qent.", {"Okafor": "opening", "Leads": "title", "Qent": "title"}),
        ("Apple、Meta和Intel", {"Apple": "opening", "Meta": "title", "Intel": "title"}),
    ],
)
def test_capitals_that_tell_nothing_are_told_apart(text, words):
    pieces = CUT(text)
    assert {w: CASES[pieces.cases[pieces.starts.tolist().index(text.index(w))]] for w in words} == words


def test_traditional_characters_read_like_simplified_ones():
    assert CUT("電腦公司").ids.tolist() == CUT("电脑公司").ids.tolist()


def test_a_word_of_several_ideographs_is_one_piece_where_the_vocabulary_has_it(tmp_path):
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "董事长", *"董事长林木任电脑公司2"]
    (tmp_path / "vocabulary.txt").write_text("\n".join(pieces), encoding="utf-8")
    cut = splitter(tmp_path / "vocabulary.txt")
    for text in ("林木任董事长2", "林木任董事長2"):
        read = cut(text)
        assert [text[a:b] for a, b in zip(read.starts, read.ends, strict=True)] == ["林", "木", "任", text[3:6], "2"]
        assert [pieces[n] for n in read.ids] == ["林", "木", "任", "董事长", "2"]
        assert {len(a) for a in read} == {5}


def test_wide_letters_and_digits_read_like_narrow_ones():
    wide, narrow = CUT("公司ＣＥＯ称２０２３年"), CUT("公司CEO称2023年")
    assert all((a == b).all() for a, b in zip(wide, narrow, strict=True))


@given(TEXTS, st.integers(8, 40))
@settings(deadline=None, max_examples=60)
def test_windows_cover_every_piece_and_stay_in_their_limit(text, limit):
    pieces = CUT(text)
    parts = list(windows(text, pieces, CUT, limit, limit // 3))
    seen = {int(p) for part in parts for p in part.places if p >= 0}
    assert seen == set(range(len(pieces.ids)))
    assert all((part.places >= 0).sum() <= limit for part in parts)


def test_a_line_break_leaves_a_mark_between_its_pieces():
    (part,) = windows("Laut Biru\nJakarta", CUT("Laut Biru\nJakarta"), CUT)
    assert (part.places[1:-1] == -1).sum() == 1


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("He left. She stayed.", ["He left. ", "She stayed."]),
        ("他走了。她留下。", ["他走了。", "她留下。"]),
        ("Ia pergi.\nDia tinggal.", ["Ia pergi.\n", "Dia tinggal."]),
        ("“我走。”他说。", ["“我走。”", "他说。"]),
    ],
)
def test_sentences_end_after_their_marks(text, sentences):
    starts = [0, *(e for e in sentence_ends(text) if e < len(text))]
    assert [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)] == sentences


def scores(*labels: int) -> np.ndarray:
    table = np.full((len(labels), 5), 0.02)
    table[np.arange(len(labels)), labels] = 0.92
    return np.log(table)


@pytest.mark.parametrize(
    ("labels", "spans"),
    [
        ((0, 1, 2, 0), [(1, 2, 0)]),
        ((1, 1, 0), [(0, 1, 0)]),  # never two names of one type in one breath
        ((1, 3, 0), [(0, 0, 0), (1, 1, 1)]),
        ((), []),
    ],
)
def test_decoding_gives_valid_spans(labels, spans):
    table = scores(*labels) if labels else np.zeros((0, 5))
    found = [(t.first, t.last, t.kind) for t in decode(table, np.zeros(len(labels), dtype=bool))]
    assert found == spans


def test_an_inside_without_its_beginning_is_repaired():
    table = scores(0, 4, 4)
    table[1, 3] = np.log(0.3)
    assert [(t.first, t.last, t.kind) for t in decode(table, np.zeros(3, dtype=bool))] == [(1, 2, 1)]


def test_a_name_of_doubtful_type_is_found():
    table = np.log(np.array([[0.92, 0.02, 0.02, 0.02, 0.02], [0.4, 0.34, 0.0001, 0.26, 0.0001]]))
    (found,) = decode(table, np.zeros(2, dtype=bool))
    assert (found.first, found.last, found.kind) == (1, 1, 0)
    assert found.score == pytest.approx(0.6)
    assert found.types.sum() == pytest.approx(1)


def test_a_span_divided_has_for_each_part_the_type_of_its_words():
    table = scores(1, 2, 4)
    one, other = divided(Tagged(0, 2, 0.8, np.array([0.9, 0.1])), 2, table)
    assert [(t.first, t.last, t.score, t.kind) for t in (one, other)] == [(0, 1, 0.8, 0), (2, 2, 0.8, 1)]
    assert one.types.sum() == pytest.approx(1)


def test_a_span_never_crosses_a_line():
    fresh = np.array([False, False, True])
    found = next(iter(decode(scores(1, 2, 2), fresh)))
    assert (found.first, found.last) == (0, 1)


SPANS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4)).map(lambda s: Tagged(s[0], s[0] + s[1], 1.0, np.ones(1))), max_size=8)


@given(SPANS, SPANS)
def test_a_nominal_within_a_name_is_left_out(nominals, names):
    inside = [any(n.first <= t.first and t.last <= n.last for n in names) for t in nominals]
    assert _uncovered(nominals, names) == [t for t, covered in zip(nominals, inside, strict=True) if not covered]


def test_twice_as_many_names_and_nominals_take_twice_the_work(steps):
    names, nominals = ([Tagged(n, n + 1, 1.0, np.ones(1)) for n in range(first, 2000, 5)] for first in (0, 3))
    work = [steps(lambda size=size: _uncovered(nominals[:size], names[:size])) for size in (200, 400)]
    assert work[1] <= 2.5 * work[0]
