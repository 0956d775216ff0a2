import pytest

from kg.extract.titles import offices, split
from kg.extract.wordings import GOVERNED, SKIPPED, wordings

STATED = [
    ("en", "[Okafor] from {Larkfield} spoke.", [("Okafor", "holdsPositionAt", "Larkfield", "Current", None)]),
    ("en", "[Okafor] lured staff away from {Larkfield}.", []),
    ("en", "[Okafor], who heads {Larkfield}, spoke.", [("Okafor", "holdsPositionAt", "Larkfield", "Current", None)]),
    ("en", "[Okafor], who heads {Larkfield}'s software division, spoke.", []),
    (
        "en",
        "[Okafor] was appointed chief executive of {Larkfield}'s rival {Tern}.",
        [("Larkfield", "competitorOf", "Tern", "Current", None)],
    ),
    ("en", "[Okafor] is chief executive of {Larkfield}’s owner, {Tern}.", [("Larkfield", "subsidiaryOf", "Tern", "Current", None)]),
    ("en", "[Okafor] is head of {Larkfield}'s sales.", [("Okafor", "holdsPositionAt", "Larkfield", "Current", "head")]),
    ("en", "{Northwind} bought {Larkfield}'s stores.", []),
    ("en", "{Northwind}, which competes with {Larkfield}'s stores, grew.", []),
    ("en", "[Okafor], {Larkfield}'s chairman [Elsa Roy] said.", [("Elsa Roy", "chairOf", "Larkfield", "Current", "chairman")]),
    ("en", "Regulators blocked {Larkfield}'s takeover of {Tern}.", [("Larkfield", "acquired", "Tern", "Denied", None)]),
    ("en", "{Larkfield}'s planned takeover of {Tern} collapsed.", [("Larkfield", "acquired", "Tern", "Denied", None)]),
    ("en", "[Okafor] will leave on 4 May to become treasurer of {Tern}.", [("Okafor", "holdsPositionAt", "Tern", "Future", "treasurer")]),
    (
        "id",
        "{Samudra} menunjuk [Budi] sebagai direktur utama {Pelita}.",
        [("Budi", "chiefExecutiveOf", "Pelita", "Current", "direktur utama")],
    ),
    (
        "id",
        "Laba induk usaha {Pelita}, rival {Samudra}, naik.",
        [("Pelita", "competitorOf", "Samudra", "Current", None)],
    ),
    ("id", "Hadir [Rina], ekonom {Samudra} [Budi].", [("Budi", "holdsPositionAt", "Samudra", "Current", "ekonom")]),
    ("zh", "[林晓云]，{青禾科技}董事长，出席。", [("林晓云", "chairOf", "青禾科技", "Current", "董事长")]),
    ("zh", "[林晓云]，{青禾科技}的财务总监，出席。", [("林晓云", "holdsPositionAt", "青禾科技", "Current", "财务总监")]),
    ("zh", "总裁[林晓云]，{青禾科技}董事长[钱澄]出席。", [("钱澄", "chairOf", "青禾科技", "Current", "董事长")]),
    ("zh", "总裁是[林晓云]，{青禾科技}董事长是[钱澄]。", []),
    ("zh", "创始人叫[林晓云]，{青禾科技}创始人叫[钱澄]。", []),
    ("zh", "{青禾科技}换帅：[林晓云]卸任。", []),
    ("zh", "{青禾科技}向{云舟智行}出售{晨光纸业}。", []),
    ("zh", "{青禾科技}出售{晨光纸业}。", [("晨光纸业", "subsidiaryOf", "青禾科技", "Past", None)]),
    ("zh", "{青禾科技}已出售给{云舟智行}。", [("云舟智行", "acquired", "青禾科技", "Current", None)]),
    ("zh", "{青禾科技}与{云舟智行}合并为{晨光纸业}。", []),
    ("zh", "{青禾科技}拟吸收合并{云舟智行}。", [("青禾科技", "acquired", "云舟智行", "Future", None)]),
    ("zh", "公司从{青禾科技}手中收购{云舟智行}。", []),
    ("zh", "{青禾科技}收购{云舟智行}的仓库。", []),
    ("zh", "{青禾科技}收购{云舟智行}持有的仓库。", []),
    ("zh", "{青禾科技}将{云舟智行}收入旗下。", [("青禾科技", "acquired", "云舟智行", "Current", None)]),
    ("zh", "{青禾科技}将于明年将{云舟智行}收入旗下。", [("青禾科技", "acquired", "云舟智行", "Future", None)]),
    ("zh", "{青禾科技}将总部从⟨绍兴⟩迁至⟨杭州⟩。", [("青禾科技", "headquarteredIn", "杭州", "Current", None)]),
    ("zh", "{青禾科技}把总部由⟨绍兴⟩搬到了⟨杭州⟩。", [("青禾科技", "headquarteredIn", "杭州", "Current", None)]),
    ("zh", "{青禾科技}将把总部从⟨绍兴⟩迁至⟨杭州⟩。", [("青禾科技", "headquarteredIn", "杭州", "Future", None)]),
    ("zh", "[林晓云]退出{青禾科技}董事会。", []),
    (
        "en",
        "[Ada Okafor], chief executive of {Larkfield}, spoke.",
        [("Ada Okafor", "chiefExecutiveOf", "Larkfield", "Current", "chief executive")],
    ),
    (
        "en",
        "[Okafor] is chairman and CEO of {Larkfield}.",
        [("Okafor", "chairOf", "Larkfield", "Current", "chairman"), ("Okafor", "chiefExecutiveOf", "Larkfield", "Current", "CEO")],
    ),
    ("en", "Former {Larkfield} CEO [Okafor] left.", [("Okafor", "chiefExecutiveOf", "Larkfield", "Past", "CEO")]),
    ("en", "[Okafor], 61, founded the battery maker {Larkfield} in 2031.", [("Okafor", "founderOf", "Larkfield", "Current", None)]),
    ("en", "{Larkfield} agreed to buy {Northwind}.", [("Larkfield", "acquired", "Northwind", "Future", None)]),
    ("en", "{Northwind} was acquired by {Larkfield}.", [("Larkfield", "acquired", "Northwind", "Current", None)]),
    ("en", "{Larkfield} has recently acquired {Northwind}.", [("Larkfield", "acquired", "Northwind", "Current", None)]),
    ("en", "{Larkfield} has not acquired {Northwind}.", []),
    ("en", "{Larkfield} did not see {Northwind}.", []),
    (
        "id",
        "Direktur Utama {Samudra}, [Budi Hartanto], hadir.",
        [("Budi Hartanto", "chiefExecutiveOf", "Samudra", "Current", "Direktur Utama")],
    ),
    ("id", "[Budi] menjabat sebagai komisaris utama {Samudra}.", [("Budi", "chairOf", "Samudra", "Current", "komisaris utama")]),
    ("id", "{Samudra} mengakuisisi {Pelita}.", [("Samudra", "acquired", "Pelita", "Current", None)]),
    ("id", "mantan CEO {Samudra} [Budi]", [("Budi", "chiefExecutiveOf", "Samudra", "Past", "CEO")]),
    ("zh", "{青禾科技}首席执行官[林晓云]表示。", [("林晓云", "chiefExecutiveOf", "青禾科技", "Current", "首席执行官")]),
    (
        "zh",
        "{青禾科技}董事长兼首席执行官[林晓云]",
        [("林晓云", "chairOf", "青禾科技", "Current", "董事长"), ("林晓云", "chiefExecutiveOf", "青禾科技", "Current", "首席执行官")],
    ),
    ("zh", "[林晓云]于2031年3月创立了{青禾科技}。", [("林晓云", "founderOf", "青禾科技", "Current", None)]),
    ("zh", "{青禾科技}前首席执行官[林晓云]", [("林晓云", "chiefExecutiveOf", "青禾科技", "Past", "首席执行官")]),
    ("en", "[Lila Snow], CEO, {Larkfield}, spoke.", [("Lila Snow", "chiefExecutiveOf", "Larkfield", "Current", "CEO")]),
    (
        "en",
        "[Okafor] (vice president, {Larkfield})",
        [("Okafor", "holdsPositionAt", "Larkfield", "Current", "vice president")],
    ),
    ("en", "Photo: [Mehl]/{Larkfield}", [("Mehl", "holdsPositionAt", "Larkfield", "Current", None)]),
    ("en", "[Okafor] left {Larkfield} in May.", [("Okafor", "holdsPositionAt", "Larkfield", "Past", None)]),
    ("en", "[Okafor], formerly of {Larkfield}, sings.", [("Okafor", "holdsPositionAt", "Larkfield", "Past", None)]),
    (
        "id",
        "[Ferry], co-founder dan CEO dari {Samudra}, berkata.",
        [("Ferry", "founderOf", "Samudra", "Current", None), ("Ferry", "chiefExecutiveOf", "Samudra", "Current", "CEO")],
    ),
    ("id", "[Budi] batal menjadi direktur utama {Samudra}.", [("Budi", "chiefExecutiveOf", "Samudra", "Denied", "direktur utama")]),
    ("id", "[Budi] gagal menjadi komisaris {Samudra}.", [("Budi", "holdsPositionAt", "Samudra", "Denied", "komisaris")]),
    ("id", "[Budi] tidak jadi memimpin {Samudra}.", [("Budi", "chiefExecutiveOf", "Samudra", "Denied", None)]),
    ("en", "[Okafor] failed to become chairman of {Larkfield}.", [("Okafor", "chairOf", "Larkfield", "Denied", "chairman")]),
    ("zh", "[林晓云]未能成为{青禾科技}董事长。", [("林晓云", "chairOf", "青禾科技", "Denied", "董事长")]),
    ("zh", "{青禾科技}不是{云舟智行}的竞争对手。", [("青禾科技", "competitorOf", "云舟智行", "Denied", None)]),
    ("id", "{Samudra} dinakhodai [Budi].", [("Budi", "chiefExecutiveOf", "Samudra", "Current", None)]),
    ("id", "{Samudra}, yang dikomandoi [Budi], maju.", [("Budi", "chiefExecutiveOf", "Samudra", "Current", None)]),
    ("id", "{Samudra}, dipimpin Pak [Budi], maju.", [("Budi", "chiefExecutiveOf", "Samudra", "Current", None)]),
    ("id", "{Samudra} pernah dinakhodai oleh [Budi].", [("Budi", "chiefExecutiveOf", "Samudra", "Past", None)]),
    ("id", "{Samudra} menggandeng {Pelita}.", [("Samudra", "partnerOf", "Pelita", "Current", None)]),
    ("id", "{Samudra} bersaing dengan {Pelita}.", [("Samudra", "competitorOf", "Pelita", "Current", None)]),
    ("id", "{Pelita} dibeli {Samudra}.", [("Samudra", "acquired", "Pelita", "Current", None)]),
    ("zh", "在{青禾科技}担任技术总监的[林晓云]说。", [("林晓云", "holdsPositionAt", "青禾科技", "Current", "技术总监")]),
    ("zh", "{青禾科技}携手{云舟智行}。", [("青禾科技", "partnerOf", "云舟智行", "Current", None)]),
    ("zh", "{青禾科技}董事長[林曉雲]出席。", [("林曉雲", "chairOf", "青禾科技", "Current", "董事長")]),
    ("zh", "[林曉雲]擔任{青禾科技}執行長。", [("林曉雲", "chiefExecutiveOf", "青禾科技", "Current", "執行長")]),
    ("en", "[Okafor] is deputy CEO of {Larkfield}.", [("Okafor", "holdsPositionAt", "Larkfield", "Current", "deputy CEO")]),
    ("en", "[Okafor] is vice-chairwoman of {Larkfield}.", [("Okafor", "holdsPositionAt", "Larkfield", "Current", "vice-chairwoman")]),
    (
        "en",
        "{Larkfield}'s deputy global chief executive, [Okafor], left.",
        [("Okafor", "holdsPositionAt", "Larkfield", "Current", "deputy global chief executive")],
    ),
    (
        "en",
        "[Okafor], assistant to the chairman of {Larkfield}, sings.",
        [("Okafor", "holdsPositionAt", "Larkfield", "Current", "assistant to the chairman")],
    ),
    (
        "en",
        "[Okafor], vice chairwoman and CEO of {Larkfield}, sings.",
        [
            ("Okafor", "holdsPositionAt", "Larkfield", "Current", "vice chairwoman"),
            ("Okafor", "chiefExecutiveOf", "Larkfield", "Current", "CEO"),
        ],
    ),
    ("id", "Wakil CEO {Samudra}, [Budi], hadir.", [("Budi", "holdsPositionAt", "Samudra", "Current", "Wakil CEO")]),
    (
        "id",
        "[Budi] adalah staf khusus direktur utama {Samudra}.",
        [("Budi", "holdsPositionAt", "Samudra", "Current", "staf khusus direktur utama")],
    ),
    ("zh", "{青禾科技}副行政總裁[林晓云]出席。", [("林晓云", "holdsPositionAt", "青禾科技", "Current", "副行政總裁")]),
    ("zh", "{青禾科技}董事长助理[林晓云]出席。", [("林晓云", "holdsPositionAt", "青禾科技", "Current", "董事长助理")]),
    ("zh", "{青禾科技}总裁特别助理[林晓云]出席。", [("林晓云", "holdsPositionAt", "青禾科技", "Current", "总裁特别助理")]),
    ("zh", "{青禾科技}的股东{云舟智行}出席。", [("云舟智行", "investorIn", "青禾科技", "Current", None)]),
]


