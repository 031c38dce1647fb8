"""What people are told, in Chinese: one sentence for each matter (M13)."""

from collections.abc import Mapping

from records.consequences.effects import About

NOTICES: Mapping[About, str] = {
    About.ARRIVED: "“{title}”等待您办理。",
    About.TO_READ: "“{title}”送您阅知。",
    About.RETURNED: "“{title}”已退回，请您修改后重新提交。",
    About.TURNED_BACK: "“{title}”有受文单位退文，请查看理由。",
    About.DUE_SOON: "“{title}”即将到期，请尽快办理。",
    About.DUE: "“{title}”今天到期，请今天办结。",
    About.OVERDUE: "“{title}”已超期，请立即办理。",
    About.ESCALATED: "“{title}”有人逾期未办，请督促。",
    About.UNFILED: "“{title}”办结后尚未归档，请尽快归档。",
    About.URGED: "“{title}”被催办，请尽快办理。",
    About.FINISHED: "“{title}”已办结。",
    About.REFUSED: "“{title}”未获同意，请查看意见。",
    About.ADOPTED: "“{title}”已采用，请查看刊物和分值。",
    About.WITHDRAWN: "“{title}”已撤回。",
    About.CANCELLED: "“{title}”不再需要您办理。",
    About.ASKED: "“{title}”中有人向您询问，请答复。",
    About.ANSWERED: "您在“{title}”中的询问已有答复。",
    About.MENTIONED: "“{title}”中提到了您。",
    About.SHARED: "“{title}”已共享给您。",
    About.CORRECTED: "“{title}”已更正，请以新的版本为准。",
    About.FOUND: "订阅的检索有新结果：“{title}”。",
    About.BEGINS: "您的日程：{title}。",
}
"""Matter → sentence; the title is that of the record as it is called when it is shown."""

MATTERS: Mapping[About, str] = {
    About.ARRIVED: "待办",
    About.TO_READ: "待阅",
    About.RETURNED: "退回",
    About.TURNED_BACK: "退文",
    About.DUE_SOON: "即将到期",
    About.DUE: "今天到期",
    About.OVERDUE: "超期",
    About.ESCALATED: "逾期提请关注",
    About.UNFILED: "未归档",
    About.URGED: "催办",
    About.FINISHED: "办结",
    About.REFUSED: "未同意",
    About.ADOPTED: "采用",
    About.WITHDRAWN: "撤回",
    About.CANCELLED: "无需办理",
    About.ASKED: "询问",
    About.ANSWERED: "答复",
    About.MENTIONED: "提及",
    About.SHARED: "共享",
    About.CORRECTED: "更正",
    About.FOUND: "检索订阅",
    About.BEGINS: "日程",
}
"""Matter → its word, for lists and choices."""


NOT_DELIVERED = "未送达"
"""The state of a paper for a unit where nobody is there to receive it."""

URGENT = frozenset({About.RETURNED, About.DUE, About.OVERDUE, About.URGED, About.REFUSED})
"""Matters that do not wait."""


_FOUND_SEVERAL = "订阅的检索有 {count} 项{more}新结果：“{title}”等。"


def sentence(about: About, title: str, *, count: int = 1, more: bool = False) -> str:
    """A notice in one sentence; `count` is how many records it is about, `more`: at least."""
    several = about is About.FOUND and (count > 1 or more)
    template = _FOUND_SEVERAL if several else NOTICES[about]
    return template.format(title=title, count=count, more="以上" if more else "")


def wording(about: About, title: str) -> tuple[str, str]:
    """Subject and text of a message. Its text says where to go, and nothing that is in there."""
    told = sentence(about, title)
    return f"【{MATTERS[about]}】{title}"[:120], f"{told}请登录文枢查看。"
