"""Document numbers: one key for all ways to write the same number.

The layout is 发文机关代字 + year in 〔〕 + sequence number + 号 (GB/T 9704-2012, 7.2.5). People
type other brackets, full-width digits, leading zeros, 第, 年, blanks, and leave 号 out.
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
_BLANK = re.compile(r"\s+")


def number_key(text: str) -> str | None:
    """The canonical form of a whole document number, None when `text` is not one.

    ``渝工商发［２０１７］第０１２號`` gives ``渝工商发〔2017〕12号``. Characters of the issuer stay
    as written, apart from width and letter case; an index folds the key further.
    """
    plain = _BLANK.sub("", unicodedata.normalize("NFKC", text)).lower().replace("號", "号")
    match = _NUMBER.fullmatch(plain)
    if match is None:
        return None
    year = match["bracketed"] or match["year"] or match["bare"]
    return f"{match['issuer']}〔{year}〕{match['sequence']}号"
