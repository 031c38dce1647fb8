"""Messages with a one-time code, in Chinese (LG-07)."""

from collections.abc import Mapping

_ABOUT: Mapping[str, str] = {"recovery": "找回密码", "binding": "绑定联系方式"}


def code_message(purpose: str, code: str, minutes: int) -> tuple[str, str]:
    """Subject and text; the text is short enough for a short message."""
    about = _ABOUT[purpose]
    text = (
        f"您正在{about}，验证码 {code}，{minutes} 分钟内有效，只能用一次。"
        "请勿告诉他人；不是您本人操作的，请与管理员联系。"
    )
    return f"文枢{about}验证码", text
