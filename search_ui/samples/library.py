"""Samples of the folders of a library."""

from search_ui.samples.shell import Sample
from search_ui.views.lists.library_folders import FolderRow, FoldersPage

_LIST, _FOLDERS = "/kinds/library_document", "/kinds/library_document/folders"

_ROWS = (
    FolderRow("规章制度", 0, "全体人员", "甲一", _LIST, f"{_FOLDERS}/A",
              f"{_FOLDERS}/new?parent=A"),
    FolderRow("财务制度", 1, "财务科（含下级）", "与上级目录相同", _LIST, f"{_FOLDERS}/B",
              f"{_FOLDERS}/new?parent=B"),
    FolderRow("技术标准", 0, "全体人员", "食品安全监管科（含下级）", _LIST, None, None),
)  # fmt: skip

LIBRARY: dict[str, Sample] = {
    "library-folders": Sample(
        "library_folders",
        FoldersPage("文件库文件", _LIST, _ROWS, f"{_FOLDERS}/new"),
        "kind-library_document",
    ),
    "library-folders-empty": Sample(
        "library_folders", FoldersPage("资料", _LIST, (), None), "kind-reference_material"
    ),
}
