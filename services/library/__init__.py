"""The folders of 文件库 and 资料库, and who reads and keeps them."""

from services.library.folder_desk import FolderChange, FolderDesk, FolderLine

__all__ = ["FolderChange", "FolderDesk", "FolderLine"]
