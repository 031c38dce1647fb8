"""What the design page shows: every component in every state."""

from dataclasses import dataclass, replace
from typing import get_args

from search_ui.samples.record import FORM, NOTICE
from search_ui.samples.search import FOUND
from search_ui.samples.shell import Sample
from search_ui.samples.work import NOTICES, RECENT, TASKS, UPLOAD
from search_ui.views.fields import FormField
from search_ui.views.record import RecordPage
from search_ui.views.record_form import RecordForm
from search_ui.views.search import SearchPage
from search_ui.views.shell import Tone
from search_ui.views.upload import UploadPage
from search_ui.views.work import HomePage


@dataclass(frozen=True, slots=True)
class DesignPage:
    """The parts that the design page draws its components from."""

    pages: tuple[str, ...]
    tones: tuple[str, ...]
    form: RecordForm
    wrong: FormField
    record: RecordPage
    search: SearchPage
    home: HomePage
    upload: UploadPage


def design_sample(pages: tuple[str, ...]) -> Sample:
    """The design page, with links to the sample pages named."""
    wrong = replace(
        FORM.fields[0], name="wrong", value="", error="请填写标题", help="不超过 200 字"
    )
    return Sample(
        "design",
        DesignPage(
            pages=pages,
            tones=get_args(Tone),
            form=FORM,
            wrong=wrong,
            record=NOTICE,
            search=FOUND,
            home=HomePage(TASKS, 3, NOTICES, 2, RECENT, ()),
            upload=UPLOAD,
        ),
    )
