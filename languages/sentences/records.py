"""Records, and the actions that move them."""

from collections.abc import Mapping

RECORDS: Mapping[str, tuple[str, str]] = {
    "unknown_record": (
        "没有找到这份文件。",
        "它可能已被删除，或未对您开放；请核对链接，或向文件所有人申请。",
    ),
    "unknown_revision": ("没有这个版本。", "请在“版本”中选择一个已有的版本。"),
    "unknown_file": ("没有找到这个附件。", "它可能已被新版本替换，请刷新页面。"),
    "no_such_list": ("没有“{kind}”这类文件的列表。", "请从菜单进入，或核对地址。"),
    "unknown_kind": ("没有名为“{kind}”的类型。", "可用的类型：{allowed}。"),
    "unknown_field": ("没有名为“{field}”的字段。", "可用的字段：{allowed}。"),
    "unknown_part": ("没有名为“{field}”的附件位置。", "可用的位置：{allowed}。"),
    "no_parts": ("这种类型不能带附件。", "请改用其他类型。"),
    "unknown_action": ("没有这个操作。", "请刷新页面，查看现在可以进行的操作。"),
    "stale_revision": (
        "文件已被他人修改（第 {newest} 版，{by}）。",
        "请打开最新版本核对后，再保存您的修改。",
    ),
    "key_reused": ("同一幂等键已用于另一项请求。", "请为新的请求使用新的幂等键。"),
    "may_not_begin": ("您没有新建“{kind}”的权限。", "如确有需要，请与管理员联系。"),
    "may_not_edit": (
        "您现在不能修改这份文件。",
        "只有起草人、当前办理人或有编辑权限的人可以修改。",
    ),
    "may_not_delete": (
        "您不能删除这份文件。",
        "只有所有人可以删除；流程中的文件请用“作废”或“撤回”。",
    ),
    "only_owner_grants": ("只有文件所有人可以调整授权。", "请联系文件所有人。"),
    "only_owner_lowers": ("只有文件所有人可以降低密级。", "请联系文件所有人。"),
    "above_clearance": (
        "密级“{level}”高于您的涉密等级“{clearance}”。",
        "请选择不高于您等级的密级。",
    ),
    "above_owner": (
        "密级“{level}”高于文件所有人的涉密等级，所有人将无法打开自己的文件。",
        "请选择较低的密级，或请管理员先调整所有人的涉密等级。",
    ),
    "incomplete": ("还有必填内容没有填写：{missing}。", "请补充后再提交。"),
    "wrong_state": (
        "文件已不在可以“{action}”的环节（当前：{state}）。",
        "请刷新页面，查看最新办理情况。",
    ),
    "not_yours": ("“{action}”不由您办理。", "请等待当前办理人处理，或在流程跟踪中查看办理人。"),
    "opinion_required": ("“{action}”必须填写意见。", "请填写意见后再提交。"),
    "mark_missing": ("进行“{action}”之前还有步骤没有完成。", "请先完成：{missing}。"),
    "no_previous_step": ("没有可以退回的上一环节。", "请选择其他操作。"),
    "vacant_post": ("{unit_name}的“{post}”岗位无人。", "请联系管理员为该岗位安排人员后再发送。"),
    "choose_people": ("还没有选择办理人。", "请至少选择一位办理人。"),
    "choose_one": ("只能选择一位办理人。", "请只保留一位。"),
    "nobody_to_choose": ("这个操作不需要选择办理人。", "请去掉办理人后重试。"),
    "unknown_person": ("没有“{login}”这位人员，或其账号已停用。", "请重新选择。"),
}
