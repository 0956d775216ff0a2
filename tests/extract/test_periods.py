import math
import re
from dataclasses import replace

import pytest

from kg.errors import ModelError
from kg.extract.clock import Odds
from kg.extract.clues import Scene
from kg.extract.dates import dateline, dates
from kg.extract.periods import SILENT, Timing, load, periods
from kg.model import Claim, Mention, Period, Span

ALONE = math.log(0.45 / 0.55)  # above which log-odds the clues alone are believed


def by_clues(scene: Scene, timing: Timing | None = None) -> tuple[Claim, ...]:
    """What clues say where the network has no opinion."""
    return periods(scene, timing or load(), [{d.value: (0.0, 0.0) for d in scene.dates}] * len(scene.claims), ALONE)


PERIODS = [
    ("en", "[Okafor] founded {Larkfield} in 1999.", "founderOf", "Current", Period("1999")),
    ("en", "[Okafor] has been chief executive of {Larkfield} since March 2020.", "chiefExecutiveOf", "Current", Period("2020-03")),
    ("en", "[Okafor] was chief executive of {Larkfield} until 2 May 2021.", "chiefExecutiveOf", "Past", Period(None, "2021-05-02")),
    ("en", "[Okafor] was chief executive of {Larkfield} from 2009 to 2018.", "chiefExecutiveOf", "Past", Period("2009", "2018")),
    ("en", "[Okafor] is chief executive of {Larkfield}.", "chiefExecutiveOf", "Current", Period()),
    ("id", "[Budi] mendirikan {Samudra} pada 1999.", "founderOf", "Current", Period("1999")),
    ("id", "[Budi] menjabat direktur utama {Samudra} hingga Mei 2021.", "chiefExecutiveOf", "Past", Period(None, "2021-05")),
    ("zh", "[林晓云]1999年创立{青禾科技}。", "founderOf", "Current", Period("1999")),
    ("zh", "[林晓云]自2020年3月起担任{青禾科技}首席执行官。", "chiefExecutiveOf", "Current", Period("2020-03")),
]


@pytest.mark.parametrize(("language", "text", "predicate", "status", "expected"), PERIODS)
def test_dates_beside_a_claim_are_its_period(language, text, predicate, status, expected, blank, marked, ontology):
    plain, mentions, _ = marked(text)
    parsed = blank(plain, language)
    claim = Claim(0, predicate, 1, Span("a.txt", 0, len(plain)), status=status)
    (filled,) = by_clues(Scene(parsed, (claim,), dates(parsed, ontology), ontology, mentions))
    assert filled.period == expected


@pytest.mark.parametrize("sure", [{"2011": (9.0, -9.0), "2020": (-9.0, -9.0)}, {"2011": (-9.0, -9.0), "2020": (-9.0, 9.0)}])
def test_with_one_end_of_a_stretch_comes_the_other(sure, blank, marked, ontology):
    plain, mentions, _ = marked("[Okafor] led {Larkfield} from 2011 to 2020.")
    parsed = blank(plain, "en")
    claim = Claim(0, "chiefExecutiveOf", 1, Span("a.txt", 0, len(plain)), "Past")
    scene = Scene(parsed, (claim,), dates(parsed, ontology), ontology, mentions)
    (found,) = periods(scene, Timing({}, (0.0, 0.0)), [sure], ALONE)
    assert found.period == Period("2011", "2020")


def test_the_nearer_claim_gets_the_date(blank, marked, ontology):
    plain, mentions, chains = marked("[Okafor] founded {Larkfield} in 1999, and {Northwind} acquired {*it} in 2016.")
    parsed, evidence = blank(plain, "en"), Span("a.txt", 0, len(plain))
    claims = (Claim(0, "founderOf", 1, evidence, "Current"), Claim(chains["Northwind"], "acquired", 1, evidence, "Current"))
    found = by_clues(Scene(parsed, claims, dates(parsed, ontology), ontology, mentions))
    assert [c.period.start for c in found] == ["1999", "2016"]


