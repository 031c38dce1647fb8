"""Samples of the page for exchange files."""

from search_ui.samples.shell import Sample
from search_ui.views.exchange import ExchangePage

EXCHANGE = {
    "exchange": Sample("exchange", ExchangePage()),
    "exchange-known": Sample(
        "exchange", ExchangePage("这份交换文件已经导入过。请在收文列表中查找。", "/records/a")
    ),
}
