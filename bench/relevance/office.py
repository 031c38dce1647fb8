"""The papers of an office and what is typed to find them, made of a grammar of our own.

Nobody could tune to it; the titles differ by few characters, as those of an office do.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from bench.relevance.sets import Collection, Paper, Queries

QUERIES = 200
"""Queries of each family of office queries."""

PAPERS = 1_300

_ISSUERS = {
    "云岭市水务局": "云水",
    "云岭市林业和草原局": "云林发",
    "云岭市民政局": "云民发",
    "云岭市文化和旅游局": "云文旅",
    "云岭市统计局": "云统字",
    "云岭市审计局": "云审发",
    "云岭市医疗保障局": "云医保",
    "云岭市商务局": "云商务发",
    "云岭市退役军人事务局": "云退役",
    "云岭市自然资源和规划局": "云自然资发",
    "云岭市人民政府办公室": "云政办发",
}
_SUBJECTS = [
    "水库大坝安全鉴定",
    "饮用水水源地保护",
    "取水许可管理",
    "节水型社会建设",
    "林长制考核",
    "古树名木保护",
    "松材线虫病防治",
    "社会救助家庭经济状况核对",
    "婚姻登记服务",
    "社区养老服务设施",
    "流浪乞讨人员救助",
    "殡葬领域整治",
    "文物保护单位巡查",
    "旅行社经营许可",
    "公共图书馆免费开放",
    "非物质文化遗产传承",
    "人口普查数据质量",
    "规模以上工业统计",
    "固定资产投资核查",
    "领导干部经济责任审计",
    "政府投资项目审计",
    "医保基金监管",
    "药品集中采购结算",
    "长期护理保险",
    "门诊慢特病认定",
    "成品油零售管理",
    "农贸市场改造",
    "电子商务进农村",
    "退役士兵安置",
    "烈士纪念设施修缮",
    "双拥模范城创建",
    "国土空间规划",
    "耕地占补平衡",
    "不动产登记档案",
    "地质灾害隐患排查",
    "采矿权出让",
    "政务新媒体管理",
    "会议费管理",
    "公务用车平台",
    "政府网站普查",
]
_ASKS = [
    "印发{s}实施细则的",
    "加强{s}工作的",
    "做好{s}有关工作的",
    "开展{s}专项行动的",
    "成立{s}工作专班的",
    "{s}进展情况的",
    "规范{s}的",
    "组织{s}培训的",
    "推进{s}重点任务的",
    "下达{y}年{s}经费的",
    "召开{s}现场会的",
    "{y}年{s}工作安排的",
    "调整{s}标准的",
]
_FORMS = ("通知", "通知", "通知", "意见", "通报", "请示", "批复", "报告", "函", "决定")
_NAMES = [
    "林国安",
    "郑晓华",
    "何志远",
    "马海涛",
    "宋文静",
    "唐秀英",
    "许立群",
    "邓丽芳",
    "冯振东",
    "曹慧敏",
    "彭玉兰",
    "蒋天成",
    "沈建平",
    "韩凤琴",
    "董永胜",
    "萧正阳",
]
_COMMON = (
    "一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分"
    "对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
)


@dataclass(frozen=True, slots=True)
class _Issued:
    """One paper of the office, taken apart as people remember it."""

    paper: Paper
    issuer: str
    subject: str
    form: str
    signer: str

    @property
    def short(self) -> str:
        """The title without its issuer: 关于…的通知."""
        return self.paper.title.removeprefix(self.issuer)

    @property
    def day(self) -> date:
        """The day of the paper."""
        return self.paper.dated_on or date.min


def office_names() -> list[str]:
    """What the papers are about, and who issues them."""
    return [*_SUBJECTS, *_ISSUERS]


def office(noise: Sequence[str]) -> Collection:
    """Issued papers that cite each other among sentences of other texts, and what is typed."""
    issued = list(_issued(Random(29), noise))
    titles = Counter(each.paper.title for each in issued)
    clear = [each for each in issued if titles[each.paper.title] == 1]
    chance = Random(31)
    sets: dict[str, Queries] = {}
    for name, typed in _TYPED.items():
        asked = [(each, typed(each, chance)) for each in chance.sample(clear, QUERIES)]
        sets[name] = [(text, _fits(name, each, issued, text)) for each, text in asked]
    return Collection([each.paper for each in issued], sets)


def _issued(chance: Random, noise: Sequence[str]) -> Iterator[_Issued]:
    parts = []
    for number in range(PAPERS):
        issuer, subject = chance.choice(list(_ISSUERS)), chance.choice(_SUBJECTS)
        day = date(chance.randint(2014, 2026), chance.randint(1, 11), chance.randint(1, 28))
        form = chance.choice(_FORMS)
        asks = chance.choice(_ASKS).format(s=subject, y=day.year)
        key = f"{_ISSUERS[issuer]}〔{day.year}〕{chance.randint(1, 300)}号"
        parts.append((number, issuer, subject, form, f"{issuer}关于{asks}{form}", key, day))
    for number, issuer, subject, form, title, key, day in parts:
        _, _, _, _, cited, cited_key, _ = chance.choice(parts)
        signer = chance.choice(_NAMES)
        body = [
            f"根据《{cited}》（{cited_key}）要求，结合{subject}实际，现将有关事项通知如下。",
            *chance.sample(noise, 10),
            f"{chance.choice(_SUBJECTS)}参照执行。联系人：{signer}，电话：6{chance.randrange(10**7):07}。",
            f"{issuer}",
            f"{day.year}年{day.month}月{day.day}日",
        ]
        paper = Paper(f"{number}", title, "\n".join(body), key, day)
        yield _Issued(paper, issuer, subject, form, signer)


def _fits(family: str, wanted: _Issued, issued: Iterable[_Issued], typed: str) -> frozenset[str]:
    """All papers that such a query fits: of vague ones several."""
    fits: dict[str, Callable[[_Issued], bool]] = {
        "full title": lambda e: e is wanted,
        "* only its middle": lambda e: typed in e.short,
        "body subject form": lambda e: (
            (e.issuer, e.subject, e.form) == (wanted.issuer, wanted.subject, wanted.form)
        ),
        "subject form year": lambda e: (
            (e.subject[:4], e.form, e.day.year)
            == (wanted.subject[:4], wanted.form, wanted.day.year)
        ),
        "question": lambda e: e is wanted,
        "words in any order": lambda e: (
            (e.issuer, e.subject, e.form, e.day.year)
            == (wanted.issuer, wanted.subject, wanted.form, wanted.day.year)
        ),
        "signer and subject": lambda e: (e.signer, e.subject) == (wanted.signer, wanted.subject),
        "date and subject": lambda e: (e.day, e.subject) == (wanted.day, wanted.subject),
    }

    def alike(each: _Issued) -> bool:
        if family.startswith("number"):
            return each.paper.number == wanted.paper.number
        return fits[family](each) if family in fits else each.short == wanted.short

    return frozenset(each.paper.name for each in issued if alike(each))


def _dropped(text: str, chance: Random, many: int) -> str:
    left = list(text)
    for _ in range(many):
        del left[chance.randrange(1, len(left) - 1)]
    return "".join(left)


def _swapped(text: str, chance: Random) -> str:
    at = chance.randrange(2, len(text) - 3)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _wrong(text: str, chance: Random, many: int) -> str:
    made = list(text)
    for at in chance.sample(range(2, len(made) - 2), many):
        made[at] = chance.choice(_COMMON)
    return "".join(made)


def _added(text: str, chance: Random) -> str:
    at = chance.randrange(2, len(text) - 2)
    return text[:at] + chance.choice(_COMMON) + text[at:]


def _middle(text: str) -> str:
    """Half of a title; nobody remembers the end of a year."""
    return re.sub(r"^\d{1,3}年", "", text[len(text) // 4 : -len(text) // 4])


def _shuffled(words: Sequence[str], chance: Random) -> str:
    return " ".join(chance.sample(words, len(words)))


def _body(each: _Issued) -> str:
    return each.issuer.removeprefix("云岭市")


def _number(each: _Issued, pattern: str) -> str:
    return re.sub(r"(.*)〔(\d+)〕(\d+)号", pattern, each.paper.number)


_TYPED: dict[str, Callable[[_Issued, Random], str]] = {
    "full title": lambda e, _: e.paper.title,
    "without issuer": lambda e, _: e.short,
    "* 关于 and 的 left out": lambda e, _: e.short.replace("关于", "").replace("的", ""),
    "* a character dropped": lambda e, r: _dropped(e.short, r, 1),
    "* two dropped": lambda e, r: _dropped(e.short, r, 2),
    "* one added": lambda e, r: _added(e.short, r),
    "* one wrong": lambda e, r: _wrong(e.short, r, 1),
    "* two wrong": lambda e, r: _wrong(e.short, r, 2),
    "* two swapped": lambda e, r: _swapped(e.short, r),
    "* only its middle": lambda e, _: _middle(e.short),
    "body subject form": lambda e, _: f"{_body(e)} {e.subject} {e.form}",
    "subject form year": lambda e, _: f"{e.subject[:4]} {e.form} {e.day.year}",
    "question": lambda e, _: f"{_body(e)}什么时候印发了{e.short.removeprefix('关于')}？",
    "words in any order": lambda e, r: _shuffled([e.subject, e.form, _body(e), f"{e.day.year}"], r),
    "signer and subject": lambda e, _: f"{e.signer} {e.subject}",
    "date and subject": lambda e, _: f"{e.day.year}年{e.day.month}月{e.day.day}日 {e.subject}",
    "number": lambda e, _: e.paper.number,
    "number (2019)12号": lambda e, _: _number(e, r"\1(\2)\3号"),
    "number 2019年12": lambda e, _: _number(e, r"\1\2年\3"),
    "number with blanks": lambda e, _: _number(e, r"\1 \2 \3"),
}
"""How people type what they look for; ``*`` marks a title that is half remembered."""