def test_offices_of_one_phrase_share_the_date(blank, marked, ontology):
    plain, mentions, _ = marked("[Okafor] has been president and CEO of {Larkfield} since 1 April 2020.")
    parsed, evidence = blank(plain, "en"), Span("a.txt", 0, len(plain))
    claims = [Claim(0, p, 1, evidence, "Current", title=t) for p, t in (("chiefExecutiveOf", "CEO"), ("holdsPositionAt", "president"))]
    found = by_clues(Scene(parsed, claims, dates(parsed, ontology), ontology, mentions))
    assert [c.period for c in found] == [Period("2020-04-01")] * 2


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "JAKARTA, 5 March 2024 - {Larkfield} has named [Okafor] chief executive."),
        ("id", "JAKARTA, 5 Maret 2024 - {Larkfield} menunjuk [Okafor] sebagai direktur utama."),
        ("zh", "斯德哥尔摩2024年3月5日电 {青禾科技}任命[林晓云]为首席执行官。"),
        ("zh", "2023年{青禾科技}亏损。\n\n斯德哥尔摩3月5日电 {*青禾科技}任命[林晓云]为首席执行官。"),
    ],
)
def test_the_day_of_a_dateline_dates_nothing(language, text, blank, marked, ontology):
    plain, mentions, _ = marked(text)
    parsed = blank(plain, language)
    parsed = replace(parsed, document=replace(parsed.document, issued=dateline(parsed, ontology)))
    claim = Claim(1, "chiefExecutiveOf", 0, Span("a.txt", 0, len(plain)), "Current")
    (found,) = by_clues(Scene(parsed, [claim], dates(parsed, ontology), ontology, mentions))
    assert found.period == Period()


def test_a_date_outside_the_evidence_brings_its_own(blank, marked, ontology):
    plain, mentions, _ = marked(
        "[Okafor] is the chief executive of {Larkfield}. The firm is old. [*Okafor] has been chief executive since 2019."
    )
    parsed, evidence = blank(plain, "en"), Span("a.txt", 0, plain.index(".") + 1)
    claim = Claim(0, "chiefExecutiveOf", 1, evidence, "Current", title="chief executive")
    first, second = by_clues(Scene(parsed, [claim], dates(parsed, ontology), ontology, mentions))
    assert (first, second.period) == (claim, Period("2019"))
    assert "2019" in plain[second.evidence.start : second.evidence.end]
    assert "old" not in plain[second.evidence.start : second.evidence.end]


def test_what_has_a_period_keeps_it_and_a_date_in_a_name_is_none(blank, marked, ontology):
    plain, mentions, _ = marked("[Okafor] has led {Larkfield 2019} since 2020.")
    parsed, evidence = blank(plain, "en"), Span("a.txt", 0, len(plain))
    stated = [Claim(0, "chiefExecutiveOf", 1, evidence, "Current", period=Period("2001"))]
    scene = Scene(parsed, stated, dates(parsed, ontology), ontology, mentions)
    assert [d.value for d in scene.dates] == ["2020"]
    assert [c.period for c in by_clues(scene)] == [Period("2001")]


