"""The kind of matters with statistics of every sort of dimension."""

from records.lists.statistics import StatisticDeclaration
from records.schema.kind import Meaning
from tests.matters import MATTER

MEASURES = {
    "count": {"label": "件数"},
    "closed": {"label": "办结率", "share": {"state": ["closed"]}},
    "pages": {"label": "页数", "sum": "pages", "where": {"state": ["closed"]}},
    "overdue": {"label": "超期", "where": {"timely": ["overdue"]}},
}
SUMS = {
    "pages": {"label": "页数", "sum": "pages"},
    "done": {"label": "办结页数", "where": {"state": ["closed"]}, "sum": "pages"},
}
BY = {
    "by_sort": ["sort"],
    "by_state": ["state"],
    "by_unit": ["unit"],
    "by_units": ["units"],
    "by_month": ["month:begins"],
    "by_year": ["year:begins"],
    "by_both": ["sort", "month:begins"],
}
SUMMED_BY = {"pages_by_units": ["units"], "pages_by_both": ["sort", "units"]}
COUNTED = MATTER.model_copy(
    update={
        "meaning": Meaning(title="title", audience=("to",), dated_on="begins", due="due"),
        "statistics": {
            name: StatisticDeclaration.model_validate(
                {"label": name, "by": by, "measures": MEASURES}
            )
            for name, by in BY.items()
        }
        | {
            name: StatisticDeclaration.model_validate({"label": name, "by": by, "measures": SUMS})
            for name, by in SUMMED_BY.items()
        },
    }
)