@pytest.mark.parametrize(("language", "text", "expected"), STATED)
def test_wordings_state_claims(language, text, expected, blank, marked, ontology):
    plain, mentions, chains = marked(text)
    names = {n: w for w, n in chains.items()}
    found = wordings(blank(plain, language), mentions, ontology)
    assert sorted(((names[c.subject], c.predicate, names[c.object], c.status, c.title) for c in found), key=str) == sorted(
        expected, key=str
    )
    assert all(
        0 < c.confidence <= 1 and c.method == "wording" and plain[c.evidence.start : c.evidence.end].strip() == plain.strip() for c in found
    )


STATUSES = [
    # who is removed is named by his post no more
    ("en", "{Larkfield} has dismissed chief executive [Okafor].", "Past"),
    ("en", "{Larkfield} ousted its chairman, [Okafor].", "Past"),
    ("en", "{Larkfield}'s outgoing chairman [Okafor] praised the sale.", "Current"),
    # an aside tells of something else, unless it is nothing but a cue
    ("en", "[Okafor], who rejected an offer, is chairman of {Larkfield}.", "Current"),
    ("en", "[Okafor], who will turn 60 next week, is chairman of {Larkfield}.", "Current"),
    ("en", "[Okafor] (formerly a banker) is chairman of {Larkfield}.", "Current"),
    ("zh", "[林晓云]（曾留学美国）是{青禾科技}董事长。", "Current"),
    ("en", "{Larkfield}, reportedly, acquired {Northwind}.", "Rumoured"),
    # a cue is a word of its own
    ("zh", "[林晓云]目前是{青禾科技}董事长。", "Current"),
    ("zh", "{青禾科技}日前任命[林晓云]为首席执行官。", "Current"),
    ("zh", "[林晓云]任{青禾科技}原材料总监。", "Current"),
    ("zh", "[林晓云]三年前是{青禾科技}董事长。", "Current"),
    ("zh", "{青禾科技}原董事长[林晓云]出席。", "Past"),
    ("zh", "[林晓云]原是{青禾科技}董事长。", "Past"),
    ("zh", "[钱澄]将卸任，由原{青禾科技}董事长[林晓云]接替。", "Past"),
    ("zh", "{青禾科技}将会收购{云舟智行}。", "Future"),
    # and modifies what stands right behind it
    ("en", "Late on Monday {Larkfield} launched <Heron>.", "Current"),
    ("en", "Last May {Larkfield} launched <Heron>.", "Current"),
    ("en", "At once {Larkfield} took over {Northwind}.", "Current"),
    ("en", "Next week {Larkfield} chairman [Okafor] will travel.", "Current"),
    ("en", "Next {Larkfield} chairman [Okafor] will travel.", "Future"),
    ("en", "Ex-{Larkfield} chairman [Okafor] sings.", "Past"),
    ("en", "On Monday {Northwind} met former {Larkfield} chairman [Okafor].", "Past"),
    ("en", "[Okafor], {Larkfield}'s chairman-elect, sings.", "Future"),
    ("en", "Reportedly {Larkfield} chairman [Okafor] will travel.", "Current"),
    ("id", "Calon pembeli menemui Direktur Utama {Samudra} [Budi].", "Current"),
    ("id", "Calon Direktur Utama {Samudra} [Budi] hadir.", "Future"),
    ("id", "Sementara Direktur Utama {Samudra} [Budi] hadir.", "Current"),
    ("id", "CEO sementara {Samudra} [Budi] hadir.", "Interim"),
    # what is denied or dropped follows at once
    ("en", "{Larkfield} denied {*it} had acquired {Northwind}.", "Denied"),
    ("en", "{Larkfield} denied on Monday {*it} had acquired {Northwind}.", "Denied"),
    ("en", "{Larkfield} denied on 12 May 2026 {*it} had acquired {Northwind}.", "Denied"),
    ("en", "{Larkfield} denied [Okafor] is chairman of {Northwind}.", "Denied"),
    ("en", "{Larkfield} abandoned {*its} acquisition of {Northwind}.", "Denied"),
    ("en", "{Larkfield} has called off {*its} planned acquisition of {Northwind}.", "Denied"),
    ("en", "{Larkfield} scrapped {*its} planned takeover of {Northwind}.", "Denied"),
    ("en", "{Larkfield} has called off the takeover of {Northwind}.", "Denied"),
    ("en", "{Larkfield} has abandoned the acquisition of {Northwind}.", "Denied"),
    ("id", "{Samudra} membatalkan pembelian {Pelita}.", "Denied"),
    ("zh", "{青禾科技}取消对{云舟智行}的收购。", "Denied"),
    ("en", "{Larkfield} denied a newspaper report that {*it} had bought {Northwind}.", "Denied"),
    ("en", "{Northwind} rejected {Larkfield} chairman [Okafor].", "Current"),
    ("id", "{Samudra} membantah telah mengakuisisi {Pelita}.", "Denied"),
    ("zh", "{青禾科技}否认收购{云舟智行}。", "Denied"),
    ("zh", "对于{云舟智行}将被{青禾科技}收购的传言，公司未予置评。", "Rumoured"),
    ("zh", "{青禾科技}否认创始人[林晓云]将离开。", "Current"),
    # a post that is declined is not taken
    ("en", "[Okafor] turned down the post of chairman at {Larkfield}.", "Denied"),
    ("en", "[Okafor] declined to become chief executive of {Larkfield}.", "Denied"),
    ("en", "[Okafor], chairman of {Larkfield}, declined to comment.", "Current"),
    ("id", "[Budi] menolak jabatan direktur utama {Samudra}.", "Denied"),
    ("zh", "[林晓云]拒绝出任{青禾科技}董事长。", "Denied"),
    # a rumour of what is ahead is a rumour
    ("en", "{Larkfield} will reportedly acquire {Northwind}.", "Rumoured"),
    ("en", "{Larkfield} reportedly plans to acquire {Northwind}.", "Rumoured"),
    ("id", "{Samudra} kabarnya akan mengakuisisi {Pelita}.", "Rumoured"),
    ("zh", "{青禾科技}据传将收购{云舟智行}。", "Rumoured"),
]


