"""The ledger balances whatever is handed in: random trees of files and of containers."""

import io
import itertools
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.intake.import_walk import walk
from services.intake.importing import ImportOptions
from services.intake.ledger import Ledger, LedgerLine, Outcome
from tests.faults.writer import LOGIN, prepare, settings_for
from wenshu.building.house import installation
from wenshu.building.installation import Installation

MAX_BYTES = 50_000
SALTS = itertools.count()

Tree = Mapping[str, "Tree | File"]
"""Names in a folder or in an archive."""


@dataclass(frozen=True)
class File:
    """What a file holds; `number` tells contents of one sort apart."""

    sort: str
    number: int

    def content(self, salt: int) -> bytes:
        """Its bytes; no two examples share any, but for the empty file."""
        return {
            "text": f"第{salt}例第{self.number}件".encode(),
            "empty": b"",
            "broken": b"%PDF-1.7 " + f"{salt} {self.number}".encode(),
            "large": f"{salt} {self.number} ".encode() * MAX_BYTES,
        }[self.sort]


NAMES = st.sampled_from(["甲.txt", "乙.txt", "c.TXT", "d e.txt", "戊.dat"])
SORTS = st.sampled_from(["text", "text", "text", "empty", "broken"])
FILES = st.builds(File, SORTS, st.integers(1, 3))
LARGE = st.builds(File, st.just("large"), st.integers(1, 3))
ARCHIVES = st.recursive(
    st.dictionaries(NAMES, FILES, max_size=3),
    lambda inner: st.dictionaries(NAMES, FILES, max_size=2).flatmap(
        lambda found: st.dictionaries(st.just("内.zip"), inner, max_size=1).map(
            lambda more: {**found, **more}
        )
    ),
    max_leaves=3,
)
TREES = st.fixed_dictionaries(
    {},
    optional={
        "包.zip": ARCHIVES,
        "again.zip": ARCHIVES,
        "大.bin": LARGE,
        **dict.fromkeys(("甲.txt", "乙.txt", "丙.txt", "link.txt"), FILES),
        **{
            name: st.dictionaries(st.one_of(NAMES, st.just("包.zip")), FILES, max_size=3)
            for name in ("子", "孙")
        },
    },
)


def packed(tree: Tree, salt: int) -> bytes:
    """A zip of the tree, the same bytes every time."""
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        archive.comment = str(salt).encode()
        for name, entry in tree.items():
            body = entry.content(salt) if isinstance(entry, File) else packed(entry, salt)
            archive.writestr(name, body)
    return out.getvalue()


def lay(tree: Tree, folder: Path, salt: int) -> None:
    """The tree on the disk: mappings named .zip are archives, others folders."""
    folder.mkdir()
    for name, entry in tree.items():
        if isinstance(entry, File):
            (folder / name).write_bytes(entry.content(salt))
        elif name.endswith(".zip"):
            (folder / name).write_bytes(packed(entry, salt))
        else:
            lay(entry, folder / name, salt)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("data")
    prepare(folder)
    with installation(settings_for(folder)) as opened:
        yield opened


def taken_in(built: Installation, folder: Path) -> tuple[Ledger, list[LedgerLine]]:
    candidates = list(walk([folder], max_bytes=MAX_BYTES))
    ledger, lines = Ledger(), []
    ledger.expect(str(candidate.path) for candidate in candidates)
    options = ImportOptions(built.house.book.caller(LOGIN), "library_file", ())
    for batch in built.importing.run(candidates, options):
        for line in batch:
            ledger.add(line)
            lines.append(line)
    return ledger, lines


def parts_of(tree: Tree, place: str) -> Iterator[str]:
    """Every part that an archive contains, by the path the ledger gives it."""
    for name, entry in tree.items():
        yield f"{place}/{name}"
        if not isinstance(entry, File):
            yield from parts_of(entry, f"{place}/{name}")


@pytest.mark.feature("WJ-02")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tree=TREES)
def test_every_file_and_part_of_any_tree_has_exactly_one_outcome(
    built: Installation, tree: Tree
) -> None:
    salt = next(SALTS)
    with TemporaryDirectory() as name:
        folder = Path(name) / "in"
        lay(tree, folder, salt)
        on_disk = {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
        ledger, lines = taken_in(built, folder)
        again, _ = taken_in(built, folder)
    assert ledger.balances
    whole = {Path(line.path): line for line in lines if line.container is None}
    assert set(whole) == set(on_disk)
    assert Counter(line.outcome for line in whole.values()) == Counter(expected(on_disk))
    for path, line in whole.items():
        assert line.size == len(on_disk[path])
    inside = {
        str(folder / name): list(parts_of(entry, str(folder / name)))
        for name, entry in tree.items()
        if name.endswith(".zip") and not isinstance(entry, File)
    }
    for archive, parts in inside.items():
        if whole[Path(archive)].outcome is Outcome.INDEXED:
            found = [line.path for line in lines if line.path.startswith(f"{archive}/")]
            assert sorted(found) == sorted(parts)
    assert again.balances
    assert again.total.outcomes[Outcome.INDEXED] == again.total.outcomes[Outcome.QUARANTINED] == 0


def expected(on_disk: Mapping[Path, bytes]) -> Iterator[Outcome]:
    """Outcomes by the rule, without asking the product: the first of equal bytes is taken."""
    seen: set[bytes] = set()
    for body in on_disk.values():
        if not body or len(body) > MAX_BYTES:
            yield Outcome.SKIPPED
        elif body in seen:
            yield Outcome.DUPLICATE
        else:
            seen.add(body)
            yield Outcome.QUARANTINED if body.startswith(b"%PDF") else Outcome.INDEXED
