"""Accounts, sessions and passwords."""

from collections.abc import Mapping

ACCOUNTS: Mapping[str, tuple[str, str]] = {
    "wrong_password": ("用户名或密码不正确。", "请核对后重试；连续输错多次的，须等待一段时间。"),
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
        "初始密码和他人设置的密码只能用来改密；请设置包含字母、数字和特殊字符的密码。",
    ),
    "weak_password": (
        "密码不符合要求。",
        "至少 {least} 位，须有字母、数字和特殊字符，且不含用户名。",
    ),
    "reused_password": ("新密码与近期使用过的密码相同。", "请换一个没有用过的密码。"),
    "unknown_parameter": ("没有“{given}”这个参数。", "请在参数设置页面查看可以设置的参数。"),
    "parameter_range": (
        "“{label}”不能是 {given}。",
        "请填写 {least} 至 {most} 之间的整数（{unit}）。",
    ),
    "parameter_number": ("“{label}”应是整数。", "请只填写数字，不带单位。"),
    "parameter_changed": (
        "“{label}”刚由{by}改为 {now}。",
        "已填写的内容没有保存，请核对后再保存一次。",
    ),
    "parameters_busy": ("参数正在被别人修改。", "请稍后重试。"),
    "wrong_code": (
        "验证码不正确，或已过时、已用过。",
        "请核对后重试；连续输错多次的，请稍后重新获取验证码。",
    ),
    "too_many_codes": ("获取验证码过于频繁。", "请在 {minutes} 分钟后重试，或请管理员重置密码。"),
    "bad_telephone": ("“{given}”不是电话号码。", "请填写数字，可用空格、括号和连字符分隔。"),
    "no_applications": ("现在不接受账号申请。", "请与本单位管理员联系，由管理员开通账号。"),
    "too_many_applications": (
        "账号申请过多。",
        "请在 {minutes} 分钟后重试，或与本单位管理员联系。",
    ),
    "unknown_application": ("没有这份申请。", "请核对查询码；仍查不到的，请与本单位管理员联系。"),
    "application_decided": ("这份申请已由{by}处理。", "请刷新页面，查看处理结果。"),
    "no_reason": ("没有填写理由。", "请写明理由，申请人可以看到。"),
    "no_address": ("没有填写联系方式。", "请填写手机号码或电子邮箱，便于管理员核实身份。"),
    "must_be_filled": ("没有填写“{label}”。", "请填写后再提交。"),
    "bad_login": (
        "用户名不能是“{given}”。",
        "请用字母、数字、下划线，最长 60 个字符；含汉字的最长 16 个字符，不以点开头。",
    ),
    "login_taken": ("用户名“{given}”已有人使用。", "请换一个用户名。"),
    "not_your_unit": ("“{unit}”不由您管理。", "请选择本单位及其下级单位，或与系统管理员联系。"),
    "kept_above": ("{who}的账号由系统管理员管理。", "请与系统管理员联系。"),
    "role_above": ("您不能设置或收回{who}的角色：{roles}。", "请与系统管理员联系。"),
    "clearance_above": (
        "{who}的涉密等级不能高于您本人的（{most}）。",
        "请选择不高于您本人的等级，或与系统管理员联系。",
    ),
    "last_administrator": (
        "{who}是最后一名系统管理员。",
        "请先任命另一名系统管理员，再停用或收回。",
    ),
    "person_changed": ("{who}的资料刚被别人修改。", "已填写的内容没有保存，请核对后再保存一次。"),
    "unit_changed": ("“{unit}”刚被别人修改。", "已填写的内容没有保存，请核对后再保存一次。"),
    "bad_code": (
        "单位代码不能是“{given}”。",
        "请用字母、数字、点、下划线和连字符，最长 60 个字符。",
    ),
    "code_taken": ("单位代码“{given}”已经使用。", "请换一个代码；撤销和并入的单位也占用代码。"),
    "name_taken": ("同一上级下已有“{given}”。", "请换一个名称，或修改已有的单位。"),
    "unit_under_itself": ("“{unit}”不能放到自己或自己的下级单位之下。", "请另选上级单位。"),
    "merged_into_itself": ("“{unit}”不能并入自己或自己的下级单位。", "请另选并入的单位。"),
    "already_gone": ("“{unit}”已经并入其他单位或撤销。", "请选择现有的单位。"),
    "unit_in_use": (
        "“{unit}”还有 {people} 人、{units} 个下级单位，不能撤销。",
        "请先调离人员、移走下级单位；整个单位并入别处的，请用“并入”。",
    ),
    "too_many_rows": (
        "人员文件有 {given} 行，上限 {most} 行。",
        "请分成几个文件，或请运维人员用 wenshu people load 导入。",
    ),
    "no_people_draft": ("这次导入已经完成或过期。", "请重新选择文件。"),
    "no_unit_named": (
        "没有名为“{given}”的单位，或有几个同名。",
        "请写全称或单位代码，或从机构树中选择。",
    ),
    "repeated_side_post": ("{who}的兼职单位重复。", "每个单位只写一次，本人所在单位不写入兼职。"),
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
    "token_expired": ("应用令牌无效、已撤销或已过期。", "请核对令牌，或在“账号与安全”中重新生成。"),
    "not_for_tokens": (
        "应用令牌不能用于账户、人员、委托和令牌本身。",
        "请以用户名和密码登录后再办理。",
    ),
    "beyond_scope": (
        "这个应用令牌没有所需的权限范围（{needed}）。",
        "令牌现有的范围：{allowed}；请用范围合适的令牌，或重新生成。",
    ),
    "not_your_token": ("只能查看和撤销自己的应用令牌。", "请与系统管理员联系。"),
    "unknown_token_id": ("没有这个应用令牌。", "它可能已经撤销，请刷新页面。"),
    "token_without_name": ("应用令牌须有名称。", "请填写使用它的程序，60 个字以内。"),
    "token_without_scope": ("应用令牌须有权限范围。", "请至少选择一项：读取、写入、办理。"),
    "token_days": ("应用令牌的有效期不对。", "最后一天不得早于今天，最长 {most} 天。"),
    "too_many_tokens": ("应用令牌过多。", "每人最多 {most} 个；请先撤销不用的。"),
    "not_your_dictionary": ("字典“{title}”不由您维护。", "由{keepers}维护，请与其联系。"),
    "administrators_only": ("只有管理员可以进行这项操作。", "请与系统管理员联系。"),
}