@pytest.mark.parametrize(("language", "text", "status"), STATUSES)
def test_cues_tell_the_status_of_what_they_stand_with(language, text, status, blank, marked, ontology):
    plain, mentions, _ = marked(text)
    assert {c.status for c in wordings(blank(plain, language), mentions, ontology)} == {status}


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("{Larkfield} denied {*it} had acquired {Northwind}.", True),
        ("{Larkfield} denied that {*it} had acquired {Northwind}.", True),
        ("{Larkfield} denied [Okafor], founder of {Northwind}, was ill.", False),
        ("{Larkfield} has reportedly acquired {Northwind}.", False),
    ],
)
def test_what_a_clause_denies_is_denied_whatever_else_is_read(text, sure, blank, marked, ontology):
    plain, mentions, _ = marked(text)
    assert {c.certainty == GOVERNED for c in wordings(blank(plain, "en"), mentions, ontology)} == {sure}


def test_a_possessive_that_refers_back_needs_no_mark(blank, marked, ontology):
    plain, mentions, chains = marked("{Larkfield} and {*its} chief executive [Okafor] agreed.")
    found = wordings(blank(plain, "en"), mentions, ontology)
    assert [(c.subject, c.predicate, c.object) for c in found] == [(chains["Okafor"], "chiefExecutiveOf", chains["Larkfield"])]


