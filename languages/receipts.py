"""The words of what came back from those to whom a record was published, in tables and pages."""

from collections.abc import Mapping

RECEIPT_WORDS: Mapping[str, str] = {
    # Heads and title of the table; {label} is what the kind asks for: 反馈, 回执.
    "title": "{title}——{label}情况",
    "reading": "阅读",
    "recipient": "对象",
    "unit": "单位",
    "standing": "状态",
    "read_at": "阅读时间",
    "answered_at": "{label}时间",
    "answered_by": "{label}人",
    # How it stands with a recipient.
    "joined": "后加入",
    "gone": "已不在范围",
    "answered": "已{label}",
    "answered_late": "已{label}（逾期）",
    "read": "已读",
    "read_late": "已读（逾期未{label}）",
    "unread": "未读",
    "unread_late": "未读（逾期未{label}）",
    # Values.
    "yes": "是",
    "no": "否",
    "of_people": "{read}/{all} 人",
}
"""Word → as it is written; names in braces are filled in."""
