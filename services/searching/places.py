"""Where a passage stands, in words: the one way in which places are told everywhere."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from records.file_names import file_type_of
from records.schema.kind import Kind
from services.after_commit.documents import FIELD_PART

SHEETS = frozenset({"xlsx", "xlsm", "xltx", "xls", "xlt", "et", "ett", "ods", "xlsb"})
SLIDES = frozenset({"pptx", "pptm", "ppsx", "ppt", "pps", "dps", "dpt", "odp"})
MAILS = frozenset({"eml", "msg", "mht"})

ROW_ENDS = "\t\n"
"""What the text of a sheet has after the last cell of a row, as extractors write it."""

_LONGEST_NAME = 31
"""Characters of the name of a sheet (ECMA-376 part 1, 18.2.19: at most 31)."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a part (file, part within a file, field of the record), and in it.

    `page` counts pages, sheets or slides from 1, `row` the rows of a sheet.
    """

    part: str
    page: int | None = None
    sheet: str = ""
    row: int | None = None

    def part_words(self, kind: Kind) -> str:
        """The file, with what it holds (``包.zip › 通知.docx``, ``信.eml 的附件“表.xlsx”``).

        Or the label of a field; one that the kind has no more goes by its name.
        """
        if self.part.startswith(FIELD_PART):
            name = self.part.removeprefix(FIELD_PART)
            return kind.fields[name].label if name in kind.fields else name
        told, *inner = self.part.split("/")
        around = told
        for name in inner:
            told += f" 的附件“{name}”" if file_type_of(around) in MAILS else f" › {name}"
            around = name
        return told

    @property
    def page_words(self) -> str:
        """第 4 页, 工作表“经费” 第 12 行, of slides 第 3 张; empty where there are no pages."""
        if self.page is None:
            return ""
        told = file_type_of(PurePosixPath(self.part).name)
        if told in SHEETS:
            sheet = f"工作表“{self.sheet}”" if self.sheet else f"第 {self.page} 个工作表"
            return f"{sheet} 第 {self.row} 行" if self.row else sheet
        return f"第 {self.page} {'张' if told in SLIDES else '页'}"

    def words(self, kind: Kind) -> str:
        """Both."""
        return " ".join(each for each in (self.part_words(kind), self.page_words) if each)


def sheet_name(part: str, page: int | None, text: str) -> str:
    """The name of the sheet whose text this is: its first line; empty for what is none."""
    if page is None or file_type_of(PurePosixPath(part).name) not in SHEETS:
        return ""
    name = text.partition("\n")[0].strip()
    return name if len(name) <= _LONGEST_NAME and "\t" not in name else ""
