"""The parameters there are, by group, in the order of their page (AQ-11).

Each is read where it counts, at the moment it counts: what is set here holds from then on.
"""

from collections.abc import Mapping, Sequence

from records.errors import NotFound
from records.parameters.parameter import Parameter

_ENTRY = "登录与密码"
_ACCOUNTS = "账号"
_FILES = "文件与导出"
_WORK = "办理与提醒"

PASSWORD_LENGTH = Parameter(
    "password_length", _ENTRY, "密码最短长度", "个字符", 8, 8, 64,
    "密码另须有字母、数字和特殊字符；改长后，现有密码到下次修改时才按新长度检查。",
)  # fmt: skip
PASSWORD_DAYS = Parameter(
    "password_days", _ENTRY, "密码有效期", "天", 90, 0, 3650,
    "到期后下次登录须先改密码；0 为不限期。",
)  # fmt: skip
PASSWORD_WARN_DAYS = Parameter(
    "password_warn_days", _ENTRY, "密码到期前提醒", "天", 7, 0, 60,
    "到期前这些天内，登录后提醒修改；0 为不提醒。",
)  # fmt: skip
PASSWORD_HISTORY = Parameter(
    "password_history", _ENTRY, "不得重复的近期密码", "次", 5, 0, 20,
    "新密码不得与最近这么多次用过的相同；0 为可以重复。",
)  # fmt: skip
LOCK_FAILURES = Parameter(
    "lock_failures", _ENTRY, "连续输错密码的次数", "次", 5, 3, 20,
    "从一处连续输错这么多次后，须等待一段时间。",
)  # fmt: skip
LOCK_MINUTES = Parameter("lock_minutes", _ENTRY, "输错后等待的时间", "分钟", 15, 1, 1440)
SESSION_IDLE_MINUTES = Parameter(
    "session_idle_minutes", _ENTRY, "无操作自动退出", "分钟", 30, 5, 720,
    "这么久没有操作，须重新登录；选了保持登录的除外。",
)  # fmt: skip
SESSION_HOURS = Parameter(
    "session_hours", _ENTRY, "一次登录最长", "小时", 12, 1, 24,
    "从登录时算起，到时须重新登录；选了保持登录的除外。",
)  # fmt: skip
REMEMBER_DAYS = Parameter(
    "remember_days", _ENTRY, "保持登录", "天", 7, 0, 90,
    "登录时可选在本机保持登录这么多天；改短后已有的也随之缩短，0 为不提供。",
)  # fmt: skip
CODE_MINUTES = Parameter(
    "code_minutes", _ACCOUNTS, "验证码有效时间", "分钟", 15, 5, 60,
    "登录、找回密码、绑定邮箱和手机的验证码，过时作废。",
)  # fmt: skip
CODE_SIGN_IN = Parameter(
    "code_sign_in", _ENTRY, "验证码登录", "", 0, 0, 1,
    "开启后，绑定了手机或邮箱的，可以凭发去的验证码登录；须已开通短信或邮件。",
)  # fmt: skip
APPLICATIONS = Parameter(
    "applications", _ACCOUNTS, "接受账号申请", "", 1, 0, 1,
    "开启后，登录页有“申请账号”；关闭后不再接受新的申请。",
)  # fmt: skip
TOKEN_DAYS = Parameter(
    "token_days", _ACCOUNTS, "应用令牌最长有效期", "天", 366, 1, 3660,
    "新生成的令牌最长可用的天数；已有的令牌不变。",
)  # fmt: skip
FILE_MIB = Parameter(
    "file_mib", _FILES, "单个文件最大", "MiB", 0, 0, 102_400,
    "上传的文件不得超过这个大小，也不超过服务器的设置；0 为只按服务器的设置。",
)  # fmt: skip
EXPORT_ROWS = Parameter(
    "export_rows", _FILES, "列表导出的最多行数", "行", 100_000, 100, 1_000_000,
)  # fmt: skip
SCANS = Parameter(
    "scans", _FILES, "识别扫描件中的文字", "", 1, 0, 1,
    "开启后，图片和没有文字的页在后台逐页识别，供检索；关闭后不再识别，已识别的仍可检索。",
)  # fmt: skip
SCAN_PAGES = Parameter(
    "scan_pages", _FILES, "一个文件最多识别的页数", "页", 600, 1, 5000,
    "超过的页不识别；文档中的图片每幅算一页；改大后，已识别过的文件自动补识别。",
)  # fmt: skip
BULK_RECORDS = Parameter(
    "bulk_records", _WORK, "一次批量办理的最多件数", "件", 200, 1, 1000,
)  # fmt: skip
SOON_DAYS = Parameter(
    "soon_days", _WORK, "即将到期", "天", 3, 1, 30,
    "首页“即将到期”包括这些天内到期的事项。",
)  # fmt: skip
DELEGATION_DAYS = Parameter(
    "delegation_days", _WORK, "一次委托代办的最长天数", "天", 366, 1, 3660,
)  # fmt: skip
GROUP_MEMBERS = Parameter(
    "group_members", _WORK, "一个分组的最多人数", "人", 500, 10, 5000,
)  # fmt: skip
STALE_DAYS = Parameter(
    "stale_days", _WORK, "邮件、短信提醒的补发期限", "天", 7, 1, 30,
    "送不出去的提醒，过了这些天不再补发；站内消息不受影响。",
)  # fmt: skip
RIGHTS_NOTICE_DAYS = Parameter(
    "rights_notice_days", _WORK, "权限变更通知的展示天数", "天", 90, 7, 366,
)  # fmt: skip

CATALOGUE: Sequence[Parameter] = (
    PASSWORD_LENGTH,
    PASSWORD_DAYS,
    PASSWORD_WARN_DAYS,
    PASSWORD_HISTORY,
    LOCK_FAILURES,
    LOCK_MINUTES,
    SESSION_IDLE_MINUTES,
    SESSION_HOURS,
    REMEMBER_DAYS,
    CODE_MINUTES,
    CODE_SIGN_IN,
    APPLICATIONS,
    TOKEN_DAYS,
    FILE_MIB,
    EXPORT_ROWS,
    SCANS,
    SCAN_PAGES,
    BULK_RECORDS,
    SOON_DAYS,
    DELEGATION_DAYS,
    GROUP_MEMBERS,
    STALE_DAYS,
    RIGHTS_NOTICE_DAYS,
)

BY_NAME: Mapping[str, Parameter] = {each.name: each for each in CATALOGUE}


def parameter_named(name: str) -> Parameter:
    """The parameter of that name. Raises NotFound (``unknown_parameter``)."""
    if name not in BY_NAME:
        raise NotFound("unknown_parameter", given=name[:60])
    return BY_NAME[name]
