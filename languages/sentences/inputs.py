"""What was given: fields, files, requests, settings."""

from collections.abc import Mapping

INPUTS: Mapping[str, tuple[str, str]] = {
    "wrong_type": ("“{label}”的格式不正确。", "应为：{expected}。"),
    "too_long": ("“{label}”过长（{given}，上限 {max}）。", "请缩短后重试。"),
    "not_an_option": ("“{label}”不是可选的值。", "可选：{allowed}。"),
    "unknown_token": (
        "没有“{given}”这个授权对象。",
        "写法：everyone、unit:代码、role:名称、person:登录名、post:单位代码/岗位。",
    ),
    "bad_weeks": ("重复的周数不正确。", "请填写 1 至 {most} 之间的整数。"),
    "wrong_right": ("没有“{given}”这种权限。", "可用：{allowed}。"),
    "unknown_level": ("没有“{given}”这个密级。", "可用：{allowed}。"),
    "unknown_unit": ("没有代码为“{unit}”的单位。", "请核对单位代码。"),
    "unknown_role": ("没有“{given}”这个角色（{named_by}）。", "可用：{allowed}。"),
    "repeated_unit": ("单位代码“{given}”重复。", "每个单位代码只能出现一次。"),
    "repeated_person": ("登录名“{given}”重复。", "每个登录名只能出现一次。"),
    "unit_cycle": ("单位“{unit}”的上级关系成环。", "请核对各单位的上级。"),
    "merger_cycle": ("单位“{unit}”的并入关系成环。", "请核对各单位并入了哪个单位。"),
    "delegation_to_oneself": ("不能委托给本人。", "请选择另一位同事代办。"),
    "delegation_days": (
        "委托的起止日期不正确。",
        "截止日期不能早于开始日期和今天，一次最多 {most} 天。",
    ),
    "delegation_twice": (
        "已经委托这位同事代办，到 {until} 为止。",
        "请先结束原来的委托，或另选日期、事项。",
    ),
    "not_your_delegation": (
        "只能办理本人的委托。",
        "需要代为设置的，请联系系统管理员。",
    ),
    "unknown_delegation": ("没有这条委托。", "请刷新页面，查看现有的委托。"),
    "delegation_over": (
        "这条记录您不能再办理：代{who}办理的委托到 {last} 为止。",
        "已填写的内容保留在本浏览器中；需要继续办理的，请委托人重新委托。",
    ),
    "delegation_loop": (
        "对方的待办这几天正由您这边代办，互相委托后谁也不会办。",
        "请另选一位同事，或先结束原来的委托。",
    ),
    "joined_duties": (
        "“{login}”同时担任了应当分离的管理角色。",
        "系统管理员、安全管理员、审计员须由不同的人担任。",
    ),
    "bad_people_file": (
        "人员文件 {table} 的第 {row} 条，“{field}”不正确：{fault}。",
        "请改正后重新导入；本次没有作任何改动。",
    ),
    "broken_people_file": (
        "人员文件“{file}”第 {line} 行有误：{fault}。",
        "请改正后重新导入；本次没有作任何改动。",
    ),
    "unreadable_people_file": (
        "人员文件“{name}”无法读取：{fault}。",
        "请提供 YAML 文件，或含“单位”“人员”两张表的 XLSX 文件。",
    ),
    "no_people": (
        "还没有任何人员。",
        "请先运行 wenshu people load 导入机构与人员，或用 wenshu demo 生成示例。",
    ),
    "unusable_file": ("不能读写“{name}”（{code}）。", "请核对路径、权限和磁盘空间后重新运行。"),
    "unusable_report": (
        "报告文件“{name}”不能读写。",
        "请核对路径、权限和磁盘空间后重新运行；已经导入的不会重复。",
    ),
    "bad_report": (
        "“{name}”的第 {line} 行不是逐件报告的内容。",
        "请给出 wenshu import --report 写下的文件。",
    ),
    "no_such_path": ("没有“{name}”这个文件或文件夹。", "请核对路径。"),
    "organisation_busy": ("机构数据正在被修改。", "请稍后重试。"),
    "bad_request": ("请求中的“{field}”不正确：{fault}。", "请按接口文档改正后重试。"),
    "bad_page": (
        "页码或每页条数超出范围。",
        "每页最多 {max_size} 条，最多翻到第 {max_reach} 条；请缩小检索范围。",
    ),
    "bad_size": ("每页条数超出范围。", "每页最多 {max_size} 条。"),
    "bad_place": ("翻页的位置已失效。", "请从列表的第一页重新翻起。"),
    "bad_filter": ("筛选条件“{given}”写法不对。", "写法：字段:值，例如 state:draft。"),
    "unknown_filter": ("不能按“{given}”筛选。", "可用的筛选项：{allowed}。"),
    "unknown_sort": ("不能按“{given}”排序。", "可用的排序项：{allowed}。"),
    "unknown_list": ("没有“{given}”这个列表。", "可用：{allowed}。"),
    "bad_calendar": ("工作日历有误（{key}）：{fault}。", "请改正后重新导入；本次没有作任何改动。"),
    "unknown_channel": ("没有“{given}”这种提醒方式。", "可用：{allowed}。"),
    "bad_address": ("“{given}”不是可以送达的地址。", "请填写电子邮箱地址或手机号码。"),
    "bad_kind": ("类型文件 {file} 第 {line} 行（{key}）有误：{fault}。", "请改正后重新启动。"),
    "bad_fragment": (
        "片段文件 {file} 第 {line} 行（{key}）有误：{fault}（由类型文件 {kind_file} 引用）。",
        "请改正片段，或在类型文件中另行写明，然后重新启动。",
    ),
    "unknown_dictionary": ("没有名为“{name}”的字典。", "可用的字典：{allowed}。"),
    "bad_entry": ("字典条目不能是“{given}”。", "请填写 1 至 60 个字符的一行文字。"),
    "repeated_entry": ("“{given}”已在字典中。", "请直接使用；已停用的，可以重新启用。"),
    "unknown_entry": ("字典中没有“{given}”。", "请从字典已有的条目中选择。"),
    "dictionary_busy": ("字典正在被别人修改。", "请稍后重试。"),
    "no_form_revision": (
        "页面已不完整，不能保存。",
        "请刷新页面后重试；已填写的内容会保留在本浏览器中。",
    ),
    "revision_needed": ("缺少 If-Match。", "请在 If-Match 中给出所修改的版本号。"),
    "unknown_address": ("没有这个地址。", "请核对地址，或从首页进入。"),
    "wrong_method": ("这个地址不接受这种请求。", "请按接口文档改正。"),
    "unexpected": ("系统出现了意外错误，已记录。", "请重试；如仍出现，请告诉管理员出错的时间。"),
    "empty_file": ("文件“{name}”是空的。", "请确认文件内容后重新上传。"),
    "body_too_large": (
        "提交的内容过长（上限 {max_bytes} 字节）。",
        "请缩短内容，或改为上传附件；已填写的内容不会丢失。",
    ),
    "too_many_files": ("一次提交的文件过多（上限 {most} 个）。", "请分几次提交。"),
    "too_many_values": (
        "请求的内容过于繁杂（最多 {most} 项、{deepest} 层）。",
        "请分成几次提交。",
    ),
    "head_too_large": (
        "请求的地址或请求头过长（上限 {max_bytes} 字节）。",
        "请缩短检索条件后重试。",
    ),
    "too_slow": ("请求传送得太慢，已中止。", "请检查网络后重试；已填写的内容不会丢失。"),
    "too_large": ("文件“{name}”超过了上限（{max_bytes} 字节）。", "请拆分或压缩后再上传。"),
}
