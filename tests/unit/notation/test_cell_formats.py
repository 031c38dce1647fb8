"""Numbers of cells as their formats show them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notation.cell_formats import CellFormat, built_in


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("General", "1200.5", "1200.5"),
        ("General", "42799", "42799"),
        ("General", "0.30000000000000004", "0.3"),
        ("General", "1E3", "1000"),
        ("General", "no number", "no number"),
        ("General", "1E+300", "1E+300"),
        ("0", "-0.2", "0"),
        ("0.00", "2.005", "2.01"),
        ("0.0#", "2", "2.0"),
        ("000000", "42", "000042"),
        ("000-0000-0000", "13800138000", "138-0013-8000"),
        ("#,##0.00", "1234567.891", "1,234,567.89"),
        ("#,##0,", "1234567", "1,235"),
        ("0.00%", "0.1256", "12.56%"),
        ("[$¥-804]#,##0.00", "1234.5", "¥1,234.50"),
        ('0"万元"', "12", "12万元"),
        ('"第"0"号"', "5", "第5号"),
        ('General"元"', "5", "5元"),
        ("#,##0;[Red](#,##0)", "-1234", "(1,234)"),
        ('0;-0;"无"', "0", "无"),
        ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-5.5", "-5.50"),
        ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "0", "-"),
        ("[=0]?;0%", "0.5", "50%"),
        ("[<60]0;[>=60]0.0", "60", "60.0"),
        ("[<60]0;[>=60]0.0", "59", "59"),
        ("@", "5", "5"),
        ("#", "0", ""),
        ("0.00E+00", "12345", "12345"),
        ("# ?/?", "0.5", "0.5"),
        ("[DBNum1]0", "123", "一百二十三"),
        ("[DBNum2]General", "123", "壹佰贰拾叁"),
        ("", "7", "7"),
    ],
)
def test_a_number_is_shown_as_its_format_says(code: str, value: str, text: str) -> None:
    assert CellFormat(code).shown(value, from_1904=False) == text


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("yyyy-mm-dd", "42799", "2017-03-05"),
        ('yyyy"年"m"月"d"日"', "42799", "2017年3月5日"),
        ('[$-804]yyyy"年"m"月"d"日";@', "42799", "2017年3月5日"),
        ('[DBNum1][$-804]yyyy"年"m"月"d"日"', "42799", "二〇一七年三月五日"),
        ("yyyy/m/d h:mm", "42799.75", "2017/3/5 18:00"),
        ('上午/下午h"时"mm"分"', "42799.75", "下午6时00分"),
        ("h:mm AM/PM", "0.5", "12:00 PM"),
        ("[h]:mm:ss", "1.5", "36:00:00"),
        ("mm:ss.0", "0.001", "01:26.4"),
        ("aaaa", "42799", "星期日"),
        ("d-mmm-yy", "42799", "5-Mar-17"),
        ("dddd", "42799", "Sunday"),
        ("yyyy-mm-dd", "1", "1900-01-01"),
        ("yyyy-mm-dd", "61", "1900-03-01"),
        ("yyyy-mm-dd", "-1", "-1"),
        ("yyyy-mm-dd", "2958466", "2958466"),
        ("yyyy-mm-dd", "2958465.99999999", "2958465.99999999"),
    ],
)
def test_a_day_is_shown_as_its_format_says(code: str, value: str, text: str) -> None:
    assert CellFormat(code).shown(value, from_1904=False) == text


def test_days_may_be_counted_from_1904() -> None:
    assert CellFormat("yyyy-mm-dd").shown("41337", from_1904=True) == "2017-03-05"


def test_formats_without_a_code_are_those_of_chinese_offices() -> None:
    assert CellFormat(built_in("14")).shown("42799", from_1904=False) == "2017/3/5"
    assert CellFormat(built_in("31")).shown("42799", from_1904=False) == "2017年3月5日"
    assert built_in("0") == built_in("4711") == "General"


@given(st.text(alphabet='0#?.,;%@"\\[]$-_*yYmMdDhHsSaAeEPM/年:<=>1 ', max_size=30), st.floats())
def test_no_format_and_no_number_make_it_fail(code: str, number: float) -> None:
    assert isinstance(CellFormat(code).shown(repr(number), from_1904=False), str)
