from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.attribution import scene
from kg.extract.quotations import quotations, quoted
from kg.model import Mention, Span

TABLE = [
    ('"We are ready," said Okafor.', ["We are ready,"]),
    ("“We are ready,” she said. “Very.”", ["We are ready,", "Very."]),
    ("‘We don’t know the workers’ names,’ he said.", ["We don’t know the workers’ names,"]),
    ("'We don't know the workers' names,' he said.", ["We don't know the workers' names,"]),
    ("The workers' union isn't Larkfield's. It's the '90s again.", []),
    ('He said: "I told him "no" and left." Then he left.', ['I told him "no" and left.']),
    ("“He said ‘no’ to me,” she said.", ["He said ‘no’ to me,"]),
    ('A 6.1" screen and a 7" one.', []),
    ('"We are glad, he said. "We go on," he added.', ["We go on,"]),
    ("„Wir gehen“, sagte er. «Bien», dit-elle.", ["Wir gehen", "Bien"]),
    ("``We go,'' she said.", ["We go,"]),
    ("“We begin.\n\n“We go on.\n\n“We end.” So she said.", ["We begin.", "We go on.", "We end."]),
    ('"We begin.\n\n"We go on.\n\n"We end," she said.', ["We begin.", "We go on.", "We end,"]),
    ("“We begin.\nWe go on and end.” So she said.", ["We begin.\nWe go on and end."]),
    ('"We are\nready," she said.', ["We are\nready,"]),
    ('She said: "We are ready.', ["We are ready."]),
    ("”We are ready,” she said.", ["We are ready,"]),
    ('"Kami siap," ujar Budi. "Sangat siap."', ["Kami siap,", "Sangat siap."]),
    (',,Kami siap," kata Budi, a,,b "x" y.', ["Kami siap,", "x"]),
    ("“Kami siap”, kata Budi.", ["Kami siap"]),
    ('Budi mengatakan,"Kami siap."', ["Kami siap."]),
    ("林晓云表示：“我们准备好了。”", ["我们准备好了。"]),
    ("“我们准备好了“，林晓云说。", ["我们准备好了"]),
    ('林晓云说"我们准备好了"并离开。', ["我们准备好了"]),
    ("他說：「我們說過『不』，現在也是。」", ["我們說過『不』，現在也是。"]),
    ("“我们先说。\n“我们再说。”", ["我们先说。", "我们再说。"]),
    ('""', []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_words_in_quotation_marks_are_found(text, expected):
    assert [text[a:b] for a, b in quoted(text)] == expected


@given(st.text(alphabet="ab说，,. \n\"'“”‘’「」『』«»s9", max_size=60))
def test_spans_are_sorted_disjoint_and_never_blank(text):
    spans = quoted(text)
    assert all(0 <= a < b <= len(text) and text[a:b].strip() == text[a:b] for a, b in spans)
    assert all(x[1] <= y[0] for x, y in pairwise(spans))


# Names in [brackets] are people, in {braces} organizations.
SPEAKERS = [
    ("en", '"We are ready to go," said [Okafor].', [("We are ready to go,", "Okafor")]),
    ("en", '"We are ready to go," [Ada Okafor], who succeeded [Obi], told {Larkfield}.', [("We are ready to go,", "Ada Okafor")]),
    ("en", '[Okafor] told [Obi]: "We are ready to go."', [("We are ready to go.", "Okafor")]),
    ("en", 'According to [Okafor], "the plant is as good as new".', [("the plant is as good as new", "Okafor")]),
    ("en", '[Okafor] met [Obi]. "We are ready to go," he said. "It was a long way home."', ["Okafor", "Okafor"]),
    ("en", '"We are ready," [Okafor] said, "and we are very glad."', [("and we are very glad.", "Okafor")]),
    ("en", '[Okafor] called it a "great day" and left. "The Long Road to Benin City" is a film.', []),
    ("en", "[Obi] left.\n\n[Okafor] spoke. “We begin with the roof.\n\n“We end with the door,” he said.", ["Okafor", "Okafor"]),
    ("en", '"We have no comment to make," {Larkfield} said in a statement.', [("We have no comment to make,", "Larkfield")]),
    ("id", '"Kami siap untuk melangkah," ujar [Budi], direktur {Samudra}.', [("Kami siap untuk melangkah,", "Budi")]),
    ("id", 'Menurut [Budi], "pabrik itu sudah siap dipakai".', [("pabrik itu sudah siap dipakai", "Budi")]),
    ("id", '[Budi] menggantikan [Sari]. "Kami siap untuk melangkah," katanya.', [("Kami siap untuk melangkah,", "Budi")]),
    ("id", '[Budi] mengatakan, "Kami siap untuk melangkah."', [("Kami siap untuk melangkah.", "Budi")]),
    ("zh", "[林晓云]表示：“我们已经准备好了。”", [("我们已经准备好了。", "林晓云")]),
    ("zh", "“我们已经准备好了，”{青禾}总裁[林晓云]说，“现在马上就可以开始。”", ["林晓云", "林晓云"]),
    ("zh", "「我們已經準備好了。」[林曉雲]說。", [("我們已經準備好了。", "林曉雲")]),
    ("zh", "[林晓云]主演的《远山》获得“最佳影片”奖。", []),
    ("en", '[Okafor] said "the price is far too low", while [Obi] spoke of "a fair price for all".', ["Okafor", "Obi"]),
    ("en", '[Okafor] wrote "we will wait for you", and [Obi] added "not for very long though".', ["Okafor", "Obi"]),
    ("id", '[Budi] mengatakan "harga itu terlalu rendah", sedangkan [Sari] menyebut "harga yang cukup wajar".', ["Budi", "Sari"]),
    ("zh", "[林晓云]表示“这个价格实在太低了”，而[韩立群]则说“这个价格已经很公平”。", ["林晓云", "韩立群"]),
    ("en", '[Ada Okafor] chairs {Larkfield}. [Obi] left. Dame Ada replied: "We are ready to go."', ["Ada Okafor"]),
    ("en", '[Ada Okafor] chairs {Larkfield}. [Obi] left. "We are ready to go," said Dame Ada.', ["Ada Okafor"]),
    ("en", '[Ada Okafor] chairs {Larkfield}. [Obi] left. "We are ready to go," Ada said.', ["Ada Okafor"]),
    ("en", '[Ada Okafor] left, [Ada Lim] stayed. [Obi] spoke. Dame Ada replied: "We are ready to go."', ["Obi"]),
    ("en", '[Ada Okafor] left. [Obi] spoke. Musa Ada replied: "We are ready to go."', ["Obi"]),
    ("en", '[Ada Okafor] left. [Obi] spoke. Ada Co said: "We are ready to go."', ["Obi"]),
    ("id", '[Budi] memimpin {Lontar Mas}. Seorang pelanggan mengeluh, "Gula saya datang terlambat tiga hari."', []),
    ("id", '[Budi] mendirikan {Lontar} pada 2019. Seorang pelanggan mengeluh, "Gula saya datang terlambat tiga hari."', []),
    ("en", '[Ada Okafor] runs {Qent Inc}. Chair [Obi] said: "We are ready to go."', ["Obi"]),
    ("en", '[Okafor] would not comment. "We are ready to go," a spokesman said. "It was a long way home."', []),
    ("en", '[Okafor] left. "He wanted to buy a house," a person close to [*him] said.', []),
    ("en", '[Okafor] left. "He wanted to buy a house," said one of [Okafor]\'s lawyers.', []),
    ("en", '"We are ready to go," a clerk said. "We are not ready," [Okafor] said.', [("We are not ready,", "Okafor")]),
    ("id", '[Siti] tidak berkomentar. "Kami sudah siap melangkah," kata seorang juru bicara {Samudra}.', []),
    ("id", '[Siti] pergi. Seorang pengacara {Samudra} berkata: "Kami sudah siap untuk melangkah."', []),
    ("zh", "[韩立群]没有出席。“我们已经准备好了。”一位发言人说。", []),
    ("zh", "“我们已经准备好了。”接近[韩立群]的一位人士说。", []),
    ("en", '[Okafor] runs {Larkfield}. Her father always told her, "Never cheat a customer, however small."', []),
    ("en", '[Okafor] runs {Larkfield}. Critics shouted, "They never pay their bakers on time."', []),
    ("en", '[Okafor] runs {Larkfield}. "We are ready to go," her brother, [Obi], said.', ["Obi"]),
    ("id", '[Siti] mendirikan {Samudra}. Ayahnya selalu bilang, "Jangan pernah menipu pembeli mana pun."', []),
    ("id", '[Siti] pergi. Para petani berteriak, "Turunkan harga pupuk sekarang juga!"', []),
    ("id", '[Siti] pergi. Juru bicara kementerian menyatakan, "Izin usaha itu sudah dicabut."', []),
    ("id", '[Siti] pergi. Seorang pelanggan mengeluh, "Gula saya datang terlambat tiga hari."', []),
    ("id", '"Kamu akan menyesal," kata suami saya. Adiknya [Budi] berkata, "Kami siap untuk melangkah."', ["Budi"]),
    ("zh", "[林晓云]创办了{青禾}。她的父亲常说：“做生意不能欺骗顾客。”", []),
    ("zh", "[林晓云]创办了{青禾}。网友评论道：“这家公司的产品很好用。”", []),
    ("zh", "[林晓云]创办了{青禾}。她的父亲[林大山]说：“做生意不能欺骗顾客。”", ["林大山"]),
    ("en", '"We are ready to go," said a spokesman, [Okafor].', ["Okafor"]),
    ("en", '"We are ready to go," said a spokesman for {Tern}, which is new. [Okafor] left.', []),
    ("en", 'A week later [Okafor] said: "We are ready to go."', ["Okafor"]),
    ("id", '"Kami sudah siap melangkah," kata seorang analis, [Budi].', ["Budi"]),
    ("en", '"The price is far too low," {Larkfield} said of [Okafor]\'s offer.', ["Larkfield"]),
    ("zh", "“这个价格实在太低了。”{星澜科技}发言人在谈到[韩立群]时说。", ["星澜科技"]),
]


@pytest.mark.parametrize(("language", "text", "expected"), SPEAKERS)
def test_speakers_are_told_by_what_stands_around(language, text, expected, blank, marked, ontology):
    plain, mentions, chains = marked(text)
    names = {n: w for w, n in chains.items()}
    found = quotations(blank(plain, language), mentions, {}, ontology)
    assert all(plain[u.span.start : u.span.end] == u.text for u in found)
    pairs = [(u.text, names[u.speaker]) for u in found]
    assert [p if isinstance(e, tuple) else p[1] for p, e in zip(pairs, expected, strict=True)] == expected


def test_a_speaker_known_beforehand_does_not_speak_for_somebody_not_named(blank, marked, ontology):
    plain, mentions, _ = marked('[Okafor] left. "We are ready to go," a spokesman said.')
    assert not quotations(blank(plain, "en"), mentions, {quoted(plain)[0]: 0}, ontology)


def test_a_speaker_known_beforehand_wins(blank, marked, ontology):
    plain, mentions, _ = marked('"We are ready to go," said [Okafor] to [Obi].')
    found = quotations(blank(plain, "en"), mentions, {quoted(plain)[0]: 1}, ontology)
    assert [u.speaker for u in found] == [1]


SPANS = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 6)).map(lambda s: (s[0], sum(s))), max_size=10)


def people(spans):
    return [Mention(Span("a.txt", a, b), "x", "Person", "en", n) for n, (a, b) in enumerate(spans)]


@given(SPANS, SPANS)
def test_who_is_named_within_a_quotation_does_not_speak_it(ontology, quotes, named):
    outside = [m for m in people(named) if not any(a <= m.span.start < b for a, b in quotes)]
    assert scene("x" * 30, tuple(quotes), people(named), ontology).mentions == tuple(sorted(outside, key=lambda m: m.span))


def test_twice_as_many_quotations_and_names_take_twice_the_work(ontology, steps):
    spans = [(n, n + 5) for n in range(0, 4000, 10)]
    work = [steps(lambda size=size: scene("", tuple(spans[:size]), people(spans[:size]), ontology)) for size in (200, 400)]
    assert work[1] <= 2.5 * work[0]
