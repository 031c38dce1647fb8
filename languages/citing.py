"""How a text cites another one, in words."""

from records.queries.relations import Relation

ALIKE = "相关"
"""On the same matter, by what both titles say or both cite."""

SAME = "疑似重复"
"""The same file, number or text."""

RELATIONS = {
    Relation.ANSWERS: "答复",
    Relation.REPEALS: "废止",
    Relation.AMENDS: "修订",
    Relation.FORWARDS: "转发",
    Relation.BASED_ON: "依据",
    Relation.MENTIONS: "引用",
}
