"""Whether the networks and what runs them are installed; nothing of it is loaded here."""

from importlib.util import find_spec
from pathlib import Path

FINDS = "PP-OCRv6_det_small.onnx"
READS = "PP-OCRv6_rec_small.onnx"
TURNS = "ch_ppocr_mobile_v2.0_cls_mobile.onnx"


def model_folder() -> Path | None:
    """Where the networks lie; None where they or what runs them are not installed."""
    if find_spec("onnxruntime") is None or find_spec("numpy") is None:
        return None
    found = find_spec("rapidocr")
    places = found.submodule_search_locations if found else None
    folder = Path(next(iter(places))) / "models" if places else None
    return folder if folder and (folder / READS).is_file() else None