@pytest.mark.parametrize("sure", [9.0, 1.0])
def test_a_start_after_the_end_is_that_of_another_term(sure, blank, marked, ontology):
    plain, mentions, _ = marked("[Okafor] has led {Larkfield} since 2020, as she did until 2010.")
    parsed, evidence = blank(plain, "en"), Span("a.txt", 0, len(plain))
    scene = Scene(parsed, [Claim(0, "chiefExecutiveOf", 1, evidence, "Current")], dates(parsed, ontology), ontology, mentions)
    assert [d.value for d in scene.dates] == ["2020", "2010"]
    timing = Timing({"word -1 since": (3.0 + sure, 0.0), "word -1 until": (0.0, 7.0)}, (-3.0, -3.0))
    found = [(c.period, c.status) for c in by_clues(scene, timing)]
    assert found == [(Period(None, "2010"), "Past"), (Period("2020"), "Current")]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "[Okafor] was chief executive of {Larkfield} from 2001 to 2007, and again from 2014 to 2019.",
            [("Past", "2001", "2007"), ("Past", "2014", "2019")],
        ),
        (
            "id",
            "[Budi] menjabat direktur utama {Samudra} dari 2001 hingga 2007 dan dari 2014 hingga 2019.",
            [("Past", "2001", "2007"), ("Past", "2014", "2019")],
        ),
        (
            "zh",
            "[林晓云]2001年至2007年担任{青禾科技}首席执行官，2014年至2019年再次担任该职。",
            [("Past", "2001", "2007"), ("Past", "2014", "2019")],
        ),
    ],
)
def test_who_was_in_office_twice_held_it_twice(language, text, expected, blank, marked, ontology):
    plain, mentions, _ = marked(text)
    parsed = blank(plain, language)
    claim = Claim(0, "chiefExecutiveOf", 1, Span("a.txt", 0, len(plain)), "Past")
    found = by_clues(Scene(parsed, [claim], dates(parsed, ontology), ontology, mentions))
    assert [(c.status, c.period.start, c.period.end) for c in found] == expected


def test_who_came_back_and_has_not_left_is_in_office(blank, marked, ontology):
    plain, mentions, _ = marked("[Okafor] was chief executive of {Larkfield} from 2001 to 2007, and again since 2014.")
    parsed = blank(plain, "en")
    claim = Claim(0, "chiefExecutiveOf", 1, Span("a.txt", 0, len(plain)), "Past")
    timing = Timing({"word -1 from": (9.0, 0.0), "word -1 since": (8.0, 0.0)}, (-3.0, -3.0))
    found = by_clues(Scene(parsed, [claim], dates(parsed, ontology), ontology, mentions), timing)
    assert [(c.status, c.period.start, c.period.end) for c in found] == [("Past", "2001", "2007"), ("Current", "2014", None)]


def test_a_start_told_very_often_is_one_term(blank, marked, ontology):
    plain, mentions, _ = marked("[Okafor] has led {Larkfield} since 2014. " + "[*Okafor] has led it since 2014. " * 900)
    parsed = blank(plain, "en")
    claim = Claim(0, "chiefExecutiveOf", 1, Span("a.txt", 0, plain.index(".") + 1), "Current")
    timing = Timing({"word -1 since": (9.0, 9.0)}, (-3.0, -3.0))
    found = by_clues(Scene(parsed, [claim], dates(parsed, ontology), ontology, mentions), timing)
    assert {c.period.start or c.period.end for c in found} == {"2014"}
    assert len(found) <= 2


def test_a_term_that_is_over_has_evidence_of_its_own(blank, marked, ontology):
    plain, mentions, _ = marked(
        "[Okafor] is chief executive of {Larkfield}. The firm is old. [*Okafor] ran it from 2001 to 2007, and again since 2014."
    )
    parsed, evidence = blank(plain, "en"), Span("a.txt", 0, plain.index(".") + 1)
    claim = Claim(0, "chiefExecutiveOf", 1, evidence, "Current")
    timing = Timing({"word -1 from": (9.0, 0.0), "word -1 since": (8.0, 0.0)}, (-3.0, -3.0))
    found = by_clues(Scene(parsed, [claim], dates(parsed, ontology), ontology, mentions), timing)
    assert [(c.status, c.period) for c in found] == [
        ("Past", Period("2001", "2007")), ("Current", Period()), ("Current", Period("2014")),
    ]  # fmt: skip
    assert [c.evidence == evidence for c in found] == [False, True, False]


