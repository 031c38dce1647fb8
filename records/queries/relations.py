"""In which way a text cites another one, read from the usual phrases of the same sentence.

Precision comes first: what is denied (不得废止, 尚未废止), only intended (拟废止, 建议废止) or said
of a part (废止第三条) repeals nothing. Texts are given without blanks and line breaks.
"""

import re
from enum import StrEnum


class Relation(StrEnum):
    """In which way a text cites another one."""

    ANSWERS = "answers"
    REPEALS = "repeals"
    AMENDS = "amends"
    FORWARDS = "forwards"
    BASED_ON = "based_on"
    MENTIONS = "mentions"


REPEALING = re.compile(r"废\s?止|停\s?止\s?执\s?行|不\s?再\s?执\s?行|失\s?效")
"""Without one of these a text repeals nothing; a line may end within them."""

_SENTENCE = re.compile("[。；;！？!?\n]")
_CLAUSE = re.compile("[，,]")

_DENIED = re.compile(
    "(?:不同意|不|未|没有?|无|勿|暂缓|禁止|严禁|防止|避免|擅自|随意)"
    "(?:[得予能可应会宜要必需须许准曾被经再做作是以]|擅自|随意|任意|直接|自行|同时|立即|全部|轻易|完全|正式|明确|宣布)*$"
    "|(?:反对|不意味着|不等于|并非|不是)$"
)
_INTENDED = re.compile(
    "(?:拟(?![定订稿写制])|建议|提议|提请|申请|请示|请求|恳请|报请|是否|能否|可否|应否|如果|假如|倘若|如需|"
    "即将|计划|准备|考虑|打算|争取|征求|抓紧|尽快|适时|逐步|有权|(?<![适响对])应当|应该|必须|可以|防止|避免)"
    "(?:(?!决定)[^，,]){0,15}$"
    "|(?:(?<![相对响])应|(?<![许认])可|(?<![主需重])要|(?<!例)如|[须请若待拟])(?:予以?|以|于)?$|或者?$"
    "|^(?:(?!因|根据|按照|鉴于|由于).)*需要?(?:予以?)?$|(?<!经)(?:研究|讨论|审议|论证)$"
)
_NOT_IT = re.compile("(?:不[得能可应宜予]?|未|没有|并非)(?:将|把|对|使)?$|[被由经]$")
_NOUN = "[前后时的或]|以[前后]|之[前后日]|期间|程序|情况|工作|理由|原因|依据|条件|日期|与否"
_OTHER_VERB = (
    "依据|根据|按照|依照|参照|执行|适用|制定|修改|修订|违反|遵守|继续|印发(?!的)|发布(?!的)"
)
_ASKS = re.compile(
    "^[^，,《》]{0,8}的?(?:请示|建议|议案|提案|问题|申请|征求|草案|议题|汇报|讨论|说明)|^[^《》]{0,4}征求"
)

