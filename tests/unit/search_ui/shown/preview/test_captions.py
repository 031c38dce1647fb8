"""Under a picture of a document stands what was recognised on it (SS-03)."""

import pytest

from search_ui.shown.files import scan_badge
from search_ui.shown.preview.captions import Captions
from search_ui.texts import read_texts
from services.scanning.scan_state import ScanStage, ScanState

T = read_texts()


@pytest.mark.feature("SS-03")
def test_each_numbered_picture_has_its_name_and_its_text_below() -> None:
    html = '<p><img data-picture="2" src="data:A"></p><img alt="…"><img data-picture="3" src="x">'
    assert Captions({2: "甲<乙>\n丙"}, T).under(html) == (
        '<p><img alt="图 2" src="data:A"><samp>甲&lt;乙&gt;\n丙</samp></p>'
        '<img alt="…"><img alt="图 3" src="x">'
    )


@pytest.mark.feature("SS-03")
def test_what_an_author_says_of_a_picture_stays_and_claims_no_text() -> None:
    captions = Captions({1: "甲", 3: "丙"}, T)
    said = "#3 &lt;img data-picture=&quot;3&quot; "
    html = f'<p>data-picture="3" </p><img alt="{said}" data-picture="1" src="x"><img alt="#3">'
    assert captions.under(html) == (
        f'<p>data-picture="3" </p><img alt="{said}" src="x"><samp>甲</samp><img alt="#3">'
    )
    assert captions.not_shown() == "<p>图 3</p><samp>丙</samp>"


@pytest.mark.feature("SS-03")
def test_what_stands_on_a_picture_that_is_not_shown_is_told_all_the_same() -> None:
    captions = Captions({1: "甲", 2: "乙&"}, T)
    for number in (1, 3):
        captions.under(f'<img data-picture="{number}" src="x">')
    assert captions.not_shown() == "<p>图 2</p><samp>乙&amp;</samp>"


@pytest.mark.feature("SS-03")
def test_pictures_within_a_document_are_told_as_pictures_and_only_where_text_is_on_them() -> None:
    def told(stage: ScanStage, *, done: int = 0, failed: int = 0, sure: int | None = None) -> str:
        state = ScanState(
            stage, done, 4, beyond=2 * failed, failed=failed, confidence=sure, pictures=True
        )
        badge = scan_badge(state, T)
        return badge.label if badge else ""

    assert told(ScanStage.READING, done=1) == "图片文字识别中：第 2 幅，共 4 幅"
    assert told(ScanStage.DONE) == ""
    read = told(ScanStage.DONE, sure=90)
    assert read == "4 幅图片的文字由识别得来，可能有误（平均把握 90%）"
    failed = told(ScanStage.PARTIAL, failed=1)
    assert failed.startswith("1 幅未能识别：")
    assert failed.endswith("；超出上限，部分识别：前 4 幅，共 6 幅")