@pytest.mark.parametrize(
    ("text", "issued", "expected"),
    [
        ("[Okafor] led {Larkfield} from 2011 to 2020.", "2023-06-12", [("Past", "2011", "2020")]),
        ("[Okafor] led {Larkfield} from 2011 to 2020.", "2019", [("Current", "2011", "2020")]),
        ("[Okafor] led {Larkfield} from 2011 to 2020.", None, [("Current", "2011", "2020")]),
        (
            "[Okafor] leads {Larkfield}. [*Okafor] led it before, from 2011 to 2020.",
            "2023",
            [("Past", "2011", "2020"), ("Current", None, None)],
        ),
    ],
)
def test_what_ended_before_the_text_holds_no_more(text, issued, expected, blank, marked, ontology):
    plain, mentions, _ = marked(text)
    parsed = blank(plain, "en", issued)
    claim = Claim(0, "chiefExecutiveOf", 1, Span("a.txt", 0, plain.index(".") + 1), "Current")
    timing = Timing({"word -1 from": (9.0, 0.0)}, (-3.0, -3.0))
    found = by_clues(Scene(parsed, [claim], dates(parsed, ontology), ontology, mentions), timing)
    assert [(c.status, c.period.start, c.period.end) for c in found] == expected


def test_who_was_taken_over_from_is_not_in_office_again(blank, marked, ontology):
    plain, mentions, chains = marked(
        "[Okafor] was chief executive of {Larkfield} from 2001 to 2007, and since 2014. [Obi] succeeded [*Okafor]."
    )
    parsed, evidence = blank(plain, "en"), Span("a.txt", 0, len(plain))
    claims = [Claim(0, "chiefExecutiveOf", 1, evidence, "Past"), Claim(chains["Obi"], "succeeds", 0, evidence, "Current")]
    timing = Timing({"word -1 from": (9.0, 0.0), "word -1 since": (8.0, 0.0)}, (-3.0, -3.0))
    found = by_clues(Scene(parsed, claims, dates(parsed, ontology), ontology, mentions), timing)
    assert {c.status for c in found if c.predicate == "chiefExecutiveOf"} == {"Past"}


def test_what_is_no_office_has_one_period(blank, marked, ontology):
    plain, mentions, _ = marked("{Larkfield} bought {Northwind} from 2001 to 2007, and again since 2014.")
    parsed = blank(plain, "en")
    claim = Claim(0, "acquired", 1, Span("a.txt", 0, len(plain)), "Current")
    timing = Timing({"word -1 from": (9.0, 0.0), "word -1 since": (8.0, 0.0)}, (-3.0, -3.0))
    (found,) = by_clues(Scene(parsed, [claim], dates(parsed, ontology), ontology, mentions), timing)
    assert found.period == Period("2001", "2007")


POSTS = [
    ("en", "[Okafor] was ‹dockhand› at {Larkfield} until 2016 and ‹harbour pilot› until 2019.", [(None, "2016"), (None, "2019")]),
    ("en", "In 2016 [Okafor] became ‹dockhand› at {Larkfield}, in 2019 ‹harbour pilot›.", [("2016", None), ("2019", None)]),
    ("en", "[Okafor] is ‹dockhand› and a ‹harbour pilot› of {Larkfield} since 2016.", [("2016", None), ("2016", None)]),
    ("zh", "[林晓云]2016年起担任{青禾科技}‹財務長›。[*她]2019年起担任‹副總裁›。", [("2016", None), ("2019", None)]),
]


@pytest.mark.parametrize(("language", "text", "expected"), POSTS)
def test_in_one_passage_a_date_is_that_of_the_post_beside_it(language, text, expected, blank, marked, ontology):
    plain, mentions, _ = marked(re.sub("[‹›]", "", text))
    parsed, evidence = blank(plain, language), Span("a.txt", 0, len(plain))
    claims = [Claim(0, "holdsPositionAt", 1, evidence, "Current", title) for title in re.findall("‹(.+?)›", text)]
    words = {"word -1 until": (0.0, 9.0), "word -1 in": (9.0, 0.0), "word -1 since": (9.0, 0.0), "word 1 起": (9.0, 0.0)}
    found = by_clues(Scene(parsed, claims, dates(parsed, ontology), ontology, mentions), Timing(words, (-3.0, -3.0)))
    assert [(c.period.start, c.period.end) for c in found] == expected


