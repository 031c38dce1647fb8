"""Accounts, sessions and passwords."""

from collections.abc import Mapping

ACCOUNTS: Mapping[str, tuple[str, str]] = {
    "wrong_password": ("用户名或密码不正确。", "请核对后重试；连续输错 5 次须等待 15 分钟。"),
    "account_locked": (
        "登录失败次数过多，暂时不能从这里登录。",
        "请在 {minutes} 分钟后重试，或改用您登录过的浏览器；忘记密码的，请管理员重置。",
    ),
    "too_many_at_once": (
        "您同时进行的操作过多。",
        "请等前面的操作完成，{wait_s} 秒后再试；已填写的内容不会丢失。",
    ),
    "account_disabled": ("该账号已停用。", "请与本单位管理员联系。"),
    "session_expired": ("登录已失效。", "请重新登录；已填写的内容不会丢失。"),
    "must_set_password": (
        "须先设置自己的密码。",
        "一次性密码和他人设置的密码只能用来改密；请设置包含字母、数字和特殊字符的密码。",
    ),
    "weak_password": ("密码不符合要求。", "至少 8 位，须有字母、数字和特殊字符，且不含用户名。"),
    "reused_password": ("新密码与近期使用过的密码相同。", "请换一个没有用过的密码。"),
    "account_busy": ("该账号正在被修改。", "请稍后重试。"),
    "unknown_session": ("没有这个登录会话。", "它可能已经结束，请刷新页面。"),
    "not_signed_in": ("尚未登录。", "请先登录。"),
    "operators_only": (
        "这里只对系统管理员和指定的地址开放。",
        "请以管理员登录，或请运维人员设置 WENSHU_OPEN_TO。",
    ),
    "foreign_host": (
        "这台服务器不以这个主机名提供服务。",
        "请核对网址，或请运维人员设置 WENSHU_HOSTS。",
    ),
    "no_host": ("请求没有写明主机名（Host）。", "请改用符合 HTTP/1.1 的客户端。"),
    "administrators_only": ("只有系统管理员可以进行这项操作。", "请与系统管理员联系。"),
}
