"""Automatic numbers of paragraphs, as Word shows them."""

from collections.abc import Sequence

from indexers.extraction.office.list_definitions import (
    ListDefinitions,
    NumberingTaker,
    StylesTaker,
)
from indexers.extraction.office.list_numbers import ListNumbers
from indexers.extraction.office.markup import feed
from tests.hostile.office import element, level, numbering

_LEVELS = (
    level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2") + level(2, "decimal", "%1.%2.%3")
)


def numbers(lists: str, styles: str = "") -> ListNumbers:
    taker, styled = NumberingTaker(), StylesTaker()
    feed(iter([lists.encode()]), taker)
    feed(iter([element("w:styles", styles).encode()]), styled)
    return ListNumbers(
        ListDefinitions(taker.abstract, taker.instances, styled.styles, styled.default)
    )


def labels(found: ListNumbers, *paragraphs: tuple[int, int]) -> list[str]:
    return [found.label("", str(number), at).rstrip("\t") for number, at in paragraphs]


def of_level(form: str, text: str, more: str = "", times: int = 1) -> Sequence[str]:
    return labels(numbers(numbering(level(0, form, text, more))), *[(1, 0)] * times)


def test_articles_are_counted_in_chinese() -> None:
    assert of_level("chineseCountingThousand", "第%1条", times=12)[-1] == "第十二条"
    assert of_level("chineseCounting", "（%1）", times=2) == ["（一）", "（二）"]


def test_deeper_levels_begin_anew_after_a_higher_one() -> None:
    found = numbers(numbering(_LEVELS))
    assert labels(found, (1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1)) == [
        "1.", "1.1", "1.2", "1.2.1", "2.", "2.1",
    ]  # fmt: skip


def test_a_level_that_never_restarts_counts_on() -> None:
    on = level(1, "decimal", "%2", '<w:lvlRestart w:val="0"/>')
    found = numbers(numbering(level(0, "decimal", "%1") + on))
    assert labels(found, (1, 0), (1, 1), (1, 0), (1, 1)) == ["1", "1", "2", "2"]


def test_a_level_restarts_only_after_the_level_it_names() -> None:
    last = level(2, "decimal", "%3", '<w:lvlRestart w:val="1"/>')
    found = numbers(numbering(level(0, "decimal", "%1") + level(1, "decimal", "%2") + last))
    paragraphs = ((1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 2))
    assert labels(found, *paragraphs) == ["1", "1", "1", "2", "2", "2", "1"]


def test_a_level_above_that_was_left_out_has_begun() -> None:
    found = numbers(numbering(_LEVELS))
    assert labels(found, (1, 1), (1, 0), (1, 1)) == ["1.1", "2.", "2.1"]


def test_lists_of_one_abstract_list_count_on_and_an_override_begins_anew_once() -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    found = numbers(numbering(_LEVELS, "", "", anew))
    paragraphs = ((1, 0), (2, 0), (3, 0), (3, 0), (1, 0))
    assert labels(found, *paragraphs) == ["1.", "2.", "1.", "2.", "3."]


def test_a_list_may_replace_a_level() -> None:
    other = level(0, "upperLetter", "（%1）")
    found = numbers(numbering(_LEVELS, "", f'<w:lvlOverride w:ilvl="0">{other}</w:lvlOverride>'))
    assert labels(found, (1, 0), (2, 0)) == ["1.", "（B）"]


def test_legal_numbers_are_decimal_whatever_the_levels_above_say() -> None:
    levels = level(0, "chineseCounting", "第%1章") + level(1, "decimal", "%1.%2", "<w:isLgl/>")
    assert labels(numbers(numbering(levels)), (1, 0), (1, 1)) == ["第一章", "1.1"]


def test_what_follows_a_number_is_a_tab_a_space_or_nothing() -> None:
    for told, after in (("tab", "\t"), ("space", " "), ("nothing", "")):
        found = numbers(numbering(level(0, "decimal", "%1.", f'<w:suff w:val="{told}"/>')))
        assert found.label("", "1", 0) == f"1.{after}"


def test_bullets_and_levels_without_text_show_no_number() -> None:
    assert of_level("bullet", "\uf0b7") == [""]
    assert of_level("decimal", "") == [""]
    assert of_level("none", "附件：%1") == ["附件："]


def test_a_list_of_no_number_or_that_is_not_there_shows_none() -> None:
    found = numbers(numbering(_LEVELS))
    assert [found.label("", number, 0) for number in ("0", "9", "x", "")] == ["", "", "", ""]
    assert found.label("", "1", 8) == ""
    assert found.label("", None, None) == ""


def test_a_style_gives_the_list_and_the_level_that_names_it() -> None:
    levels = level(0, "chineseCounting", "第%1章", '<w:pStyle w:val="Chapter"/>')
    levels += level(1, "chineseCounting", "第%2条", '<w:pStyle w:val="Article"/>')
    list_of = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = f'<w:style w:styleId="Chapter">{list_of}</w:style>'
    styles += f'<w:style w:styleId="Article">{list_of}</w:style>'
    styles += '<w:style w:styleId="Own"><w:basedOn w:val="Article"/></w:style>'
    found = numbers(numbering(levels), styles)
    told = [found.label(style, None, None) for style in ("Chapter", "Article", "Article")]
    assert told == ["第一章\t", "第一条\t", "第二条\t"]
    assert found.label("Own", None, 1) == "第三条\t"
    assert found.label("Article", "0", None) == ""


def test_styles_that_lead_to_each_other_end() -> None:
    styles = '<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style>'
    styles += '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    assert numbers(numbering(_LEVELS), styles).label("a", None, None) == ""


def test_a_list_may_take_its_levels_from_a_list_style() -> None:
    lists = element(
        "w:numbering",
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="Laws"/></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="1">'
        f"{level(0, 'chineseCounting', '第%1条')}</w:abstractNum>"
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>',
    )
    style = '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>'
    found = numbers(lists, f'<w:style w:type="numbering" w:styleId="Laws">{style}</w:style>')
    assert labels(found, (1, 0), (2, 0)) == ["第一条", "第二条"]


def test_a_format_of_a_newer_word_is_read_before_its_stand_in() -> None:
    custom = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback>'
        '<w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
        '<w:lvlText w:val="%1"/></w:lvl>'
    )
    assert labels(numbers(numbering(custom)), (1, 0)) == ["001"]


def test_what_a_style_was_before_a_change_does_not_count() -> None:
    former = '<w:pPrChange><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange>'
    styles = f'<w:style w:styleId="s"><w:pPr>{former}</w:pPr></w:style>'
    assert numbers(numbering(_LEVELS), styles).label("s", None, None) == ""
