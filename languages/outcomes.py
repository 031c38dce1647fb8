"""Why a file or part was not read, or not whole, in Chinese: the reasons of ledgers and texts."""

from collections.abc import Mapping

OUTCOMES: Mapping[str, str] = {
    "same_content": "内容与已有的文件相同",
    # not taken
    "empty_file": "空文件",
    "folder": "文件夹本身",
    "link": "链接",
    "special_file": "不是普通文件",
    "system_file": "系统文件",
    "too_large": "超过大小上限",
    "unreadable": "没有读取的权限",
    "unreadable_folder": "文件夹不能打开",
    # without text
    "empty": "没有文字",
    "no_text": "没有文字",
    "unsupported": "此类文件不提取文字",
    "unknown_type": "此类文件不提取文字",
    "not_by_server": "此类文件不提取文字",
    "compression": "不支持的压缩方式",
    # not whole
    "truncated": "只提取了一部分",
    "too_long": "文字过长，只提取了一部分",
    "garbled": "字体的编码有误，部分文字不能识别",
    "too_many_pages": "页数过多，只提取了一部分",
    "too_many_parts": "所含文件过多，只提取了一部分",
    # not read
    "encrypted": "有密码保护",
    "failed": "不能读取",
    "error": "不能读取",
    "parse": "内容损坏，或与类型不符",
    "missing": "所指的内容不在文件里",
    "nesting": "嵌套过深",
    "bomb": "解开后大得异常",
    "flood": "解开后大得异常",
    "dtd": "含有不安全的 XML 定义",
    "crash": "读取程序因它崩溃",
    "timeout": "读取超时",
    "memory": "读取所需内存过多",
    "type": "不是能识别的图像",
    "engine": "未装文字识别",
}
"""Reason → what it means."""


def outcome_told(reason: str) -> str:
    """The words with the reason itself, by which the report is searched."""
    return f"{OUTCOMES[reason]}（{reason}）" if reason in OUTCOMES else reason
