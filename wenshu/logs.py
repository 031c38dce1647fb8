"""Logs: lines for people, or one JSON object a line for programs (``WENSHU_LOG=json``)."""

import json
import logging
from datetime import UTC, datetime
from typing import Annotated

from services.trace import REQUEST
from wenshu.variables import Variables, choice

_LEVELS = ("debug", "info", "warning", "error", "critical")
_TEXT = "%(asctime)s %(levelname)s %(request)s %(message)s"


class _Logs(Variables):
    """How this process tells what it does."""

    log: str = "text"
    log_level: Annotated[str, choice(*_LEVELS)] = "warning"


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
    given = _Logs.read()
    handler.setFormatter(JsonLines() if given.log == "json" else logging.Formatter(_TEXT))
    logging.basicConfig(level=given.log_level.upper(), handlers=[handler], force=True)
