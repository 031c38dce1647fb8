"""Issued papers as GB/T 9704 lays them out, made up by a grammar, with what each says of itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from records.queries.particulars import Particular

_ORGANS = (
    "渝州市市场监督管理局",
    "北湖县人民政府",
    "渝州市财政局",
    "渝州市人民政府办公室",
    "渝州市生态环境局",
)
_SIGNS = ("渝市监发", "北府发", "渝财预", "渝府办发", "渝环函")
_SUBJECTS = (
    "加强节日期间食品安全监管工作",
    "进一步规范行政执法程序和执法文书",
    "开展2026年度特种设备安全专项整治行动",
    "调整市级部门预算绩效目标",
    "表彰全市优化营商环境工作先进集体和先进个人",
    "印发《渝州市突发环境事件应急预案（2026年修订）》",
    "同意设立北湖县工业园区管理机构",
)
_TYPES = ("通知", "意见", "通报", "批复", "请示", "函", "决定", "报告")
_ADDRESSEES = (
    "各区县（自治县）市场监督管理局，局机关各处室、直属各单位",
    "北湖县人民政府",
    "市政府各部门，有关单位",
    "各科室，各直属单位，各区县局，市消费者权益保护委员会，市特种设备检测研究院，市计量质量检测研究院，市药品检验所",
)
_COPIES = (
    "市委办公室，市人大常委会办公室",
    "市委各部门，市人大常委会办公室，市政协办公室，市监委，市法院，市检察院，渝州警备区。各民主党派渝州市委，市工商联",
    "省市场监督管理局",
)
_BODY = (
    "为贯彻落实《中华人民共和国食品安全法》和《国务院办公厅关于加强食品安全工作的通知》（国办发〔2019〕35号），现将有关事项通知如下。",
    "一、提高认识，加强领导",
    "各单位要高度重视，于2026年9月30日前将落实情况报办公室（联系人：甲一；电话：0000000）。",
    "二、突出重点，狠抓落实",
    "（一）开展全面排查。对发现的问题，应当立即整改。",
)


@dataclass(frozen=True, slots=True)
class IssuedPaper:
    """The lines of a paper and the values that stand in it."""

    lines: tuple[str, ...]
    values: dict[Particular, str]

    @property
    def text(self) -> str:
        """As an extractor gives it."""
        return "\n".join(self.lines)


def issued_paper(random: Random) -> IssuedPaper:
    """One of them; the same for the same random source."""
    at = random.randrange(len(_ORGANS))
    together = random.random() < 0.2
    organs = [_ORGANS[at], _ORGANS[(at + 1) % len(_ORGANS)]] if together else [_ORGANS[at]]
    year, sequence = random.randrange(2008, 2027), random.randrange(1, 400)
    month, day = random.randrange(1, 13), random.randrange(1, 29)
    title = (
        f"{random.choice(['', organs[0]])}关于{random.choice(_SUBJECTS)}的{random.choice(_TYPES)}"
    )
    number = f"{_SIGNS[at]}〔{year}〕{sequence}号"
    addressees = random.choice(_ADDRESSEES)
    values = {
        Particular.NUMBER: number,
        Particular.ISSUER: "、".join(organs),
        Particular.TITLE: title,
        Particular.DATED_ON: f"{year}-{month:02}-{day:02}",
        Particular.ADDRESSEES: addressees,
    }
    lines = [*_above(random, values), *_mark(random, organs), *_beside(random, number, values), ""]
    lines += [*_broken(random, title, 22), "", *_broken(random, f"{addressees}：", 28)]
    for sentence in _BODY:
        lines += _broken(random, f"　　{sentence}", 30)
    if random.random() < 0.4:
        lines += ["", "　　附件：1.任务分工表", "　　　　　2.情况统计表"]
    lines += [
        "",
        *(f"{'　' * 12}{organ}" for organ in organs),
        f"{'　' * 13}{_day(random, year, month, day)}",
    ]
    if random.random() < 0.5:
        lines.append("（此件公开发布）")
    if random.random() < 0.3:
        lines += [
            "附件1",
            "",
            "任务分工表",
            "（截至2026年9月30日）",
            "渝州市统计局",
            "2026年9月30日",
        ]
    lines += _below(random, organs[0], f"{year}年{month}月{day}日", values)
    return IssuedPaper(tuple(lines), values)


def _above(random: Random, values: dict[Particular, str]) -> list[str]:
    lines = ["000001"] if random.random() < 0.3 else []
    if random.random() < 0.3:
        values[Particular.LEVEL] = random.choice(["机密", "秘密"])
        lines.append(values[Particular.LEVEL] + random.choice(["", "★1年", "★长期", " ★ 1 年"]))
    if random.random() < 0.3:
        values[Particular.URGENCY] = random.choice(["特急", "加急", "平急"])
        urgency = random.choice([values[Particular.URGENCY], " ".join(values[Particular.URGENCY])])
        if lines and random.random() < 0.3:
            lines[-1] += f"　　{urgency}"  # 份号, 密级 and 紧急程度 in one line
        else:
            lines.append(urgency)
    return lines


def _mark(random: Random, organs: Sequence[str]) -> list[str]:
    spread = random.choice(["", " "])
    marks = [spread.join(organ) for organ in organs]
    if random.random() < 0.2:
        return marks  # 信函格式
    marks[-1] += random.choice(["文件", " 文件", "  文 件"])
    return marks


def _beside(random: Random, number: str, values: dict[Particular, str]) -> list[str]:
    written = random.choice([number, number.replace("〕", "〕 "), f" {number} "])
    if random.random() < 0.7:
        return [written]
    signers = random.choice([["甲一"], ["甲一", "乙小二"], ["甲一", "乙小二", "丙三"]])
    values[Particular.SIGNER] = "、".join(signers)
    spread = random.random() < 0.5
    told = ["　".join(name) if spread and len(name) == 2 else name for name in signers]
    gap = "　" * 4
    if len(told) < 3:
        return [f"{written}{gap}签发人：{'　'.join(told)}"]
    return [f"{gap * 3}签发人：{told[0]}　{told[1]}", f"{written}{gap}{told[2]}"]


def _broken(random: Random, text: str, width: int) -> list[str]:
    """As typeset, in lines of about so many characters, or left whole as a text editor does."""
    if random.random() < 0.4:
        return [text]
    return [text[at : at + width] for at in range(0, len(text), width)]


def _day(random: Random, year: int, month: int, day: int) -> str:
    if random.random() < 0.2:
        digits = "〇一二三四五六七八九"
        tens = ["", "十", "二十"]
        told = [tens[n // 10] + (digits[n % 10] if n % 10 else "") for n in (month, day)]
        return f"{''.join(digits[int(c)] for c in str(year))}年{told[0]}月{told[1]}日"
    return random.choice([f"{year}年{month}月{day}日", f"{year} 年 {month} 月 {day} 日"])


def _below(random: Random, organ: str, day: str, values: dict[Particular, str]) -> list[str]:
    lines = []
    if random.random() < 0.6:
        values[Particular.COPIES] = random.choice(_COPIES)
        ends = random.choice(["。", "。", ""])
        lines += _broken(random, f"抄送：{values[Particular.COPIES]}{ends}", 26)
    if random.random() < 0.6:
        lines.append(f"{organ}办公室　　　{day}印发")
    return [*lines, "— 2 —"] if random.random() < 0.5 else lines
