"""pypinyin, and its 47,000 phrases read when somebody spells for the first time.

pypinyin reads them while it is imported and holds a list for every syllable: 44 MB in each process,
most of which never spell. Here syllables written alike are one list, which takes 24 MB. Read them
before a fork, and the processes share them.
"""

import json
import os
import re
from functools import cache
from importlib.resources import files
from threading import Lock

os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "1")

# Only now: it looks at these settings while it is imported.
import pypinyin
from pypinyin import Style, pinyin, pinyin_dict

__all__ = ["Style", "load_phrases", "pinyin", "pinyin_dict"]

_PHRASE = re.compile(r'"([^"]+)":\s*\[((?:\s*\[[^\]]*\],?)*)\s*\]')
_SYLLABLE = re.compile(r"\[[^\]]*\]")

_lock = Lock()


def load_phrases() -> None:
    """Have pypinyin know its phrases; takes 0.3 s the first time."""
    with _lock:
        _load()


@cache
def _load() -> None:
    known: dict[str, list[str]] = {}
    text = files(pypinyin).joinpath("phrases_dict.json").read_text(encoding="utf-8")
    phrases = {}
    for found in _PHRASE.finditer(text):
        written = _SYLLABLE.findall(found[2])
        phrases[found[1]] = [known.setdefault(each, json.loads(each)) for each in written]
    pypinyin.load_phrases_dict(phrases)
