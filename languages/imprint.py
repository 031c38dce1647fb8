"""What an issued paper says of itself, in words."""

from records.queries.particulars import Particular

PARTICULARS = {
    Particular.NUMBER: "发文字号",
    Particular.ISSUER: "发文机关",
    Particular.TITLE: "标题",
    Particular.DATED_ON: "成文日期",
    Particular.LEVEL: "密级",
    Particular.URGENCY: "紧急程度",
    Particular.ADDRESSEES: "主送",
    Particular.COPIES: "抄送",
    Particular.SIGNER: "签发人",
}