_BEFORE = {
    Relation.REPEALS: re.compile(
        rf"(?:废止|停止执行|不再执行)(?!{_NOUN})(?:(?!{_OTHER_VERB})\w){{0,20}}$"
    ),
    Relation.AMENDS: re.compile(
        rf"(?:修订|修改)(?!{_NOUN}|[版本稿])(?:(?!{_OTHER_VERB})\w){{0,12}}$"
    ),
    Relation.FORWARDS: re.compile("(?:转发|批转|印转)[^，,]{0,20}$"),
    Relation.BASED_ON: re.compile("(?:根据|依据|按照|依照|遵照|参照|落实|贯彻|执行)[^，,]{0,25}$"),
}
_FROM = "自[^《》，,]{1,22}起"
_ADVERB = (
    rf"{_FROM}[，,]?|于[^《》，,]{{4,12}}[年月日]|等[^《》，,]{{0,12}}(?:文件|规定|办法|制度|规章|通知)|"
    "同时|即行|予以|一律|一并|全部|全文|相应|随之|自行|自动|正式|宣布|即日起|已经|业已|有效期|到期|届满|期满|"
    "规范性文件|文件|一文|通知|[文即予均也亦已现被将]"
)
_PART = (
    "(?:中|附件|第[0-9一二三四五六七八九十百〇零]{1,5}[条款章节项]"
    "|(?:有关|相关|部分|个别|原)?(?:条款|条文)|(?:有关|相关|部分|个别)(?:规定|内容))"
)
_ENDS = r"(?=$|[，,）)】”\"]|[：:](?!《)|(?:的|废止)?(?:通知|决定|公告|通告|命令|令|函)|（|\()"
_AFTER = {
    Relation.REPEALS: re.compile(
        rf"(?:[，,](?={_FROM}))?(?:{_ADVERB}){{0,6}}(?:废止|停止执行|不再执行|失效){_ENDS}"
    ),
    Relation.AMENDS: re.compile(
        rf"(?:的?{_PART}[^，,《》]{{0,20}}?)?(?:作出?|进行)[^，,《》不未]{{0,6}}(?:修改|修订)"
        rf"|(?:的?{_PART}[^，,《》不未拟]{{0,20}}?|予以|现)?(?:修改|修订)(?:为|如下)"
        rf"|的?{_PART}[^，,《》不未拟]{{0,12}}(?:废止|停止执行|失效)"
    ),
    Relation.FORWARDS: re.compile("[^，,]{0,6}转发给"),
    Relation.ANSWERS: re.compile("[^，,]{0,6}(?:收悉|悉)"),
    Relation.BASED_ON: re.compile("[^，,]{0,15}(?:要求|规定|精神)"),
}
_OF_A_PART = re.compile(f"的?{_PART}")
_DOUBTED = (Relation.REPEALS, Relation.AMENDS)
_HEADING = re.compile(
    "(?:(?:下列|以下|下述|如下)[^，,：:《》]{0,20}?(?P<late>废止|停止执行|不再执行|失效)(?:的?文件)?"
    f"|(?P<early>废止|停止执行|不再执行)(?!{_NOUN})"
    "(?:(?!请示|建议|议案|提案|征求|草案|理由|原因|依据|情况)[^，,：:《》]){0,20}"
    ")(?:[，,](?:现|具体)?(?:目录|名单|清单|名称)如下)?$"
)


def said_after(before: str, after: str) -> Relation | None:
    """The way that is told behind a citation; None where none is, or where it is taken back."""
    sentence = _SENTENCE.split(after, maxsplit=1)[0]
    for relation in Relation:
        found = _AFTER[relation].match(sentence) if relation in _AFTER else None
        if found is not None:
            if relation in _DOUBTED and _is_doubted(_clause(before), titled=True):
                return None
            return relation
    return None


def said_before(before: str, after: str, *, own: str) -> Relation | None:
    """The way told in front of it; `own` is what of `before` is said of no earlier citation."""
    last, mine = _SENTENCE.split(before)[-1], _SENTENCE.split(own)[-1]
    for relation in Relation:
        if relation not in _BEFORE:
            continue
        found = _BEFORE[relation].search(mine if relation in _DOUBTED else last)
        if found is None:
            continue
        if relation not in _DOUBTED:
            return relation
        lead = mine[: found.start()]
        within_a_title = last.rfind("《") > last.rfind("》")
        if within_a_title or _is_doubted(_clause(lead), titled=False) or _ASKS.match(after):
            return None
        return Relation.AMENDS if _OF_A_PART.match(after) else relation
    return None


def opens_repeals(heading: str) -> bool:
    """Whether what stands before a colon says that what follows is repealed (下列文件予以废止)."""
    sentence = _SENTENCE.split(heading)[-1]
    found = _HEADING.search(sentence)
    if found is None:
        return False
    lead = sentence[: found.start("late") if found["late"] else found.start("early")]
    return not _is_doubted(_clause(lead), titled=False)


def is_of_a_part(after: str) -> bool:
    """Whether only a part of what is cited is meant: 《…》第三条."""
    return bool(_OF_A_PART.match(after))


def _clause(text: str) -> str:
    return _CLAUSE.split(_SENTENCE.split(text)[-1])[-1]


def _is_doubted(lead: str, *, titled: bool) -> bool:
    """Whether these words before a phrase, or before the title that it follows, take it back."""
    denied = _NOT_IT.search(lead) if titled else _DENIED.search(lead)
    return bool(denied or _INTENDED.search(lead))
