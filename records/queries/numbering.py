"""Document numbers: one key for all ways to write the same number.

The layout is 发文机关代字 + year in 〔〕 + sequence number + 号 (GB/T 9704-2012, 7.2.5). People
type other brackets, full-width digits, leading zeros, 第, 年, blanks, Chinese figures, and leave 号
or the year out.
"""

import re
import unicodedata

_NUMBER = re.compile(
    r"""
    (?P<issuer>[^\W\d_]{1,20})
    (?: [〔\[(【〈《{] (?P<bracketed>(?:19|20)[0-9]{2}) 年? [〕\])】〉》}]
      | (?P<year>(?:19|20)[0-9]{2}) 年
      | (?P<bare>(?:19|20)[0-9]{2}) (?=.*号$) )
    第? 0* (?P<sequence>[1-9][0-9]{0,5}) 号?
    """,
    re.VERBOSE,
)
_SPACED = re.compile(
    r"([^\W\d_]{1,20}) ?((?:19|20)[0-9]{2})(?:年? |(?=第))"
    r"(第?[0-9]{1,6}号?|第?[〇零○一二三四五六七八九十百]{1,7}号)"
)
_FIGURES = r"(?:0*(?P<sequence>[1-9][0-9]{0,5})|(?P<figures>[〇零○一二三四五六七八九十百]{1,7}))"
_WITHOUT_YEAR = re.compile(rf"(?P<issuer>[^\W\d_]{{2,20}}?)第?{_FIGURES}号")
_WITHOUT_ISSUER = re.compile(
    rf"(?:[〔\[(【〈《{{](?P<bracketed>(?:19|20)[0-9]{{2}})年?[〕\])】〉》}}]第?{_FIGURES}号?"
    rf"|(?P<year>(?:19|20)[0-9]{{2}})年第?{_FIGURES.replace('P<', 'P<plain_')}号)"
)
_SEQUENCE = re.compile(rf"第?{_FIGURES}号")
_ISSUER_AND_YEAR = re.compile(r"([^\W\d_]{2,12})((?:19|20)[0-9]{2})年?")
_CHINESE_YEAR = re.compile(r"(?<=[〔\[(【〈《{])[〇零○一二三四五六七八九]{4}(?=年?[〕\])】〉》}])")
_CHINESE_SEQUENCE = re.compile(r"(?<=[〕\])】〉》}第])[〇零○一二三四五六七八九十百]{1,7}(?=号)")
_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_UNITS = {"十": 10, "百": 100}
_BLANK = re.compile(r"\s+")


def number_key(text: str) -> str | None:
    """The canonical form of a whole document number, None when `text` is not one.

    ``渝工商发［２０１７］第０１２號`` gives ``渝工商发〔2017〕12号``. Characters of the issuer stay
    as written, apart from width and letter case; an index folds the key further.
    """
    plain = _BLANK.sub("", _plain(text))
    plain = _CHINESE_YEAR.sub(lambda found: found[0].translate(_DIGITS), plain)
    plain = _CHINESE_SEQUENCE.sub(lambda found: f"{_arabic(found[0])}", plain)
    match = _NUMBER.fullmatch(plain)
    if match is None:
        return None
    year = match["bracketed"] or match["year"] or match["bare"]
    return f"{match['issuer']}〔{year}〕{match['sequence']}号"


def spaced_number_key(text: str) -> str | None:
    """The same of a number whose year stands between blanks, without brackets: 渝府发 2019 12."""
    match = _SPACED.fullmatch(_BLANK.sub(" ", _plain(text)).strip())
    return number_key("{}〔{}〕{}".format(*match.groups())) if match else None


def without_year(text: str) -> tuple[str, str] | None:
    """Issuer and sequence of a number whose year was left out, ``渝市监办`` and ``92号``."""
    match = _WITHOUT_YEAR.fullmatch(_plain(text))
    sequence = _sequence(match["sequence"], match["figures"]) if match else None
    return (match["issuer"], sequence) if match and sequence else None


def without_issuer(text: str) -> tuple[str, str] | None:
    """Year and sequence of a number whose issuer was left out: 2026年9号, 〔2025〕12."""
    match = _WITHOUT_ISSUER.fullmatch(_BLANK.sub("", _plain(text)))
    if match is None:
        return None
    sequence = _sequence(
        match["sequence"] or match["plain_sequence"], match["figures"] or match["plain_figures"]
    )
    return (match["bracketed"] or match["year"], sequence) if sequence else None


def bare_sequence(text: str) -> str | None:
    """The sequence alone, ``9号``, of 第9号, 009号 or 九号; None for 9号, which is written so."""
    match = _SEQUENCE.fullmatch(_plain(text))
    sequence = _sequence(match["sequence"], match["figures"]) if match else None
    return sequence if sequence != _plain(text) else None


def issuer_and_year(text: str) -> tuple[str, str] | None:
    """Both, of a number of which no more was typed and no bracket: 渝市监法2025."""
    match = _ISSUER_AND_YEAR.fullmatch(_plain(text))
    return (match[1], match[2]) if match else None


def _sequence(digits: str | None, figures: str | None) -> str | None:
    number = int(digits) if digits else _arabic(figures or "〇")
    return f"{number}号" if number else None


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower().replace("號", "号")


def _arabic(figures: str) -> int:
    """A number in Chinese figures below a thousand: 九十二, 一百零五, 二〇."""
    if not set(figures) & set(_UNITS):
        return int(figures.translate(_DIGITS))
    total, waiting = 0, 0
    for figure in figures:
        if figure in _UNITS:
            total += (waiting or 1) * _UNITS[figure]
            waiting = 0
        else:
            waiting = int(figure.translate(_DIGITS))
    return total + waiting