def test_a_date_ends_with_its_sentence(blank, marked, ontology):
    plain, mentions, _ = marked("[Okafor] was chief executive of {Larkfield} until the end of 2031")
    assert [(c.predicate, c.status) for c in wordings(blank(plain, "en"), mentions, ontology)] == [("chiefExecutiveOf", "Past")]


@pytest.mark.parametrize(
    ("language", "title", "expected"),
    [
        ("en", "chairman and chief executive", ["chairman", "chief executive"]),
        ("en", "president, CEO & chair", ["president", "CEO", "chair"]),
        ("id", "pendiri sekaligus direktur utama", ["pendiri", "direktur utama"]),
        ("zh", "创始人、董事长兼首席执行官", ["创始人", "董事长", "首席执行官"]),
    ],
)
def test_titles_join_offices(language, title, expected, ontology):
    assert [office for office, _ in split(title, offices(ontology, language))] == expected


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("[林晓云]，她将返回总部，出任{青禾科技}董事长。", SKIPPED),
        ("[林晓云]，她已返回总部，出任{青禾科技}董事长。", 0.9),
    ],
)
def test_a_clause_of_what_is_ahead_makes_the_next_one_less_sure(text, certainty, blank, marked, ontology):
    plain, mentions, _ = marked(text)
    assert {c.certainty for c in wordings(blank(plain, "zh"), mentions, ontology)} == {certainty}
