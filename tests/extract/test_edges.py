"""Edges: what is no part of a name is left out of it, and what names nothing is no name."""

import pytest

from kg.extract.edges import bare
from kg.languages.encoder import Found


def read(text, marked, kind, ontology):
    start = text.index(marked)
    found = bare(Found(start, start + len(marked), kind), text, ontology)
    return text[found.start : found.end], found.nominal


UNNAMED = [
    ("RUPSLB mengangkat Tirta Salim.", "RUPSLB", "Organization", True),
    ("Rapat Umum Pemegang Saham Luar Biasa (RUPSLB) dibuka.", "Rapat Umum Pemegang Saham Luar Biasa (RUPSLB)", "Organization", True),
    ("The Board named Ana Lim.", "The Board", "Organization", True),
    ("The Tea Board named Ana Lim.", "Tea Board", "Organization", False),
    ("启衡科技临时股东大会选举陆知远。", "临时股东大会", "Organization", True),
    ("RUPSLB digelar Rabu.", "RUPSLB", "Event", False),
    ("Prof. Tolmer agreed.", "Prof", "Person", True),
    ("Dr Tolmer agreed.", "Dr", "Person", True),
    ("Then Kang agreed.", "Kang", "Person", False),
]


@pytest.mark.parametrize(("text", "marked", "kind", "nominal"), UNNAMED)
def test_an_organ_of_a_firm_and_a_bare_honorific_are_no_names(text, marked, kind, nominal, ontology):
    assert read(text, marked, kind, ontology)[1] == nominal


ENDS = [
    ("Toymaker Bobbin fell. Bobbin makes dolls.", "Toymaker Bobbin", "Organization", "Bobbin"),
    ("Toymaker Bobbin fell. It makes dolls.", "Toymaker Bobbin", "Organization", "Toymaker Bobbin"),
    ("Toymaker Bobbin fell. Toymaker Bobbin rose.", "Toymaker Bobbin", "Organization", "Toymaker Bobbin"),
    ("Emiten Sido Lestari naik. Sido Lestari untung.", "Emiten Sido Lestari", "Organization", "Sido Lestari"),
    ("云溪科技将与天溪食品展开竞争。", "天溪食品展", "Event", "天溪食品"),
    ("天溪食品展开幕。", "天溪食品展", "Event", "天溪食品展"),
    ("段子安于2021年加入云溪。", "段子安于", "Person", "段子安"),
    ("陆云将出任总裁。", "陆云将", "Person", "陆云将"),
    ("青溪由段勇于2015年创立。", "段勇于", "Person", "段勇"),
    ("青溪由段忠于去年创办。", "段忠于", "Person", "段忠"),
    ("段守于出任总裁。", "段守于", "Person", "段守于"),
    ("欧阳子于出任总裁。", "欧阳子于", "Person", "欧阳子于"),
    ("云溪由陆勇于2015年创立。", "陆勇于", "Person", "陆勇"),
    ("雲溪由陸勇於去年創立。", "陸勇於", "Person", "陸勇"),
    ("陆子于出任总裁。", "陆子于", "Person", "陆子于"),
    ("总裁陆敏辞任。", "陆敏辞", "Person", "陆敏"),
    ("云溪集团所持青禾股份售出。", "云溪集团所", "Organization", "云溪集团"),
    ("云溪交易所持有青禾股份。", "云溪交易所", "Organization", "云溪交易所"),
    ("雲溪並承諾投資。", "雲溪並", "Organization", "雲溪"),
    ("它在淘宝上出售。", "淘宝上", "Organization", "淘宝"),
    ("它在云海上出售。", "云海上", "Organization", "云海上"),
    ("前台嶺副總裁林海加入青溪。", "前台嶺", "Organization", "台嶺"),
    ("青溪前台很忙。", "前台", "Organization", "前台"),
    ("推出“青溪”S2芯片。", "青溪”S2", "Product", "“青溪”S2"),
    ("推出「青溪」S2晶片。", "青溪」S2", "Product", "「青溪」S2"),
    ("推出系列「青溪」。", "系列「青溪", "Product", "系列「青溪」"),
    ("bought Tolmers' plants", "Tolmers'", "Organization", "Tolmers"),
    ("bought Tolmers’ plants", "Tolmers’", "Organization", "Tolmers"),
    ("joined Dunkin' in May", "Dunkin'", "Organization", "Dunkin'"),
]


@pytest.mark.parametrize(("text", "marked", "kind", "name"), ENDS)
def test_a_name_has_whole_quotation_marks_and_nothing_of_the_words_behind_it(text, marked, kind, name, ontology):
    assert read(text, marked, kind, ontology)[0] == name
