"""The drive in every state."""

from datetime import UTC, datetime

from search_ui.samples.shell import Sample, pager
from search_ui.samples.work import GRANTS
from search_ui.views.drive import (
    BinRow,
    DriveChange,
    DriveMove,
    DrivePage,
    DriveRow,
    DropForm,
    FolderChoice,
    FolderForm,
    RecycleBinPage,
    SortHead,
)
from search_ui.views.shell import Crumb, Tab

AT = datetime(2026, 11, 9, 6, 0, tzinfo=UTC)
TABS = (
    Tab("我的文件", "/drive", current=True),
    Tab("与我共享", "/drive/shared"),
    Tab("回收站", "/drive/bin"),
)
ROOT = Crumb("我的云盘", "/drive")
ROWS = (
    DriveRow("f1", "2026年冬季", "folder", "/drive?folder=f1", AT, shared="2",
             rename_href="#", move_href="#", share_href="#", delete_href="#"),
    DriveRow("d1", "现场照片 2026-11-09.jpg", "photo", "/records/d1", AT, 3_400_000,
             rename_href="#", move_href="#", share_href="#", new_version_href="#",
             download_href="#", delete_href="#"),
)  # fmt: skip
OTHERS = (DriveRow("f2", "执法资料", "folder", "/drive?folder=f2", AT, owner="乙二"),)
CHANGE = DriveChange("删除", (ROOT, Crumb("删除")), "/drive/delete", "/drive", ROWS, ("f1", "d1"),
                     note="文件夹中的 12 项将一并删除。")  # fmt: skip

DRIVE = {
    "drive": Sample("drive", DrivePage(
        "专项检查", (ROOT, Crumb("专项检查")), TABS, ROWS, 1, 1,
        heads=(SortHead("按名称", "?sort=-name", "up"), SortHead("按更新时间", "?sort=")),
        note="已共享给：食品监管科", share_href="/records/a/share", upload_href="/upload",
        new_folder=FolderForm("/drive/folders", "a", "sample-folder"),
        drop=DropForm("/upload", "drive_file", "a", "sample", GRANTS, 4 << 30)), "drive"),
    "drive-folder-refused": Sample("drive", DrivePage(
        "我的云盘", (Crumb("我的云盘"),), TABS, ROWS, 1, 1,
        new_folder=FolderForm("/drive/folders", "", "sample-folder", "2026年冬季",
                              "这里已有名为“2026年冬季”的文件夹。请换一个名称。")), "drive"),
    "drive-shared": Sample("drive", DrivePage(
        "与我共享", (ROOT, Crumb("与我共享")), TABS, OTHERS, 0, 1), "drive"),
    "drive-empty": Sample("drive", DrivePage(
        "我的云盘", (Crumb("我的云盘"),), TABS, (), 0, 0), "drive"),
    "drive-rename": Sample("drive_rename", DriveChange(
        "重命名", (ROOT, Crumb("重命名")), "/drive/rename", "/drive", ROWS[1:], ("d1",),
        problem="这里已有名为“照片.jpg”的文件。请换一个名称，或先处理同名的文件。",
        name="照片", ending=".jpg"), "drive"),
    "drive-move": Sample("drive_move", DriveMove(CHANGE, (
        FolderChoice("", "我的云盘", 0, chosen=True),
        FolderChoice("f1", "2026年冬季", 1, why_not="不能移到自身之内"),
        FolderChoice("f3", "照片", 2))), "drive"),
    "drive-delete": Sample("drive_delete", CHANGE, "drive"),
    "recycle-bin": Sample("recycle_bin", RecycleBinPage((ROOT, Crumb("回收站")), TABS, (
        BinRow("f9", "旧资料", "文件夹", "folder", AT, datetime(2026, 12, 9, 6, 0, tzinfo=UTC), 12,
               "/drive/bin/f9/restore", "/drive/bin/f9/purge"),),
        pager(1), 30, "/drive/bin/empty"), "drive"),
    "recycle-bin-empty": Sample("recycle_bin", RecycleBinPage(
        (ROOT, Crumb("回收站")), TABS, (), pager(0), 30, "/drive/bin/empty"), "drive"),
}  # fmt: skip
