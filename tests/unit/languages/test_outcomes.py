"""Every reason that a ledger can give has words."""

import ast
import re
from pathlib import Path

from languages.outcomes import OUTCOMES, outcome_told
from records.text import ExtractionStatus
from sandbox.worker_process import Ending
from services.intake import import_walk

READERS = sorted(Path("indexers/extraction").glob("*.py")) + sorted(
    Path("indexers/tika").glob("*.py")
)


def told_by_readers() -> set[str]:
    return {
        reason
        for path in READERS
        for reason in re.findall(
            r'(?:Unreadable|Exhausted)\("([a-z_]+)"', path.read_text(encoding="utf-8")
        )
    }


def test_every_reason_of_readers_workers_and_the_walk_has_words() -> None:
    walk = ast.parse(Path(import_walk.__file__).read_text(encoding="utf-8"))
    skips = next(n for n in ast.walk(walk) if isinstance(n, ast.FunctionDef) and n.name == "_skip")
    skipped = {
        str(pair.elts[0].value)
        for pair in ast.walk(skips)
        if isinstance(pair, ast.Tuple) and isinstance(pair.elts[0], ast.Constant)
    }
    assert {"link", "empty_file"} <= skipped
    assert {"too_many_parts", "dtd"} <= told_by_readers()
    known = told_by_readers() | skipped | {*ExtractionStatus} | {*Ending}
    assert known - set(OUTCOMES) == {ExtractionStatus.OK, Ending.DONE, Ending.UNWANTED}


def test_a_reason_is_told_with_the_word_by_which_the_report_is_searched() -> None:
    assert outcome_told("encrypted") == "有密码保护（encrypted）"
    assert outcome_told("new") == "new"
