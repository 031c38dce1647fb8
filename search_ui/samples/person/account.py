"""Samples of sign-in, security, people, errors and the environment check."""

from datetime import UTC, date, datetime

from search_ui.samples.shell import BUREAU, NOW, Sample
from search_ui.views.person.account import (
    CheckLine,
    CheckPage,
    ErrorPage,
    Fact,
    ProbeLine,
    SecurityPage,
    SessionRow,
    SetPasswordPage,
    SignInPage,
    TokenForm,
    TokenRow,
    TokensPage,
    Way,
)
from search_ui.views.person.interface import InterfacePage, Operation, OperationGroup, Parameter
from search_ui.views.shell import Badge, Choice

HINTS = (
    ("clerk1", "Abc#12345", "机要室"),
    ("head1", "Abc#12345", "科室负责人"),
    ("reader1", "Abc#12345", "区局工作人员"),
)
OK = Badge("正常", "ok")
TOKENS = (
    TokenRow("收文接口", "读取、办理", NOW, date(2027, 2, 28), "/account/tokens/1/revoke", "王敏"),
    TokenRow(
        "旧门户", "读取", NOW, date(2026, 10, 31), "/account/tokens/2/revoke", "甲一", over=True
    ),
)
TOKEN_FORM = TokenForm(
    (
        Choice("read", "读取：检索、查看、下载", chosen=True),
        Choice("write", "写入：新建、修改、上传、删除"),
        Choice("act", "办理：送审、同意、退回等"),
    ),
    date(2027, 2, 28),
)
PROBES = (
    ProbeLine("script", "页面脚本", "请在浏览器设置中允许脚本。"),
    ProbeLine("cookies", "Cookie", "不能登录。请允许本站使用 Cookie。"),
    ProbeLine("storage", "本地存储", "填写中的内容不能自动保留。"),
    ProbeLine("printing", "打印", "请换用桌面浏览器打印。"),
    ProbeLine("screen", "屏幕", "请使用更宽的窗口。"),
)
ACCOUNT = {
    "sign-in": Sample("sign_in", SignInPage(BUREAU, hints=HINTS), bare=True),
    "sign-in-wrong": Sample("sign_in", SignInPage(
        BUREAU, login="clerk1", problem="用户名或密码不正确。",
        advice="请核对后重试；连续输错 5 次须等待 15 分钟。"), bare=True),
    "sign-in-locked": Sample("sign_in", SignInPage(
        BUREAU, login="clerk1", problem="登录失败次数过多，暂时不能从这里登录。",
        advice="请在 14 分钟后重试，或改用您登录过的浏览器；忘记密码的，请管理员重置。",
        ), bare=True),
    "sign-in-expired": Sample("sign_in", SignInPage(BUREAU, expired=True), bare=True),
    "sign-in-unified": Sample("sign_in", SignInPage(
        BUREAU, problem="统一身份认证暂时不能连接。",
        advice="请先用用户名和密码登录，或稍后重试；仍不能连接的，请管理员检查。",
        unified="统一身份认证"), bare=True),
    "set-password": Sample("set_password", SetPasswordPage(
        BUREAU, "new1", "K7Q2-9XTM", problem="新密码至少 8 位，须同时包含字母、数字和符号。"),
        bare=True),
    "security": Sample("security", SecurityPage((
        SessionRow("1", "Chrome · Windows", "10.0.3.17", NOW, NOW, current=True),
        SessionRow("2", "Chrome · Android", "10.0.9.4",
                   datetime(2026, 11, 20, 1, 0, tzinfo=UTC),
                   datetime(2026, 11, 21, 9, 0, tzinfo=UTC))),
        tokens=TOKENS[:1], token_form=TOKEN_FORM)),
    "security-token": Sample("security", SecurityPage((
        SessionRow("1", "Chrome · Windows", "10.0.3.17", NOW, NOW, current=True),),
        tokens=TOKENS[:1], token_form=TOKEN_FORM,
        made="wst.d2FuZ21pbg.01M8NM9B8Y0AEC84S09WVWQ4GM.kq3Y-V7d1cWz0bPzv8J1o5R2m6T4x9Lw")),
    "tokens": Sample("tokens", TokensPage(TOKENS), "tokens"),
    "tokens-none": Sample("tokens", TokensPage(()), "tokens"),
    "interface": Sample("interface", InterfacePage(
        (("登录", "以用户名和密码登录得到会话令牌，或使用应用令牌。"),
         ("错误", "出错时应答是 application/problem+json，程序应按 reason 判断。")),
        ((401, "没有登录，或会话、应用令牌已失效"), (404, "没有这个地址或记录")),
        (OperationGroup("group-search", "检索", (Operation(
            "search", "GET", "/api/v1/search", "检索", "空格分开的词须全部出现。",
            (Parameter("q", "查询", "文字"), Parameter("size", "查询", "整数")),
            'curl \\\n  -H "Authorization: Bearer $TOKEN" \\\n  "$WENSHU/api/v1/search?q=…"'),
            Operation("delete", "DELETE", "/api/v1/records/{record}", "删除", "", (), "curl"),
        )),))),
    "error-404": Sample("error", ErrorPage(
        404, "没有这个页面，或您无权查看", "文件可能已被移走、撤回，或没有授权给您。",
        ("核对地址是否完整；需要查看的，请联系文件所属单位授权。",),
        (Way("返回首页", "/", primary=True), Way("去检索", "/search")))),
    "error-409": Sample("error", ErrorPage(
        409, "别人先保存了", "您打开之后，这条记录已有新的修订，本次操作没有执行。",
        ("先查看最新内容，再决定是否重新办理。",),
        (Way("查看最新内容", "/records/a", primary=True),),
        (Fact("最新修订", "第 6 次"), Fact("保存人", "乙二"),
         Fact("保存时间", "2026年11月21日 16:00")))),
    "error-500": Sample("error_bare", ErrorPage(
        500, "系统出错了", "已记录这次错误，您的数据没有丢失。",
        ("稍后重试；仍然出错的，请把请求编号告诉系统管理员。",),
        (Way("返回首页", "/", primary=True),), request="7f3a-91c2"), bare=True),
    "check": Sample("check", CheckPage(
        (CheckLine("文件存储", OK, "可读写，剩余 412 GB"),
         CheckLine("检索索引", Badge("注意", "warning"), "有 12 条记录等待写入",
                   "通常一分钟内完成，持续增加时请查看日志")),
        (CheckLine("浏览器", OK, "Chrome · Windows · 120"),), NOW, PROBES), "check"),
    "check-door": Sample("check", CheckPage(
        (), (CheckLine("浏览器", Badge("版本过低", "danger"), "Chrome · Windows · 72",
                       "请使用内核为 Chromium 86 或更新的浏览器。"),), NOW, PROBES), bare=True),
}  # fmt: skip
