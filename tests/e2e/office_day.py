"""An office in the browser: its product in this process, people who sign in, what they do there."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path

from playwright.sync_api import Page, expect

from records.people.people_rows import PeopleRows
from tests.api.conftest import PASSWORD
from tests.engines import cluster
from tests.serving import served
from wenshu.building.house import installation
from wenshu.building.installation import Installation
from wenshu.building.web import create_web
from wenshu.settings import Settings

conftest = import_module("tests.e2e.conftest")

Enter = Callable[[str], Page]
Row = Mapping[str, object]


ENGINES = ("embedded", "servers")
"""The product in one process; and on Elasticsearch, S3, Redis, Tika with two workers."""


@contextmanager
def manned(
    folder: Path, units: Sequence[Row], people: Sequence[Row], *, on: str = "embedded"
) -> Iterator[Installation]:
    """The product with these people on these engines, until the block ends."""
    settings = Settings(data=folder, password_memory_kib=64)
    with ExitStack() as stack:
        if on == "servers":
            engines = stack.enter_context(cluster(folder))
            settings = engines.settings
            for options in ((), ("--beat",)):
                stack.enter_context(engines.worker("--concurrency", "1", *options))
        built = stack.enter_context(installation(settings))
        rows = [{**person, "password": PASSWORD} for person in people]
        built.house.people.load(PeopleRows([*units], rows), lasting=True)
        built.start()
        yield built


@contextmanager
def office(
    folder: Path, units: Sequence[Row], people: Sequence[Row], *, on: str = "embedded"
) -> Iterator[str]:
    """The address of the product with these people on these engines, until the block ends."""
    with manned(folder, units, people, on=on) as built, served(create_web(built, hints=())) as at:
        yield at


def take(page: Page, action: str, opinion: str = "", *, tick: Sequence[str] = ()) -> None:
    """Open the action's dialog, fill it in and send it."""
    page.get_by_role("button", name=action, exact=True).click()
    send(page, action, opinion, tick=tick)


def send(page: Page, action: str, opinion: str = "", *, tick: Sequence[str] = ()) -> None:
    """Fill in the dialog that stands open, and send it."""
    dialog = page.get_by_role("dialog", name=action, exact=True)
    for label in tick:
        rows = dialog.locator(".roster-row, .option").filter(has_text=label)
        rows.get_by_role("checkbox").or_(rows.get_by_role("radio")).check()
    if opinion:
        dialog.get_by_role("textbox", name="办理意见").fill(opinion)
    dialog.get_by_role("button", name=action, exact=True).click()
    expect(page.get_by_role("status").get_by_text(f"已{action}").first).to_be_visible()


def pick(page: Page, label: str, typed: str) -> None:
    """Choose from a picker by what its suggestions say."""
    page.get_by_role("combobox", name=label).fill(typed)
    page.get_by_role("option", name=typed).first.click()
