"""The shipped network: what it believes, and that it reads alike again."""

from dataclasses import replace

import pytest

from kg.languages import encoder
from kg.languages.encoder import Marked

TEXT = "Wulan Hartanto is chief executive of Samudra Biru, a shipping firm in Surabaya. Hartanto joined Samudra Biru in 2019."


@pytest.fixture(scope="module")
def network():
    return encoder.load()


def believing(network, least):
    changed = replace(network, calibration=replace(network.calibration, believed=least))
    return [m for m in changed.read(TEXT, Marked()).mentions if not m.nominal]


def test_names_are_found_with_their_places(network):
    names = {TEXT[m.start : m.end]: m.kind for m in network.read(TEXT, Marked()).mentions if not m.nominal}
    assert names["Wulan Hartanto"] == "Person"
    assert names["Samudra Biru"] == "Organization"


def test_a_name_that_is_known_is_believed_however_unsure(network):
    doubting = replace(network, calibration=replace(network.calibration, believed=1.01))
    found = doubting.read(TEXT, Marked(), lambda name: name == "Samudra Biru").mentions
    assert {TEXT[m.start : m.end] for m in found if not m.nominal} == {"Samudra Biru"}


def test_a_form_stays_as_long_as_its_surest_mention_is_sure_enough(network):
    everything = believing(network, 0.0)
    for least in (0.5, 0.9, 0.99, 1.01):
        surest = {
            TEXT[m.start : m.end]: max(o.score for o in everything if TEXT[o.start : o.end] == TEXT[m.start : m.end]) for m in everything
        }
        assert believing(network, least) == [m for m in everything if surest[TEXT[m.start : m.end]] >= least]


@pytest.mark.parametrize(
    ("text", "plain", "others"),
    [
        pytest.param(
            "Wulan Hartanto of Samudra Biru founded klikpay in 2019. Tirta Air bought klikpay from Lintang Cargo.",
            {"klikpay"},
            {"Wulan Hartanto", "Samudra Biru"},
            id="in small letters where names have capitals",
        ),
        pytest.param("龙门云谷科技创始人吴岭说，活力传媒收购了青岚数据。", {"活力传媒"}, {"吴岭"}, id="of common Chinese words"),
    ],
)
def test_a_name_written_as_other_words_are_must_be_surer(text, plain, others, network, monkeypatch):
    believing = replace(network, calibration=replace(network.calibration, believed=0.2))
    found = {}
    for least in (0.0, 1.01):
        monkeypatch.setattr(encoder, "PLAIN", least)
        found[least] = {text[m.start : m.end] for m in believing.read(text, Marked()).mentions if not m.nominal}
    assert found[0.0] - found[1.01] == plain
    assert others <= found[1.01]


def test_names_are_found_in_a_text_without_capitals(network):
    found = {TEXT[m.start : m.end] for m in network.read(TEXT.lower(), Marked()).mentions if not m.nominal}
    assert {"Wulan Hartanto", "Samudra Biru"} <= found


def test_reading_again_gives_the_same(network):
    first, second = (network.read(TEXT, Marked()) for _ in range(2))
    assert first.mentions == second.mentions
    assert all((a.relations == b.relations).all() for a, b in zip(first.links, second.links, strict=True))
