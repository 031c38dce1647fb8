"""``wenshu bucket``: makes the bucket of WENSHU_STORE, where it is not there yet."""

from typing import Annotated

import typer
from rich.console import Console

from records.errors import Invalid
from storage.s3_bucket import make_bucket
from wenshu.building.object_stores import s3_place
from wenshu.settings import read_settings


def add_to(app: typer.Typer) -> None:
    """Hang the command on the command line."""
    app.command("bucket")(bucket)


def bucket(
    object_lock: Annotated[  # noqa: FBT002
        bool, typer.Option("--object-lock", help="允许锁定对象（归档保留需要；建桶后不能再改）")
    ] = False,
) -> None:
    """建立 WENSHU_STORE 指定的存储桶；已有时不作改动。"""
    settings = read_settings(None)
    if settings.store_address is None or settings.store_access is None:
        raise Invalid("bad_store_address", address=settings.store_address or "")
    place = s3_place(settings.store_address, settings.store_access)
    made = make_bucket(place, object_lock=object_lock)
    Console().print(f"存储桶 {place.bucket} {'已建立' if made else '已经存在'}。")
