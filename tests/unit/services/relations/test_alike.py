"""What a title is about, and what two have in common."""

import pytest

from services.relations.alike import about, shared


@pytest.mark.feature("SS-08")
@pytest.mark.parametrize(
    ("title", "pieces"),
    [
        ("关于做好2026年信用修复有关工作的通知", ("信用修复",)),
        (
            "渝州市财政局关于印发《城镇老旧小区改造资金管理办法》的通知",
            ("渝州市财政局", "城镇老旧小区改造资金管理"),
        ),
        ("关于2025年度工作总结的报告", ()),
        ("通知", ()),
        ("", ()),
        ("2026年12月", ()),
    ],
)
def test_a_title_is_about_what_is_left_without_form(title: str, pieces: tuple[str, ...]) -> None:
    assert about(title) == pieces


def test_short_pieces_count_as_a_whole_and_parts_from_three_characters() -> None:
    assert shared(["信用修复", "档案"], "信用修复指南与档案") == ("信用修复", "档案")
    assert shared(["信用修复"], "信用监管") == ()
    assert shared(["老旧小区改造"], "老旧小区物业") == ("老旧小区",)
