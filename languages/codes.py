"""Messages with a one-time code, in Chinese (LG-07)."""

from collections.abc import Mapping

_ABOUT: Mapping[str, str] = {
    "recovery": "找回密码",
    "binding": "绑定联系方式",
    "sign-in": "登录",
}


_REPLACED: Mapping[str, str] = {"mail": "电子邮箱", "sms": "手机号码"}


def replaced_message(channel: str) -> tuple[str, str]:
    """What an address is told that another one replaces: subject and text."""
    about = _REPLACED[channel]
    text = (
        f"您的账号绑定了另一{about}，今后验证码不再发到这里。不是您本人操作的，请立即与管理员联系。"
    )
    return f"文枢绑定{about}变更", text


def code_message(purpose: str, code: str, minutes: int) -> tuple[str, str]:
    """Subject and text; the text is short enough for a short message."""
    about = _ABOUT[purpose]
    text = (
        f"您正在{about}，验证码 {code}，{minutes} 分钟内有效，只能用一次。"
        "请勿告诉他人；不是您本人操作的，请与管理员联系。"
    )
    return f"文枢{about}验证码", text
