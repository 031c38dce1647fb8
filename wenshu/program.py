"""Where ``wenshu`` begins: its modules are loaded, then its command is run."""

import signal
from importlib import import_module


def main() -> None:
    """Ctrl+C ends the process at once and without a word as long as nothing has begun.

    Libraries that are loading make other errors of it, with tracebacks. Where it is not heeded, as
    in the background of a script, it is not heeded here either.
    """
    heeded = signal.getsignal(signal.SIGINT)
    if heeded is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    program = import_module("wenshu.command_line")
    program.main(lambda: signal.signal(signal.SIGINT, heeded))
