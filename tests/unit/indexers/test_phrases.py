"""The phrases of pypinyin as we read them are those it would read itself, and not before need."""

import json
import subprocess
import sys
from importlib.resources import files

import pypinyin
from pypinyin.constants import PHRASES_DICT

from indexers.phrases import load_phrases

LATE = """
from indexers.pinyin import Spelling
from indexers.analysis import Analyser, Fold
from pypinyin.constants import PHRASES_DICT
assert not PHRASES_DICT, len(PHRASES_DICT)
spelled = Spelling(Analyser(Fold.load())).syllables("重庆银行")
assert spelled == [["chong", "qing", "yin", "hang"]], spelled
assert len(PHRASES_DICT) > 40_000
"""


def test_every_phrase_of_the_library_is_read_as_it_stands() -> None:
    load_phrases()
    text = files(pypinyin).joinpath("phrases_dict.json").read_text(encoding="utf-8")
    assert json.loads(text) == PHRASES_DICT


def test_phrases_are_read_when_something_is_spelled() -> None:
    done = subprocess.run([sys.executable, "-c", LATE], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
