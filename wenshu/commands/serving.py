"""``wenshu serve``: the web server; in the embedded mode it works off what is written as well."""

import gc
import logging
import resource
import socket
import tempfile
import threading
from contextlib import suppress
from functools import partial
from typing import Annotated

import typer
import uvicorn
from rich.console import Console

from gate.connections import BoundedHttp, ConnectionLimits
from records.errors import Invalid, Unavailable
from wenshu.building.house import installation
from wenshu.building.installation import Installation
from wenshu.building.web import SignInHints, create_web
from wenshu.commands import DataOption
from wenshu.commands.demo import fill_empty, is_demo
from wenshu.demo.organisation import PASSWORD, SIGN_INS
from wenshu.settings import read_settings

_LOG = logging.getLogger(__name__)


def add_to(app: typer.Typer) -> None:
    """Hang the command on the command line."""
    app.command("serve")(serve)


def serve(
    data: DataOption = None,
    host: Annotated[str, typer.Option(help="监听地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option(envvar="WENSHU_PORT", help="端口")] = 8000,
    with_demo: Annotated[bool, typer.Option("--demo", help="数据目录为空时先建立示例单位")] = False,  # noqa: FBT002
) -> None:
    """启动服务。"""
    settings = read_settings(data)
    with installation(settings) as built:
        settings.staging.mkdir(parents=True, exist_ok=True)
        # Uploads are spooled beside the store, not in a small /tmp.
        tempfile.tempdir = str(settings.staging)
        console = Console()
        if with_demo:
            fill_empty(built, console)
        threading.Thread(target=_mend, args=(built,), name="upkeep", daemon=True).start()
        built.start()
        _allow_many_files()
        with _listening(host, port) as listening:
            gc.collect()
            gc.freeze()  # what is here now stays: later collections need not look at it
            console.print(f"文枢已启动：[bold]http://{host}:{port}[/]（按 Ctrl+C 停止）")
            uvicorn.Server(server_config(built)).run(sockets=[listening])


def server_config(built: Installation) -> uvicorn.Config:
    """How uvicorn serves the web application of an installation."""
    proxies = built.settings.proxies
    limits = ConnectionLimits(trusted=proxies)
    return uvicorn.Config(
        create_web(built, hints=_hints(built)),
        http=partial(BoundedHttp, limits=limits),  # type: ignore[arg-type]
        ws="none",
        forwarded_allow_ips=[str(network) for network in proxies],
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=10,
        lifespan="off",  # there is none, and one that Ctrl+C cuts off twice is a traceback
    )


def _allow_many_files() -> None:
    """As many open files as the system lets a process have: each connection is one."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _listening(host: str, port: int) -> socket.socket:
    """The socket of the server. Raises Invalid (``port_unusable``)."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        raise Invalid("port_unusable", address=f"{host}:{port}") from error


def _hints(built: Installation) -> SignInHints:
    if not is_demo(built):
        return ()
    return tuple((login, PASSWORD, f"{name}：{told}") for login, name, told in SIGN_INS)


def _mend(built: Installation) -> None:
    with suppress(Unavailable):
        built.upkeep.mend()
