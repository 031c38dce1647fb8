"""Words that make a question of a phrase: they say nothing about what is looked for.

In relaxed search only. A typed word of eight characters and more is cut at them; bare 何 and 几 are
none, they stand in names (何某, 几内亚). Measured in docs/search-quality.md.
"""

import re

SHORTEST = 8
"""Characters of a folded word from which on it may be a question."""

_QUESTION = re.compile(
    "请问|请列举|列举|是什么意思|是指什么|指的是什么|分别是什么|分别是|分别为|分别"
    "|叫什么名字|叫什么|什么名称|为什么|什么时候|什么样|什么|甚么"
    "|哪一些|哪些|哪一个|哪个|哪里|哪一种|哪种|哪一年|哪年|哪一位|哪位|哪儿|哪一|哪"
    "|多少|多久|多长|多大|几个|几年|几次|几种|几位|几名|几人|几岁|几月|几点"
    "|何时|何地|何种|何人|何处|何年|何月|为何|如何|怎样|怎么|谁|是否|吗|呢"
)


def without_question_words(folded: str) -> list[str]:
    """The pieces of a folded word between its question words; the word itself when it has none."""
    if len(folded) < SHORTEST:
        return [folded]
    return [piece for piece in _QUESTION.split(folded) if piece] or [folded]
