"""Logs: lines for people, or one JSON object a line for programs (``WENSHU_LOG=json``)."""

import json
import logging
from datetime import UTC, datetime

from services.trace import REQUEST
from wenshu import variables

_LEVELS = ("debug", "info", "warning", "error", "critical")
_TEXT = "%(asctime)s %(levelname)s %(request)s %(message)s"


class _Named(logging.Filter):
    """Puts the name of the request on every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request = REQUEST.get() or "-"
        return True


class JsonLines(logging.Formatter):
    """One object a line: at, level, logger, request, process, message, perhaps the traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "request": getattr(record, "request", "-"),
            "process": record.process,
            "message": record.getMessage(),
        }
        if record.exc_info:
            told["traceback"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


def set_up_logs() -> None:
    """Logs of this process go to standard error, from warnings on (``WENSHU_LOG_LEVEL``).

    Raises Invalid (``bad_setting``).
    """
    handler = logging.StreamHandler()
    handler.addFilter(_Named())
    as_json = variables.text("WENSHU_LOG") == "json"
    handler.setFormatter(JsonLines() if as_json else logging.Formatter(_TEXT))
    level = variables.choice("WENSHU_LOG_LEVEL", {each: each.upper() for each in _LEVELS})
    logging.basicConfig(level=level or "WARNING", handlers=[handler], force=True)
