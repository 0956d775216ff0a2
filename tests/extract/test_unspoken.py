import pytest

from kg.extract.quotations import quotations, quoted

# Names in [brackets] are people, in {braces} organizations, in <angles> products.
OTHERS = [
    ("zh", "针对“产品存在严重质量缺陷”的指责，{青禾}总经理[林晓云]称：“所有检测报告全部合格。”", [("所有检测报告全部合格。", "林晓云")]),
    ("zh", "[林晓云]针对“产品存在严重质量缺陷”的指责表示：“所有检测报告全部合格。”", [("所有检测报告全部合格。", "林晓云")]),
    ("zh", "“外界说我们要卖掉工厂”的传闻并不属实，{青禾}总裁[林晓云]说。", []),
    ("zh", "有媒体报道称“{青禾}即将退出中国市场”，[林晓云]予以否认。", []),
    ("zh", "有投资者提问“公司是否与远山有合作”，[林晓云]回复称：“公司目前没有相关业务。”", [("公司目前没有相关业务。", "林晓云")]),
    ("zh", "針對市場傳聞「{青禾}即將退出台灣市場」，[林晓云]表示：「這個消息並不屬實。」", [("這個消息並不屬實。", "林晓云")]),
    ("zh", "{青禾}与{远山}共建“放射影像智能联合实验室”，[林晓云]说。", []),
    ("zh", "[林晓云]关于“我们要把工厂搬到海边”的说法引发争议，他说。", [("我们要把工厂搬到海边", "林晓云")]),
    ("zh", "[林晓云]公开质疑“这个价格实在太低了”，她说。", [("这个价格实在太低了", "林晓云")]),
    ("en", 'Asked whether "the plant would ever be opened again", [Okafor] said no.', []),
    ("en", '[Okafor] was asked whether "the plant would ever be opened again".', []),
    ("en", '[Okafor] asked whether "the plant would ever be opened again".', [("the plant would ever be opened again", "Okafor")]),
    ("en", 'Later [Okafor] called, and she asked if "the plant would open again".', [("the plant would open again", "Okafor")]),
    ("en", '[Okafor] dismissed reports that "{Larkfield} has run out of cash".', []),
    ("en", '[Okafor] claims that "the plant was never closed at all".', [("the plant was never closed at all", "Okafor")]),
    (
        "en",
        '[Okafor] said in response to claims that "the brakes fail in the rain": "All tests were passed."',
        [("All tests were passed.", "Okafor")],
    ),
    ("en", '[Okafor] opened the so-called "House of a Thousand Windows", she said.', []),
    ("en", '[Okafor] called it "<House of a Thousand Windows>".', []),
    ("id", '[Budi] membantah kabar bahwa "{Samudra} akan segera bangkrut".', []),
    (
        "id",
        'Menanggapi isu "{Samudra} akan segera bangkrut", [Budi] mengatakan: "Itu tidak benar sama sekali."',
        [("Itu tidak benar sama sekali.", "Budi")],
    ),
    ("id", 'Ditanya apakah "pabrik itu akan dibuka lagi", [Budi] menjawab singkat.', []),
    ("id", '[Budi], direktur {Samudra}, menanggapi: "Pabrik itu tidak akan kami jual."', [("Pabrik itu tidak akan kami jual.", "Budi")]),
    ("id", '[Budi] membantah, "Pabrik itu tidak pernah kami tutup."', [("Pabrik itu tidak pernah kami tutup.", "Budi")]),
]


@pytest.mark.parametrize(("language", "text", "expected"), OTHERS)
def test_rumours_questions_and_titles_are_not_said_by_who_is_named_beside_them(language, text, expected, blank, marked, ontology):
    plain, mentions, chains = marked(text)
    names = {n: w for w, n in chains.items()}
    found = quotations(blank(plain, language), mentions, {}, ontology)
    assert [(u.text, names[u.speaker]) for u in found] == expected


SIGNED = [
    ("[Stone] runs {Larkfield}.\n\n“Our best year is still to come.” – [Okafor], {Larkfield}", ["Okafor"]),
    ("[Stone] runs {Larkfield}.\n\n“Our best year is still to come.”\n\n— [Okafor], chief executive", ["Okafor"]),
    ('[Stone] runs {Larkfield}.\n\n"Our best year is still to come." -- CEO [Okafor]', ["Okafor"]),
    ('[Stone] runs {Larkfield}.\n\n"Our best year is still to come."\n- [Okafor]', ["Okafor"]),
    ("[韩立群]掌管{青禾}。\n\n“我们最好的一年还没有到来。”——{青禾}总裁[林晓云]", ["林晓云"]),
    ("“Our best year is still to come,” – [Okafor] had left by then – said [Stone].", ["Stone"]),
    ("“Our best year is still to come.” – [Okafor] had left by then.", ["Stone"]),
    ("[Okafor] gave “a long and winding speech” – {Larkfield}, it was felt, deserved better.", ["Stone"]),
]


@pytest.mark.parametrize(("text", "expected"), SIGNED)
def test_a_name_behind_a_dash_signs_a_quotation_whoever_else_was_thought_to_speak(text, expected, blank, marked, ontology):
    plain, mentions, chains = marked(text)
    known = dict.fromkeys(quoted(plain), chains.setdefault("Stone", len(chains)))
    names = {n: w for w, n in chains.items()}
    found = quotations(blank(plain, "en"), mentions, known, ontology)
    assert [names[u.speaker] for u in found] == expected
