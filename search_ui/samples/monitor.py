"""Samples of 运行监测: all is well, and something is down."""

from datetime import UTC, datetime

from search_ui.samples.shell import NOW, Sample
from search_ui.views.monitor import LaneLine, MonitorPage, RebuildLine, ScanLine
from search_ui.views.person.account import CheckLine
from search_ui.views.shell import Badge
from search_ui.views.work import RecordRow

OK = Badge("正常", "ok")
SLOW = Badge("等待较久", "warning")
MONITOR = {
    "monitor": Sample("monitor", MonitorPage(
        parts=(CheckLine("文件存储", OK, ""), CheckLine("检索索引", OK, ""),
               CheckLine("任务队列", OK, ""), CheckLine("等待编入索引", OK, "0 条")),
        lanes=(LaneLine("即时办理", "送达、提醒、刚刚保存的内容", 0, "", OK),
               LaneLine("文字提取", "读取附件中的文字", 3, "已等 4 秒", OK)),
        letters=(), letters_total=0, checked_at=NOW,
        rebuild=RebuildLine(Badge("没有进行", "neutral")),
        scans=ScanLine(Badge("已开启", "ok"), "没有等待识别的文件",
                       "识别组件：rapidocr-3.10.0")), "monitor"),
    "monitor-down": Sample("monitor", MonitorPage(
        parts=(CheckLine("文件存储", OK, ""),
               CheckLine("检索索引", Badge("不可用", "danger"), "检索服务暂时无法连接。",
                         "文件可以照常打开和上传；请管理员检查 Elasticsearch。"),
               CheckLine("等待编入索引", SLOW, "1,284 条", "已等 12 分钟")),
        lanes=(LaneLine("编入索引", "已读取的内容进入检索", 218, "已等 12 分钟", SLOW),),
        letters=(RecordRow("/records/f", "编入索引未完成（记录 01M87FG7S9）", "未完成任务",
                           "alert-triangle", datetime(2026, 11, 22, 1, 0, tzinfo=UTC),
                           Badge("待处理", "warning")),),
        letters_total=1, checked_at=NOW,
        rebuild=RebuildLine(Badge("正在重建", "info"), "已重建 4.2 万条，共约 10 万条",
                            is_open=True, share=42),
        scans=ScanLine(Badge("已开启", "ok"), "3 件等待识别；排在最前的一件已识别 12 页，共 50 页",
                       "识别组件：rapidocr-3.10.0", 24)), "monitor"),
}  # fmt: skip
