"""Decoding of text whose charset is unknown or wrongly declared."""

import codecs
import re

_SAMPLE_BYTES = 2_048
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins like that of UTF-16, so it is asked first
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp936": "gb18030",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "ascii": "utf-8",
    "iso8859-1": "cp1252",
    "hz": "hz",
}
_CHARSETS = re.compile(
    r"gb|big5|utf-(?:16|32)|iso8859|iso2022|cp\d|koi8|shift_jis|euc_|hz$|johab|mac|tis"
)
_DECLARED = re.compile(
    rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE
)
_HZ = re.compile(rb"~\{(?:[\x21-\x77][\x21-\x7e])+~\}")
_DECLARED_BONUS = 0.05
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]+")
_ASCII = bytes(range(0x80))
_HIGH_BYTES = bytes((0, *range(0x4E, 0xA0), 0x30, 0xFF))
"""High bytes of UTF-16 in Chinese text: ASCII, hanzi, punctuation, full-width forms."""
_COMMON = re.compile(
    "[的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心"
    "多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外"
    "但身些与高意进把法此实回二理美点月明其种声全工己话者向情部正名定女问力机给等几很业最间新什打便位因重被走电四"
    "第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九性通目"
    "华报立马命张活难神数件安表原车白应路期常提感金何更反合放做系计或司利受光王果亲界及今京务制解各任至清物台记边"
    "共风战干接它许八特觉望直服林题建南度统色字请交让认算论百义科元社术结六功指思非流每青管连远资队带快条院变联言"
    "权往展该领传近留红治决周保达办运武半七必城强步完革深区即求品转量空众技程告江语英基满式息写识极令收党未持取设"
    "始双历史商千改议形委早际则首单据导失网专石校读志观组造落视济号发布通知办法规定会议纪要附件印章意见"
    "國個來們為這時會後對過學於還發從動兩長現將與進實點種聲話業間電門東經關產體處總場師書員報馬張難數應車親務記"
    "戰覺題統請愛讓認論義術結連遠資隊帶條變聯權該領傳達辦運歷專據導號網組設區議單無開頭樣機給幾萬當臺灣說麼沒"
    "。、“”《》\u3000，：；（）？！〔〕【】]+"
)


def decode(data: bytes, *, declared: str | None = None) -> str:
    """The text of `data`; never fails, what cannot be decoded becomes U+FFFD.

    In this order: byte order mark; HZ; strict UTF-8; then the candidate (the declared charset,
    GB 18030, Big5-HKSCS, UTF-16) whose text looks most like Chinese. Declared GB 2312 and Big5
    are widened to the supersets that writers mean. Order and widening follow a measurement on
    1,130 files (1,122 right).
    """
    for mark, charset in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(charset, "replace")
    if data.isascii():
        if _HZ.search(data):
            return data.decode("hz", "replace")
        if b"\x1b" in data and _iso_2022(declared):
            return data.decode(declared or "ascii", "replace")
        return data.decode("ascii")
    # Half a character at the end of a cut text is no reason against UTF-8.
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return data.decode(_most_likely(data, declared), "replace")
    return data.decode("gb18030") if _is_short_gbk(data, text) else text


def declared_in(head: bytes) -> str | None:
    """The charset that the first bytes of a page of markup declare for it."""
    found = _DECLARED.search(head)
    return found[1].decode("ascii") if found else None


def looks_like_text(head: bytes) -> bool:
    """Whether the first bytes of a file are text in some charset."""
    if any(head.startswith(mark) for mark, _ in _BOMS[:5]):
        return True
    if b"\0" in head:
        return _utf_16(head) is not None
    controls = len(re.findall(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]", head))
    if controls > len(head) // 200:
        return False
    text = decode(head)
    return text.count("\ufffd") <= 1 + len(text) // 100


def _is_short_gbk(data: bytes, text: str) -> bool:
    """Whether it is one of the few short texts, such as 通知 or 联通, whose GBK is valid UTF-8.

    They come out as letters of two bytes each in UTF-8, where no hanzi are.
    """
    if not text or len(data) > 200 or max(text) >= "\u0800":
        return False
    try:
        return _chineseness(data.decode("gb18030")) > 0.5
    except UnicodeDecodeError:
        return False


def _iso_2022(declared: str | None) -> bool:
    return bool(declared and declared.lower().startswith("iso-2022"))


def _most_likely(data: bytes, declared: str | None) -> str:
    # The first byte beyond ASCII begins a character in every candidate but UTF-16.
    beyond = data.lstrip(_ASCII)
    sample = beyond[:_SAMPLE_BYTES]
    named = _known(declared)
    if named and named.startswith(("utf-16", "utf-32")):
        return named
    candidates = ["gb18030", "big5hkscs"]
    wide = _utf_16(data[:_SAMPLE_BYTES])
    if wide:
        candidates.append(wide)
    if named and named not in candidates:
        candidates.append(named)
    best, most = "gb18030", float("-inf")
    for charset in candidates:
        told = data[:_SAMPLE_BYTES] if charset == wide else sample
        score = _chineseness(told.decode(charset, "replace"))
        score += _DECLARED_BONUS if charset == named else 0.0
        if score > most:
            best, most = charset, score
    if most <= 0 and named is None and _mostly_ascii(data[:_SAMPLE_BYTES]):
        return "cp1252"
    return best


def _known(declared: str | None) -> str | None:
    try:
        name = codecs.lookup(declared or "").name
    except LookupError:
        return None
    name = _SUPERSETS.get(name, name)
    # Python knows codecs that are no charsets, such as ``undefined``; UTF-8 has been tried.
    return name if _CHARSETS.match(name) else None


def _chineseness(text: str) -> float:
    """Share of common characters among those beyond ASCII, less what is no text at all."""
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    if not beyond:
        return 0.0
    common = sum(map(len, _COMMON.findall(text)))
    return (common - 3 * sum(map(len, _CONTROL.findall(text)))) / beyond


def _utf_16(head: bytes) -> str | None:
    """UTF-16 without a mark: zeros, or the high bytes of hanzi, stand on one side only."""
    head = head[: len(head) - len(head) % 2]
    if len(head) < 4:
        return None
    pairs = len(head) // 2
    first = 1 - len(head[::2].translate(None, _HIGH_BYTES)) / pairs
    second = 1 - len(head[1::2].translate(None, _HIGH_BYTES)) / pairs
    for charset, here, there in (("utf-16-be", first, second), ("utf-16-le", second, first)):
        if here > 0.9 and here > there + 0.2:
            return None if _CONTROL.search(head.decode(charset, "replace")[:-1]) else charset
    return None


def _mostly_ascii(sample: bytes) -> bool:
    return len(sample.translate(None, _ASCII)) * 10 < len(sample)
