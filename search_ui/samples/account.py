"""Samples of sign-in, security, people, errors and the environment check."""

from datetime import UTC, datetime

from search_ui.samples.shell import BUREAU, NOW, Sample, pager
from search_ui.views.account import (
    CheckLine,
    CheckPage,
    ErrorPage,
    Fact,
    PeoplePage,
    PersonRow,
    SecurityPage,
    SessionRow,
    SetPasswordPage,
    SignInPage,
    UnitNode,
    Way,
)
from search_ui.views.shell import Badge

HINTS = (
    ("clerk1", "Abc#12345", "机要室"),
    ("head1", "Abc#12345", "科室负责人"),
    ("reader1", "Abc#12345", "区局工作人员"),
)
OK = Badge("正常", "ok")
TREE = (
    UnitNode("bureau", BUREAU, "?unit=bureau", 58, "市", opened=True, children=(
        UnitNode("office", "办公室", "?unit=office", 9, current=True),
        UnitNode("food", "食品监管科", "?unit=food", 7),
        UnitNode("district", "江北区市场监督管理局", "?unit=district", 14, "区", children=(
            UnitNode("d-office", "办公室", "?unit=d-office", 4),)),
    )),
)  # fmt: skip
PEOPLE = (
    PersonRow("clerk1", "甲一", "办公室", ("机要室",), ("工作人员",), Badge("内部"), OK,
              reset_href="/people/clerk1/reset"),
    PersonRow("head1", "乙二", "办公室", ("科室负责人",), ("工作人员", "档案员"),
              Badge("秘密", "danger"), Badge("已停用", "danger"),
              reset_href="/people/head1/reset"),
    PersonRow("new1", "己六", "办公室", (), ("工作人员",), Badge("公开", "ok"),
              Badge("待首次登录", "warning"), reset_href="/people/new1/reset"),
)  # fmt: skip
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
    "set-password": Sample("set_password", SetPasswordPage(
        BUREAU, "new1", "K7Q2-9XTM", problem="新密码至少 8 位，须同时包含字母、数字和符号。"),
        bare=True),
    "security": Sample("security", SecurityPage((
        SessionRow("1", "Chrome · Windows", "10.0.3.17", NOW, NOW, current=True),
        SessionRow("2", "Chrome · Android", "10.0.9.4",
                   datetime(2026, 11, 20, 1, 0, tzinfo=UTC),
                   datetime(2026, 11, 21, 9, 0, tzinfo=UTC))))),
    "people": Sample("people", PeoplePage(
        TREE, "办公室", PEOPLE, pager(3), code="K7Q2-9XTM", code_for="己六"), "people"),
    "people-none": Sample("people", PeoplePage(TREE, "办公室", (), pager(0), query="庚七"),
                          "people"),
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
        (CheckLine("页面脚本", Badge("待检查"), "未运行脚本时也能使用基本功能"),
         CheckLine("中文字体", OK, "已安装")), NOW), "check"),
}  # fmt: skip
