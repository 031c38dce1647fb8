"""Samples of 找回密码, 账号申请 and 个人信息."""

from search_ui.samples.shell import BUREAU, Sample
from search_ui.views.entry import AddressRow, DoorPage, ParticularsPage
from search_ui.views.fields import FormField
from search_ui.views.shell import Choice

WAYS = (("返回登录", "/sign-in"),)
LOGIN = FormField("login", "用户名", "text", required=True)
CHANNEL = FormField(
    "channel", "接收验证码", "radio", required=True,
    choices=(Choice("mail", "电子邮箱", chosen=True), Choice("sms", "手机短信")),
)  # fmt: skip
CODE = FormField("code", "验证码", "text", "12345678", required=True)
NEW = FormField("password", "新密码", "password", "new-password", required=True)
UNIT = FormField(
    "unit", "所在单位", "text", required=True, help="请写全称。", error="没有填写“所在单位”。"
)
ADDRESSES = (
    AddressRow("sms", "手机短信", "139 0000 0000", bound=True, offered=True),
    AddressRow("mail", "电子邮箱", "", bound=False, offered=True),
)
ROOM = FormField("room", "房间", "text", "305 室")
ENTRY = {
    "forgot": Sample("door", DoorPage(
        BUREAU, "找回密码", "验证码发到您绑定的手机或邮箱。", "/forgot", (LOGIN, CHANNEL),
        "获取验证码", ways=WAYS), bare=True),
    "forgot-code": Sample("door", DoorPage(
        BUREAU, "找回密码", "账号 jiayi", "/forgot/code", (CODE, NEW), "重新设置",
        problem="验证码不正确，或已过时、已用过。", hidden=(("login", "jiayi"),), ways=WAYS),
        bare=True),
    "apply": Sample("door", DoorPage(
        BUREAU, "申请账号", "由您所在单位的管理员核实后开通。", "/apply", (LOGIN, UNIT), "提交申请",
        ways=WAYS), bare=True),
    "apply-sent": Sample("door", DoorPage(
        BUREAU, "申请账号", "", "/apply", (), "", told="申请已提交，请保存查询码",
        told_text="凭它查询办理结果。", code="01K000.secret", ways=WAYS), bare=True),
    "particulars": Sample("particulars", ParticularsPage((ROOM,), ADDRESSES, (CHANNEL, NEW))),
    "particulars-code": Sample("particulars", ParticularsPage(
        (ROOM,), ADDRESSES, (), "联系方式有误。", waiting=True, code=CODE)),
    "particulars-alone": Sample("particulars", ParticularsPage((ROOM,), (), ())),
}  # fmt: skip
