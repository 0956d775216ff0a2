"""Extractions resolve into entities, facts and quotations."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from extractions import claim, told

from kg.model import Alias, Assertion, Claim, Document, Extraction, Period, Span, Utterance
from kg.resolve import Judgement, resolve


def names(resolution):
    return {frozenset(n.text for n in e.names) for e in resolution.entities}


def test_nothing_resolves_to_nothing(ontology):
    resolution = resolve([Extraction(Document("empty.txt", ""))], ontology)
    assert (resolution.entities, resolution.facts, resolution.quotations) == ((), (), ())


def test_a_surname_joins_the_full_name_of_its_document_only(ontology):
    one = told("1.txt", "[P1 Maria Okafor] spoke. [P2 Okafor] left.")
    other = told("2.txt", "[P1 Okafor] stayed.")
    assert names(resolve([one, other], ontology)) == {frozenset({"Maria Okafor", "Okafor"}), frozenset({"Okafor"})}


def test_a_surname_that_two_bear_goes_to_the_last_named(ontology):
    text = "-\n[P1 Dario Amato] spoke to [P2 Petra Novak]. [P3 Amato] left. [P4 Daniela Amato] came. [P5 Ms Amato] spoke."
    assert frozenset({"Dario Amato", "Amato"}) in names(resolve([told("1.txt", text)], ontology))


def test_a_relation_parts_only_the_names_in_its_evidence(ontology):
    text = "[O3 Tarn] showed the [R1 Tarn K7 Max]. The [R1 K7] and the [R2 K7 Max] are kin."
    first = told("1.txt", text, claim(2, "versionOf", 1))
    place = replace(first.claims[0].evidence, start=first.document.text.index("The K7"))
    resolution = resolve([replace(first, claims=(replace(first.claims[0], evidence=place),))], ontology)
    assert any({"Tarn K7 Max", "K7 Max"} <= one for one in names(resolution))


def test_a_short_name_parts_no_names_that_differ_by_their_maker(ontology):
    text = "[O3 Tarn] showed the [R1 Tarn K7 Max]. The [R1 Max] is new. The [R2 K7 Max] sells, and so does the [R4 K7]."
    assert frozenset({"Tarn K7 Max", "K7 Max", "Max"}) in names(resolve([told("1.txt", text)], ontology))


def test_a_parent_and_its_unit_stay_two(ontology):
    text = "[O1 Alidune] owns [O2 Alidune Cloud]. [O1 Alidune] grows."
    assert len(resolve([told("1.txt", text, claim(2, "subsidiaryOf", 1))], ontology).entities) == 2


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("[O1 Brightwater Capital] grows. [O1 Brightwater] hires.", 1),
        ("[O1 Brightwater] grows. Its workers joined [O1 Brightwater Capital].", 2),
        ("[O1 Brightwater Capital] said: “The field is one that [O1 Brightwater] likes.”", 1),
        ("[O1 Brightwater Capital] was founded by a professor at [O1 Brightwater]. It grows.", 2),
        ("[O1 Brightwater Capital] grows. [O2 Capital] and [O1 Brightwater] are its halves.", 3),
        ("[O1 Hotel Cakra Indah] grows. [O2 Cakra Group] too.", 2),
        ("[L1 West Java] grows. [L2 Java] too.", 2),
        ("[O1 Brightwater Workers Union] struck. [O1 Brightwater] grows.", 2),
        ("[O1 Brightwater Foundation] gave. [O1 Brightwater] grows.", 2),
        ("[O1 Serikat Pekerja Lontar Mas] menolak. [O1 Lontar Mas] dijual.", 2),
        ("[O1 Dana Pensiun Lontar Mas] menjual saham. [O1 Lontar Mas] tumbuh.", 2),
        ("[O1 Yayasan Bina Nusa] tumbuh. [O1 Bina Nusa] membangun sekolah.", 1),
        ("[O1 PT Lontar Mas] tumbuh. [O1 Yayasan Lontar Mas] membangun sekolah.", 2),
        ("[O1 茂林食品工会]反对。[O1 茂林食品]将出售。", 2),
        ("[O1 红松资本]领投。[O1 红松]成立于2031年。", 1),
    ],
)
def test_a_short_name_stands_for_a_longer_one_that_comes_before_it(ontology, text, count):
    assert len(resolve([told("1.txt", "-\n" + text)], ontology).entities) == count


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[P1 Bimo Satrio] came. [P1 Bimo] spoke. [P1 Bimo Prakoso] left.", {("Bimo Satrio", "Bimo"), ("Bimo Prakoso",)}),
        ("[P1 Maria Costell] spoke. [P1 Costell] left. [P1 Tom Costell] came.", {("Maria Costell", "Costell"), ("Tom Costell",)}),
        ("[P1 Eddie Wu] spoke. [P1 Wu] left. [P1 Wu Yongming] came.", {("Eddie Wu", "Wu", "Wu Yongming")}),
        ("[P1 欧阳德]来了。[P1 欧阳德明]走了。", {("欧阳德",), ("欧阳德明",)}),
    ],
)
def test_full_names_that_share_one_word_in_one_place_are_two_people_in_one_chain_too(ontology, text, expected):
    assert names(resolve([told("1.txt", "-\n" + text)], ontology)) == set(map(frozenset, expected))


FORMER = [
    ("[O1 Velmora], formerly [O1 Credane], grew. [O1 Credane] was small. [O1 Credane] was poor.", "Velmora"),
    ("Formerly [O1 Credane], [O1 Velmora] grew. [O1 Credane] was small.", "Velmora"),
    ("[O1 Credane] changed its name to [O1 Velmora]. [O1 Credane] was small.", "Velmora"),
    ("[O1 Credane], a firm once small and now known as [O1 Velmora], grew. [O1 Credane] was poor.", "Velmora"),
    ("[O1 Sinar Baru], dulu bernama [O1 Sinar Lama], tumbuh. [O1 Sinar Lama] kecil.", "Sinar Baru"),
    ("[O1 远山科技]原名[O1 蓝海网络]。[O1 蓝海网络]很小。", "远山科技"),
    ("[O1 蓝海网络]后更名为[O1 远山科技]。[O1 蓝海网络]很小。", "远山科技"),
    ("[O1 Velmora], also known as [O1 Credane], grew. [O1 Credane] is small.", "Credane"),
]


@pytest.mark.parametrize(("text", "preferred"), FORMER)
def test_a_name_of_former_times_is_not_preferred(ontology, text, preferred):
    extraction = told("1.txt", "-\n" + text)
    first, second = extraction.mentions[0].span, extraction.mentions[1].span
    aliased = replace(extraction, aliases=(Alias(first, second, "a word of naming"),))
    assert [e.preferred.text for e in resolve([aliased], ontology).entities] == [preferred]


def test_what_a_text_calls_one_is_one(ontology):
    extraction = told("1.txt", "[R1 Cendrawasih], known as [R2 Paradisa]")
    spans = [m.span for m in extraction.mentions]
    alias = Alias(spans[0], spans[1], "known as")
    aliased = Extraction(extraction.document, extraction.mentions, aliases=(alias,))
    assert len(resolve([extraction], ontology).entities) == 2
    assert len(resolve([aliased], ontology).entities) == 1


def test_what_a_text_tells_apart_stays_apart(ontology):
    extraction = told("1.txt", "[P1 Maria Okafor] is no relation of [P2 Ms Okafor]")
    spans = [m.span for m in extraction.mentions]
    denied = Extraction(extraction.document, extraction.mentions, aliases=(Alias(spans[0], spans[1], "no relation", same=False),))
    assert len(resolve([extraction], ontology).entities) == 1
    assert len(resolve([denied], ontology).entities) == 2


def test_namesakes_of_one_text_that_names_others_stay_apart(ontology):
    extraction = told("1.txt", "[P1 Maria Okafor] of [O2 Northgate] is no relation of [P3 Maria Okafor] of [O4 Harbour Foods]")
    one, other = (m.span for m in extraction.mentions if m.type == "Person")
    told_apart = Extraction(extraction.document, extraction.mentions, aliases=(Alias(one, other, "no relation of", same=False),))
    assert sorted(e.mentions for e in resolve([told_apart], ontology).entities if e.classes[0] == "Person") == [(one,), (other,)]


SPELLED = [
    ("Pieter Vandam", "皮特·范达姆"),
    ("Carlos Mendoza", "卡洛斯·门多萨"),
    ("Ingrid Haugen", "英格丽德·豪根"),
    ("Marcus Feld", "马库斯·费尔德"),
    ("Michael Stone", "迈克尔·斯通"),
    ("Robert Parker", "罗伯特·帕克"),
]


@pytest.mark.parametrize(("latin", "han"), SPELLED)
def test_a_name_spelled_by_sound_in_another_document_is_one_where_their_stories_meet(ontology, latin, han):
    english = told("1.txt", f"[P1 {latin}] met [O2 Northgate] and [O3 Tarrow Mills]")
    chinese = told("2.txt", f"[P1 {han}]与[O2 Northgate]及[O3 Tarrow Mills]会面", language="zh")
    assert frozenset({latin, han}) in names(resolve([english, chinese], ontology))
    stranger = told("2.txt", f"[P1 {han}]与[O2 Larkfield]及[O3 Harbour Foods]会面", language="zh")
    assert frozenset({latin, han}) not in names(resolve([english, stranger], ontology))


def test_an_entity_bears_its_names_classes_and_a_readable_identifier(ontology):
    one = told("1.txt", "[O1 Northgate Bank Ltd] and [P2 Maria Okafor]")
    other = told("2.txt", "[O1 远山集团]的[P2 林晓云]", language="zh")
    found = {e.identifier: e for e in resolve([one, other], ontology).entities}
    assert list(found) == ["organization/northgate-bank-ltd", "organization/yuanshanjituan", "person/linxiaoyun", "person/maria-okafor"]
    assert found["organization/northgate-bank-ltd"].classes == ("Organization", "Company")
    assert [(n.text, n.language) for n in found["person/linxiaoyun"].names] == [("林晓云", "zh")]


@pytest.mark.parametrize(
    ("name", "finer"),
    [
        ("青禾藥局", ("Company",)),
        ("青禾书局", ("Company",)),
        ("青禾足球俱乐部", ("SportsTeam",)),
        ("青禾事業部", ("BusinessUnit",)),
        ("青禾总部", ("BusinessUnit",)),
        ("青禾监督管理局", ("GovernmentBody",)),
        ("青禾教育部", ("GovernmentBody",)),
        ("青禾", ()),
    ],
)
def test_the_longest_known_end_of_a_chinese_name_tells_its_class(name, finer, ontology):
    (found,) = resolve([told("1.txt", f"[O1 {name}]", language="zh")], ontology).entities
    assert found.classes == ("Organization", *finer)


@pytest.mark.parametrize("titled", ["Siti Rahma, S.E.", "Siti Rahma, Ph.D., MBA", "Dr. Siti Rahma"])
def test_a_plain_name_stands_for_one_with_a_title_or_degree(ontology, titled):
    (found,) = resolve([told("1.txt", f"[P1 {titled}] leads. [P1 {titled}] and [P1 Siti Rahma] left.")], ontology).entities
    assert (found.identifier, found.preferred.text, len(found.names)) == ("person/siti-rahma", "Siti Rahma", 2)


def test_a_latin_name_in_a_chinese_text_is_not_tagged_chinese(ontology):
    found = resolve([told("1.txt", "[P1 Kevin Nolan]发言", language="zh")], ontology).entities[0]
    assert found.names[0].language == "en"


def test_two_of_one_name_get_two_identifiers(ontology):
    people = [("1.txt", "Northgate Bank", "Ann Leary"), ("2.txt", "Harbour Foods", "Lee Marsh")]
    texts = [told(d, f"[P1 Maria Okafor] [O2 {o}] [P3 {p}] [P4 {p[::-1]}]", claim(1, "chiefExecutiveOf", 2)) for d, o, p in people]
    found = [e.identifier for e in resolve(texts, ontology).entities if e.preferred.text == "Maria Okafor"]
    assert len(found) == len(set(found)) == 2
    assert all(i.startswith("person/maria-okafor-") for i in found)


def test_claims_of_two_documents_make_one_fact_that_is_surer(ontology):
    wordings = {"1.txt": "[P1 Maria Okafor] leads [O2 Northgate]", "2.txt": "[P1 Maria Okafor] of [O2 Northgate]"}
    (fact,) = resolve([told(d, t, claim(1, "chiefExecutiveOf", 2)) for d, t in wordings.items()], ontology).facts
    assert (fact.subject, fact.object, fact.confidence) == ("person/maria-okafor", "organization/northgate", 0.96)
    assert len(fact.evidence) == 2


def test_documents_that_print_the_same_passage_are_one_witness(ontology):
    text = "[P1 Maria Okafor] leads\n[O2 Northgate]"
    texts = {"1.txt": text, "2.txt": text.replace("\n", " "), "3.txt": f"{text} now"}
    three = [told(d, t, claim(1, "chiefExecutiveOf", 2, confidence=c)) for (d, t), c in zip(texts.items(), (0.5, 0.8, 0.5), strict=True)]
    (fact,) = resolve(three, ontology).facts
    assert (len(fact.evidence), fact.confidence) == (3, 0.9)


def test_titles_tell_posts_apart_where_they_are_the_post(ontology):
    posts = [claim(1, "holdsPositionAt", 2, title=t) for t in ("chief engineer", "Chief Engineer", "spokeswoman", None)]
    facts = resolve([told("1.txt", "[P1 Maria Okafor] at [O2 Northgate]", *posts)], ontology).facts
    assert sorted(f.title.text for f in facts) == ["Chief Engineer", "spokeswoman"]
    chief = [claim(1, "chiefExecutiveOf", 2, title=t) for t in ("CEO", "chief executive")]
    assert len(resolve([told("1.txt", "[P1 Maria Okafor] at [O2 Northgate]", *chief)], ontology).facts) == 1


def test_of_two_statuses_in_one_document_the_better_supported_stays_and_across_documents_both(ontology):
    text = "[P1 Maria Okafor] at [O2 Northgate]"
    past = claim(1, "chiefExecutiveOf", 2, status="Past", confidence=0.9)
    now = claim(1, "chiefExecutiveOf", 2, confidence=0.5)
    assert [f.status for f in resolve([told("1.txt", text, past, now)], ontology).facts] == ["Past"]
    apart = resolve([told("1.txt", text, past), told("2.txt", text, now)], ontology).facts
    assert sorted(f.status for f in apart) == ["Current", "Past"]


def test_what_stands_in_brackets_is_another_name_of_a_firm_but_not_of_a_hall(ontology):
    text = "[O1 Northgate Holdings] ([O2 Velora]) met in [L3 Harbour Hall] ([L4 Haizhou]), [L5 Haizhou] ([L6 海州])."
    assert names(resolve([told("1.txt", text)], ontology)) == {
        frozenset({"Northgate Holdings", "Velora"}),
        frozenset({"Harbour Hall"}),
        frozenset({"Haizhou", "海州"}),
    }


def test_a_symmetric_relation_has_one_direction_and_nothing_relates_to_itself(ontology):
    text = "[O1 Northgate] with [O2 Harbour Foods], [O3 Northgate]"
    claims = (claim(1, "partnerOf", 2), claim(2, "partnerOf", 1), claim(1, "partnerOf", 3))
    assert len(resolve([told("1.txt", text, *claims)], ontology).facts) == 1


def test_a_claim_between_wrong_types_is_no_fact(ontology):
    assert not resolve([told("1.txt", "[P1 Maria Okafor] [L2 Velia]", claim(1, "chiefExecutiveOf", 2))], ontology).facts


def test_dates_keep_their_precision_and_get_bounds(ontology):
    period = Period("2023-09", None)
    (fact,) = resolve([told("1.txt", "[P1 Maria Okafor] [O2 Northgate]", claim(1, "chiefExecutiveOf", 2, period=period))], ontology).facts
    assert (fact.period.start, fact.start_bounds, fact.end_bounds) == ("2023-09", ("2023-09-01", "2023-09-30"), None)


def test_a_successor_ends_the_term_before(ontology):
    claims = (
        claim(1, "chiefExecutiveOf", 3, period=Period("2023-09-10")),
        claim(2, "chiefExecutiveOf", 3, status="Past"),
    )
    post = told("1.txt", "[P1 Maria Okafor] for [P2 Petra Novak] at [O3 Northgate]", *claims)
    change = told("2.txt", "[P1 Maria Okafor] follows [P2 Petra Novak]", claim(1, "succeeds", 2))
    (ended,) = [f for f in resolve([post, change], ontology).facts if f.subject == "person/petra-novak"]
    assert (ended.period.end, ended.inferred, ended.confidence, ended.end_confidence) == ("2023-09-10", ("end",), 0.8, 0.64)
    assert [s.document for s in ended.evidence] == ["1.txt"]
    assert [s.document for s in ended.end_evidence] == ["1.txt", "2.txt"]


@pytest.mark.parametrize(
    ("held", "handed", "status", "end"),
    [
        ("2019-05-03", "2023-01-06", "Past", "2022"),
        (None, "2023-01-06", "Past", "2022"),
        # an end that is ahead, or of which no document tells when, leaves the status
        ("2019-05-03", "2021-12-30", "Current", "2022"),
        ("2019-05-03", None, "Current", "2022"),
        # who is said to hold the post later has not left it then
        ("2023-05-03", "2023-01-06", "Current", None),
    ],
)
def test_who_was_succeeded_before_a_document_says_so_holds_the_post_no_more(held, handed, status, end, ontology):
    before = told("1.txt", "[P2 Petra Novak] leads [O3 Northgate]", claim(2, "chiefExecutiveOf", 3), issued=held)
    text = "[P1 Maria Okafor] follows [P2 Petra Novak] at [O3 Northgate]"
    taken = (claim(1, "chiefExecutiveOf", 3, period=Period("2022")), claim(1, "succeeds", 2))
    facts = resolve([before, told("2.txt", text, *taken, issued=handed)], ontology).facts
    (post,) = [f for f in facts if (f.subject, f.predicate) == ("person/petra-novak", "chiefExecutiveOf")]
    assert (post.status, post.period.end, [s.document for s in post.evidence]) == (status, end, ["1.txt"])


@pytest.mark.parametrize(
    ("later", "held", "expected"),
    [
        ("2021-06-01", "2019-05-03", ("Current", "Past")),
        # no later document says that the successor has begun, or one as late says that the other still holds the post
        ("2020-01-08", "2019-05-03", ("Future", "Current")),
        ("2021-06-01", "2021-06-01", ("Current", "Current")),
    ],
)
def test_a_succession_that_was_ahead_has_come_where_a_later_document_says_so(later, held, expected, ontology):
    before = told("1.txt", "[P2 Petra Novak] chairs [O3 Northgate]", claim(2, "chairOf", 3), issued=held)
    ahead = claim(1, "succeeds", 2, status="Future")
    named = told("2.txt", "[P1 Maria Okafor] will follow [P2 Petra Novak] at [O3 Northgate]", ahead, issued="2020-01-08")
    after = told("3.txt", "[P1 Maria Okafor] chairs [O3 Northgate]", claim(1, "chairOf", 3), issued=later)
    facts = resolve([before, named, after], ontology).facts
    (come,) = [f.status for f in facts if f.predicate == "succeeds"]
    (left,) = [f.status for f in facts if f.subject == "person/petra-novak"]
    assert (come, left) == expected


def test_an_end_that_is_stated_is_no_inference(ontology):
    claims = (
        claim(1, "chiefExecutiveOf", 3, period=Period("2023-09-10")),
        claim(2, "chiefExecutiveOf", 3, status="Past", period=Period(None, "2023-08")),
        claim(1, "succeeds", 2),
    )
    facts = resolve([told("1.txt", "[P1 Maria Okafor] follows [P2 Petra Novak] at [O3 Northgate]", *claims)], ontology).facts
    (ended,) = [f for f in facts if f.subject == "person/petra-novak"]
    assert (ended.period.end, ended.inferred, ended.end_confidence) == ("2023-08", (), None)


def test_two_chief_executives_at_once_contradict_each_other(ontology):
    texts = [
        told(d, f"[P1 {p}] [O2 Northgate]", claim(1, "chiefExecutiveOf", 2))
        for d, p in (("1.txt", "Maria Okafor"), ("2.txt", "Petra Novak"))
    ]
    one, other = resolve(texts, ontology).facts
    assert one.conflicts == (other.identifier,)
    assert other.conflicts == (one.identifier,)


@pytest.mark.parametrize(
    ("texts", "years", "count"),
    [
        (("[O1 Northgate] is based in [L2 Velia].", "[O1 Northgate] is based in [L2 Haizhou]."), (None, None), 2),
        (("[O1 Northgate] is based in [L2 Velia].", "[O1 Northgate] is based in [L2 Haizhou]."), ("2019", "2023"), 2),
        # a place and what it lies in
        (("[O1 Northgate] is based in [L2 Velia], [L3 Arland].", "[O1 Northgate] is based in [L2 Arland]."), (None, None), 0),
        (("[O1 Northgate] is based in [L2 Velia] in southern [L3 Arland].", "[O1 Northgate] is in [L2 Arland]."), (None, None), 0),
        (("[O1 Northgate] is based in [L2 Velia].", "[O1 Northgate] is based in [L2 Greater Velia]."), (None, None), 0),
        (("[O1 北港]总部位于[L3 阿兰][L2 海州]。", "[O1 北港]总部位于[L2 阿兰]。"), (None, None), 0),
    ],
)
def test_two_headquarters_contradict_each_other_unless_one_lies_in_the_other(texts, years, count, ontology):
    read = [told(f"{n}.txt", t, claim(1, "headquarteredIn", 2), issued=y) for n, (t, y) in enumerate(zip(texts, years, strict=True))]
    assert len([f for f in resolve(read, ontology).facts if f.conflicts]) == count


@pytest.mark.parametrize(("title", "count"), [("chief executive", 2), ("co-CEO", 0), ("联席首席执行官", 0)])
def test_two_who_share_a_post_hold_it_together_whenever_that_was_said(title, count, ontology):
    texts = [
        told(f"{y}.txt", f"[P1 {p}] [O2 Northgate]", claim(1, "chiefExecutiveOf", 2, title=title), issued=y)
        for p, y in (("Maria Okafor", "2019"), ("Petra Novak", "2023"))
    ]
    assert len([f for f in resolve(texts, ontology).facts if f.conflicts]) == count


def test_a_denial_contradicts_what_it_denies(ontology):
    texts = [
        told(f"{s}.txt", "[O1 Northgate] [O2 Harbour Foods]", claim(1, "acquired", 2, status=s)) for s in ("Current", "Denied", "Past")
    ]
    conflicts = {f.status: len(f.conflicts) for f in resolve(texts, ontology).facts}
    assert conflicts == {"Current": 1, "Denied": 1, "Past": 0}


def test_who_says_so_is_an_entity(ontology):
    said = claim(2, "partnerOf", 3, asserted_by=1)
    (fact,) = resolve([told("1.txt", "[P1 Maria Okafor] [O2 Northgate] [O3 Harbour Foods]", said)], ontology).facts
    assert fact.asserted_by == (Assertion("person/maria-okafor", fact.evidence),)


def test_a_speaker_states_only_his_own_passage(ontology):
    texts = [
        told(f"{n}.txt", "[P1 Maria Okafor] [O2 Northgate] [O3 Harbour Foods]", claim(2, "partnerOf", 3, asserted_by=who))
        for n, who in enumerate((1, None))
    ]
    (fact,) = resolve(texts, ontology).facts
    assert [s.document for s in fact.evidence] == ["0.txt", "1.txt"]
    assert fact.asserted_by == (Assertion("person/maria-okafor", fact.evidence[:1]),)


def test_words_spoken_belong_to_the_entity_of_their_speaker(ontology):
    spoken = Utterance(2, "We will grow", Span("1.txt", 0, 5), "en")
    (quotation,) = resolve([told("1.txt", "[P1 Maria Okafor] and [P2 Okafor]", utterances=(spoken,))], ontology).quotations
    assert (quotation.speaker, quotation.text.text) == ("person/maria-okafor", "We will grow")
    assert re.fullmatch(r"quotation/[0-9a-f]{16}", quotation.identifier)


@pytest.mark.parametrize(("kind", "count"), [("same", 1), ("different", 2)])
def test_a_judgement_comes_before_evidence(ontology, kind, count):
    pair = ("Maria Okafor", "M. Nwosu") if kind == "same" else ("Maria Okafor", "Okafor")
    texts = [told("1.txt", f"[P1 {pair[0]}] spoke. [P1 {pair[1]}] left." if kind == "different" else f"[P1 {pair[0]}] met [P2 {pair[1]}]")]
    assert len(resolve(texts, ontology, [Judgement(kind, *pair)]).entities) == count


NAMESAKES = "[P1 Maria Lopez] leads [O2 Northgate]. [P1 Lopez] spoke. Another [P1 Maria Lopez] left [O3 Harbour Foods]. [P1 Lopez] is 40."
BESIDES = "[P1 Maria Lopez] left [O2 Harbour Foods]."


def test_two_places_of_one_chain_judged_different_part_it(ontology):
    text = told("1.txt", NAMESAKES)
    one, other = (m.span for m in text.mentions if m.text == "Maria Lopez")
    claims = (
        Claim(1, "chiefExecutiveOf", 2, Span("1.txt", one.start, one.end + 16), "Current"),
        Claim(1, "holdsPositionAt", 3, Span("1.txt", other.start, other.end + 19), "Current"),
    )
    text = Extraction(text.document, text.mentions, claims)
    second = told("2.txt", BESIDES, claim(1, "holdsPositionAt", 2))
    judgement = Judgement("different", *(f"1.txt#char={s.start},{s.end}" for s in (other, one)))
    found = resolve([text, second], ontology, [judgement])
    people = {e.identifier: [(s.document, s.start) for s in e.mentions] for e in found.entities if e.classes[0] == "Person"}
    starts = [m.span.start for m in text.mentions if m.type == "Person"]
    first, later = [("1.txt", s) for s in starts[:2]], [*(("1.txt", s) for s in starts[2:]), ("2.txt", 0)]
    assert sorted(people.values()) == [first, later]
    assert {(f.predicate, tuple(people[f.subject])) for f in found.facts} == {
        ("chiefExecutiveOf", tuple(first)),
        ("holdsPositionAt", tuple(later)),
    }
    assert found.issues == ()


def test_a_place_goes_with_the_namesake_that_it_is_judged_to_be(ontology):
    texts = [told("1.txt", "[P1 Maria Lopez] left. Another [P1 Maria Lopez] came."), told("2.txt", "[P1 Maria Lopez] sang.")]
    different = Judgement("different", "1.txt#char=0,11", "1.txt#char=26,37")
    assert len(resolve(texts, ontology, [different]).entities) == 2
    for place in ("1.txt#char=0,11", "1.txt#char=26,37"):
        found = resolve(texts, ontology, [different, Judgement("same", place, "2.txt#char=0,11")])
        (one,) = [e for e in found.entities if len(e.mentions) == 2]
        assert (f"1.txt#char={one.mentions[0].start},{one.mentions[0].end}", one.mentions[1].document) == (place, "2.txt")
        assert found.issues == ()


UNHEEDED = [
    (("different", "1.txt#char=0,11", "1.txt#char=6,11"), "both speak of the same mentions"),
    (("different", "Maria Lopez", "maria lopez"), "both speak of the same mentions"),
    (("same", "1.txt#char=0,11", "9.txt#char=0,11"), "no document names 9.txt#char=0,11"),
    (("same", "1.txt#char=5,2", "1.txt#char=12,17"), "no document names 1.txt#char=5,2 or 1.txt#char=12,17"),
    (("same", "Maria Lopez", "Nobody"), "no document names Nobody"),
]


@pytest.mark.parametrize(("judgement", "reason"), UNHEEDED)
def test_a_judgement_without_effect_is_an_issue(ontology, judgement, reason):
    (issue,) = resolve([told("1.txt", NAMESAKES)], ontology, [Judgement(*judgement)]).issues
    assert (issue.path, issue.reason) == ("resolution.csv", f"{': '.join(judgement[:2])}, {judgement[2]}: had no effect: {reason}")


def test_of_judgements_at_odds_the_one_not_obeyed_is_an_issue(ontology):
    judgements = [Judgement(kind, "Northgate", "Harbour Foods") for kind in ("same", "different")]
    found = resolve([told("1.txt", NAMESAKES)], ontology, judgements)
    assert [i.reason for i in found.issues] == ["same: Northgate, Harbour Foods: had no effect: another judgement keeps them apart"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[P1 Eda Wirth] met [P1 Frank Wirth].", 2),
        ("[P1 Eda Wirth] met [P1 Sole Marsh].", 2),
        ("[O1 Northgate] sued [O1 Harbour Foods].", 2),
        ("[O1 Alder & Brightwater] came of [O1 Brightwater Radio].", 2),
        ("[O1 Bank Kurnia] dimiliki [O1 Kurnia Finansial].", 2),
        ("[O1 Northgate] and [O1 Northgate Holdings] are one.", 1),
        ("[P1 Eda Wirth]. [P1 Wirth] and [P1 Frank Marsh].", 2),
        ("[R1 Heron 2] beats [R1 Heron 3].", 2),
        ("[O1 北港食品]（Beigang）就是[O1 Harbour Foods]。", 1),
    ],
)
def test_a_chain_of_names_that_do_not_fit_is_cut(ontology, text, expected):
    assert len(resolve([told("1.txt", text)], ontology).entities) == expected


def test_a_chain_of_unlike_names_holds_where_the_text_calls_them_one(ontology):
    extraction = told("1.txt", "[O1 Northgate], formerly [O1 Harbour Foods]")
    spans = [m.span for m in extraction.mentions]
    aliased = Extraction(extraction.document, extraction.mentions, aliases=(Alias(spans[0], spans[1], "formerly"),))
    assert len(resolve([aliased], ontology).entities) == 1


def test_the_authority_file_tells_the_type_of_a_name(ontology):
    concept = next(c for c in ontology.concepts if ontology.top(c.cls) == "Organization")
    text = told("1.txt", f"[P1 {concept.names[0].text}] grows")
    assert [e.classes[0] for e in resolve([text], ontology).entities] == ["Organization"]


def test_an_entity_is_the_concept_that_one_of_its_names_means(ontology):
    texts = [told("1.txt", "[O1 Alibaba Group] grows. [O2 Sandpiper] grows."), told("2.txt", "[O1 阿里巴巴] grows.", language="zh")]
    found = {e.preferred.text: e.concept for e in resolve(texts, ontology).entities}
    assert found == {"Alibaba Group": "https://w3id.org/kg/name/alibaba-group", "Sandpiper": None}


def test_what_is_told_apart_is_not_one_concept(ontology):
    apart = Judgement("different", "Alibaba Group", "Alibaba Group Holding")
    text = told("1.txt", "[O1 Alibaba Group] grows. [O2 Alibaba Group Holding] grows. [O3 Tencent] grows.")
    assert {e.concept for e in resolve([text], ontology).entities} == {
        "https://w3id.org/kg/name/alibaba-group", "https://w3id.org/kg/name/tencent",
    }  # fmt: skip
    found = resolve([text], ontology, [apart]).entities
    assert [e.concept for e in found] == [None, None, "https://w3id.org/kg/name/tencent"]


def test_two_names_that_the_authority_file_gives_to_one_stay_two_where_a_text_relates_them(ontology):
    text = "[O1 Nubank] is a unit of [O2 Nu Holdings]."
    apart = told("1.txt", text, claim(1, "subsidiaryOf", 2))
    other = told("2.txt", "[O1 Nubank] grows.")
    assert names(resolve([told("1.txt", text)], ontology)) == {frozenset({"Nubank", "Nu Holdings"})}
    assert frozenset({"Nubank", "Nu Holdings"}) not in names(resolve([apart, other], ontology))


def test_a_surname_with_a_hyphen_is_no_full_name(ontology):
    extraction = told("1.txt", "[P1 Ada Brook-Lund] spoke. [P2 Brook-Lund] left. [P3 Brook-Lund] came.")
    (entity,) = resolve([extraction], ontology).entities
    assert entity.preferred.text == "Ada Brook-Lund"


def test_two_terms_of_one_office_are_two_facts_with_a_status_each(ontology):
    first = claim(1, "chiefExecutiveOf", 2, status="Past", period=Period("2001", "2007"))
    second = claim(1, "chiefExecutiveOf", 2, period=Period("2014"))
    undated = claim(1, "chiefExecutiveOf", 2)
    resolution = resolve([told("1.txt", "[P1 Maria Okafor] led [O2 Northgate]", first, second, undated)], ontology)
    assert [(f.status, f.period) for f in sorted(resolution.facts, key=lambda f: f.period.start)] == [
        ("Past", Period("2001", "2007")), ("Current", Period("2014")),
    ]  # fmt: skip


def test_no_fact_ends_before_it_begins(ontology):
    dated = ({"status": "Past", "period": Period(None, "2010")}, {"period": Period("2020")})
    claims = [claim(1, "chiefExecutiveOf", 2, **more) for more in dated]
    resolution = resolve([told("1.txt", "[P1 Maria Okafor] led [O2 Northgate]", *claims)], ontology)
    assert {(f.status, f.period) for f in resolution.facts} == {("Past", Period(None, "2010")), ("Current", Period("2020"))}
    assert len({f.identifier for f in resolution.facts}) == 2


def test_one_name_is_of_the_type_that_most_documents_give_it(ontology):
    texts = [told(f"{n}.txt", f"[{t}1 Sandpiper] grows") for n, t in enumerate("OOR")]
    (found,) = resolve(texts, ontology).entities
    assert (found.classes[0], len(found.mentions)) == ("Organization", 3)


def test_a_thing_keeps_the_type_that_its_claims_need(ontology):
    firms = [told(f"{n}.txt", "[O1 Sandpiper] grows") for n in range(2)]
    product = told("3.txt", "[R1 Sandpiper] by [O2 Northgate]", claim(1, "releasedBy", 2))
    resolution = resolve([*firms, product], ontology)
    assert sorted(e.classes[0] for e in resolution.entities if e.preferred.text == "Sandpiper") == ["Organization", "Product"]
    assert [f.predicate for f in resolution.facts] == ["releasedBy"]


def test_one_document_does_not_outweigh_another(ontology):
    texts = [told(f"{t}.txt", f"[{t}1 Sandpiper] grows") for t in "OR"]
    assert sorted(e.classes[0] for e in resolve(texts, ontology).entities) == ["Organization", "Product"]


def test_a_name_that_the_authority_file_knows_is_no_short_name_of_a_longer_one(ontology):
    known = next(n.text for c in ontology.concepts if ontology.top(c.cls) == "Organization" for n in c.names if n.text.isascii())
    text = f"[O1 {known} Heronry] grows. [O2 {known}] grows. [O3 Sandpiper Heronry] grows. [O4 Sandpiper] grows."
    assert names(resolve([told("1.txt", text)], ontology)) >= {frozenset({known}), frozenset({"Sandpiper", "Sandpiper Heronry"})}


def test_a_full_name_of_a_person_stays_a_person(ontology):
    texts = [told(f"{n}.txt", f"[{t}1 Maria Okafor] grows") for n, t in enumerate("OOP")]
    assert {e.classes[0] for e in resolve(texts, ontology).entities} == {"Organization", "Person"}


@pytest.mark.parametrize(
    ("text", "office", "count"),
    [
        ("[P1 Okafor], head of [O2 Northgate], left. [P1 Grace Okafor], editor of [O3 Harbour Foods], stays.", "editor", 2),
        ("[P1 Okafor], head of [O2 Northgate], left. [P1 Grace Okafor], head of [O2 Northgate], is 40.", "head", 1),
        ("[P1 Ana Ruiz], head of [O2 Northgate], left. [P1 Ana Ruiz Vega], editor of [O3 Harbour Foods], stays.", "editor", 2),
        ("[P1 Okafor] quits as head of [O2 Northgate]\n[P1 Grace Okafor], editor of [O3 Harbour Foods], left.", "editor", 1),
        ("[P1 Grace Okafor], editor of [O3 Harbour Foods], left. [P1 Okafor], head of [O2 Northgate], too.", "editor", 1),
    ],
)
def test_a_surname_with_an_office_before_a_full_name_with_another_is_another_person(ontology, text, office, count):
    made = told("1.txt", text)
    sentences = [Span("1.txt", m.start(), m.end()) for m in re.finditer(r"[^.\n]+[.\n]?", made.document.text)]
    where = {title: next(s for s in sentences if f"{title} of" in made.document.text[s.start : s.end]) for title in ("head", office)}
    posts = tuple(Claim(1, "holdsPositionAt", 2 if t == "head" else 3, s, "Current", t) for t, s in where.items())
    (people,) = [[e for e in resolve([replace(made, claims=posts)], ontology).entities if e.classes[0] == "Person"]]
    assert len(people) == count


def test_people_of_one_name_at_unrelated_firms_are_two_unless_something_links_them(ontology):
    one = told("1.txt", "[P1 Peter Grant] of [O2 Northgate]", claim(1, "holdsPositionAt", 2))
    other = "[P1 Peter Grant] of [O2 Harbour Foods]"
    at = claim(1, "holdsPositionAt", 2)
    strangers = told("2.txt", other, at)
    moved = told("2.txt", f"{other}, once of [O3 Northgate]", at, claim(1, "holdsPositionAt", 3, status="Past"))
    met = told("2.txt", f"{other}, a rival of [O3 Northgate]", at)
    count = [sum(e.classes[0] == "Person" for e in resolve([one, x], ontology).entities) for x in (strangers, moved, met)]
    assert count == [2, 1, 2]


def test_an_acronym_joins_no_firms_whose_full_names_differ(ontology):
    one = told("1.txt", "[O1 Northern Textile Group] ([O1 NTG]) grows")
    other = told("2.txt", "[O1 Nigeria Telecom Gateway] ([O1 NTG]) is in [L2 Lagos]", claim(1, "headquarteredIn", 2))
    third = told("3.txt", "[O1 NTG] is in [L2 Lagos]", claim(1, "headquarteredIn", 2))
    found = {n for n in names(resolve([one, other], ontology)) if "NTG" in n}
    assert found == {frozenset({"Northern Textile Group", "NTG"}), frozenset({"Nigeria Telecom Gateway", "NTG"})}
    assert len([n for n in names(resolve([other, third], ontology)) if "NTG" in n]) == 1


@pytest.mark.parametrize(
    ("founder", "seat", "count"), [("Tom Hill", "Leeds", 1), ("Amy Cho", "Leeds", 1), ("Tom Hill", "Boston", 1), ("Amy Cho", "Boston", 2)]
)
def test_firms_of_one_name_with_another_founder_and_another_seat_are_two(ontology, founder, seat, count):
    texts = [
        told(d, f"[P1 {p}] began [O2 Beacon Mills] of [L3 {s}]", claim(1, "founderOf", 2), claim(2, "headquarteredIn", 3))
        for d, p, s in (("1.txt", "Tom Hill", "Leeds"), ("2.txt", founder, seat))
    ]
    assert sum(e.classes[0] == "Organization" for e in resolve(texts, ontology).entities) == count


def test_a_thing_says_nothing(ontology):
    spoken = Utterance(1, "We will grow", Span("1.txt", 0, 5), "en")
    assert resolve([told("1.txt", "[R1 Heron 2] grows", utterances=(spoken,))], ontology).quotations == ()


SHORT = [
    (("[O1 Tarn Mining] grew. [O1 Tarn] employs 900.", "[O1 Tarn Software] grew. [O1 Tarn] sells."), 2),
    (("[O1 Tarn Mining] grew. [O1 Tarn] employs 900.", "[O1 Tarn Mining] sells.", "[O1 Tarn] fell."), 1),
    (("[O1 Tarn Mining] grew. [O1 Tarn] employs 900.", "[O1 Tarn Mining Ltd] sells."), 1),
    (("[O1 Tarn Group] grew.", "[O1 Tarn Robotics] grew. [O1 Tarn] sells."), 2),
    (("[O1 Tarn Group] grew. [O1 Tarn] sells.", "[O1 Tarn] fell.", "[O1 Tarn Robotics] grew. [O1 Tarn] sells."), 2),
    (("[O1 恒川集团]增长。", "[O1 恒川汽车]上市。[O1 恒川]表示。"), 2),
    (("[O1 Tarn] grew.\n[O1 Tarn Robotics] sells. [O1 Tarn Group] fell.",), 2),
    (("[O1 恒川]增长\n[O1 恒川汽车]上市。[O1 恒川集团]表示。",), 2),
    (("[O1 Tarn Robotics] sells. [O1 Tarn] rose.",), 1),
]


@pytest.mark.parametrize(("texts", "count"), SHORT)
def test_firms_do_not_meet_in_a_short_name_that_each_has(ontology, texts, count):
    found = resolve([told(f"{n}.txt", text, language="zh" if "恒" in text else "en") for n, text in enumerate(texts)], ontology)
    assert len(found.entities) == count


def test_what_the_text_relates_stays_two_whatever_else_one_is_called(ontology):
    text = "[O1 Tarn Green Power] is [O1 Surya] now. [O1 Surya] is owned by [O2 Tarn Green]."
    alias = Alias(Span("1.txt", 0, 16), Span("1.txt", 20, 25), "renamed")
    related = told("1.txt", text, claim(1, "subsidiaryOf", 2), aliases=(alias,))
    sentence = Span("1.txt", 31, len(related.document.text))
    related = replace(related, claims=tuple(replace(c, evidence=sentence) for c in related.claims))
    assert names(resolve([related], ontology)) == {frozenset({"Tarn Green Power", "Surya"}), frozenset({"Tarn Green"})}


def test_people_of_one_surname_in_one_script_are_two_whatever_the_other_script(ontology):
    texts = [
        told("1.txt", "[P1 王晓东]（[P1 Wang Xiaodong]）任[O2 恒川汽车]首席执行官", claim(1, "chiefExecutiveOf", 2), language="zh"),
        told("2.txt", "[O2 恒川汽车]首席执行官[P1 王磊]（[P1 Wang Lei]）宣布", claim(1, "chiefExecutiveOf", 2), language="zh"),
    ]
    assert {n for n in names(resolve(texts, ontology)) if "恒川汽车" not in n} == {
        frozenset({"王晓东", "Wang Xiaodong"}),
        frozenset({"王磊", "Wang Lei"}),
    }


@pytest.mark.parametrize(
    ("titles", "count"),
    [
        (("CFO", "chief financial officer", "財務長"), 1),
        (("CFO", "Direktur Keuangan", "首席财务官"), 1),
        (("CFO", "chief operating officer"), 2),
        (("deputy CFO", "CFO"), 2),
    ],
)
def test_an_office_of_several_names_is_one_post_and_the_last_word_on_it_holds(ontology, titles, count):
    text, when = "[P1 Emma Roth] [O2 Northgate]", "Current"
    texts = [
        told(f"{n}.txt", text, claim(1, "holdsPositionAt", 2, title=title, status="Past" if n else when), issued=f"203{n}")
        for n, title in enumerate(titles)
    ]
    facts = resolve(texts, ontology).facts
    assert len(facts) == count
    assert ("Current" in {f.status for f in facts}) == (count > 1)


@pytest.mark.parametrize(
    "head",
    ["[O2 Voltara] shows a cell\n", "PRESS RELEASE\n\n[O2 Voltara] shows a cell\n\n", "No. 12\nFOR RELEASE\n[O2 Voltara] shows\n", ""],
)
def test_a_firm_in_short_in_the_headline_is_the_one_that_the_text_names_in_full(ontology, head):
    text = f"{head}[O2 Voltara Energi Nusantara] showed a cell. [O2 Voltara] was founded in 2020.\n"
    assert len(resolve([told("1.txt", text)], ontology).entities) == 1


def test_a_firm_named_in_full_in_the_headline_is_meant_in_short_beside_its_full_name(ontology):
    text = (
        "[O1 Tessera Foods] and [O2 Kiwi] partner\n[O1 Tessera Foods] signed a deal under which [O1 Tessera] will sell.\n[O1 Tessera] rose."
    )
    assert len(resolve([told("1.txt", text)], ontology).entities) == 2