def test_of_two_posts_each_has_its_own_dates(blank, marked, ontology):
    plain, mentions, _ = marked(
        "[Okafor] is chief technology officer of {Larkfield}. [*Okafor] was finance director of {*Larkfield} from 2009 to 2012."
    )
    parsed, cut = blank(plain, "en"), plain.index(".") + 1
    posts = (("chief technology officer", "Current", 0, cut), ("finance director", "Past", cut + 1, len(plain)))
    claims = [Claim(0, "holdsPositionAt", 1, Span("a.txt", a, b), status, title) for title, status, a, b in posts]
    found = by_clues(Scene(parsed, claims, dates(parsed, ontology), ontology, mentions))
    assert [(c.title, c.period) for c in found] == [("chief technology officer", Period()), ("finance director", Period("2009", "2012"))]


def test_posts_in_one_breath_share_their_dates(blank, marked, ontology):
    plain, mentions, _ = marked("[Okafor] has been treasurer and vice president of {Larkfield} since 1 April 2020.")
    parsed, evidence = blank(plain, "en"), Span("a.txt", 0, len(plain))
    claims = [Claim(0, "holdsPositionAt", 1, evidence, "Current", title) for title in ("treasurer", "vice president")]
    found = by_clues(Scene(parsed, claims, dates(parsed, ontology), ontology, mentions))
    assert [c.period for c in found] == [Period("2020-04-01")] * 2


def test_odds_are_of_three_things():
    timing = Timing({"a": (800.0, 2.0), "b": (-1600.0, 1.0)}, (0.5, -0.5))
    assert timing.odds(["a"]) == pytest.approx((800.5 - math.log(1 + math.exp(1.5)), -799.0))
    start, end = timing.odds(["a", "b", "unseen"])
    assert start == pytest.approx(-799.5 - math.log(1 + math.exp(2.5)))
    assert end == pytest.approx(2.5)


def test_what_clues_and_network_say_is_added_up(blank, marked, ontology):
    plain, mentions, _ = marked("[Okafor] led {Larkfield} since 2020 until 2010.")
    parsed, evidence = blank(plain, "en"), Span("a.txt", 0, len(plain))
    scene = Scene(parsed, [Claim(0, "chiefExecutiveOf", 1, evidence, "Current")], dates(parsed, ontology), ontology, mentions)
    timing = Timing({"word -1 since": (2.0, 0.0)}, (-3.0, -3.0))

    def found(told: dict[str, Odds]) -> Period:
        return periods(scene, timing, [told], 0.0)[0].period

    assert found({}) == found({"2020": SILENT}) == Period()
    assert found({"2020": (4.0, 0.0), "2010": (0.0, 0.0)}) == Period("2020")
    assert found({"2020": (0.0, 0.0), "2010": (0.0, 4.0)}) == Period(None, "2010")


def test_damaged_weights_are_named(tmp_path):
    for kept in ("", "{}", '{"bias": [0], "weights": {}}', '{"bias": [0, 0], "weights": {"a": [1]}}'):
        path = tmp_path / f"{len(kept)}.json"
        path.write_text(kept)
        with pytest.raises(ModelError, match=path.name):
            load(path)


def test_weights_are_read_as_they_were_written(tmp_path):
    Timing({"word -1 起": (0.25, -1.0)}, (-2.0, -3.0)).write(tmp_path / "w.json")
    assert load(tmp_path / "w.json") == Timing({"word -1 起": (0.25, -1.0)}, (-2.0, -3.0))


def test_an_endless_sentence_costs_no_more_than_its_length(blank, ontology):
    def pairs(size):
        mentions, claims = [Mention(Span("a.txt", 0, 3), "Hub", "Organization", "en", 0)], []
        text = "Hub said that "
        for n in range(1, size + 1):
            mentions.append(Mention(Span("a.txt", len(text), len(text) + 2), "Oa", "Person", "en", n))
            text += f"Oa joined in {1900 + n % 100} and "
            claims.append(Claim(n, "holdsPositionAt", 0, Span("a.txt", 0, len(text)), "Current"))
        parsed = blank(text, "en")
        return sum(1 for _ in Scene(parsed, claims, dates(parsed, ontology), ontology, mentions).candidates())

    assert pairs(400) < 2.2 * pairs(200)
