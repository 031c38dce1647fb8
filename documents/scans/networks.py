"""The three networks of rapidocr's wheel, run by onnxruntime; nothing of rapidocr's code is.

Only for workers: what they may do is little, and what they hold goes with them.
"""

from importlib import import_module
from pathlib import Path
from typing import Any

from documents.scans.installed import FINDS, READS, TURNS
from documents.scans.line_finder import LineFinder, Network
from documents.scans.line_reader import LineReader
from documents.scans.page_reader import PageReader


def page_reader(folder: Path) -> PageReader:
    """The networks loaded, each for one thread. Takes half a second and 200 MB."""
    finds, _ = _network(folder / FINDS)
    reads, told = _network(folder / READS)
    turns, _ = _network(folder / TURNS)
    alphabet = ["", *told["character"].splitlines(), " "]
    return PageReader(LineFinder(finds), LineReader(reads, alphabet, turns))


def _network(path: Path) -> tuple[Network, dict[str, str]]:
    # It starts threads when it is imported: not before the worker is shut in.
    onnxruntime = import_module("onnxruntime")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        str(path), sess_options=options, providers=["CPUExecutionProvider"]
    )
    name = session.get_inputs()[0].name

    def run(given: Any) -> Any:
        return session.run(None, {name: given})[0]

    return run, dict(session.get_modelmeta().custom_metadata_map)
