"""What happens to one task, and the words for where a record goes."""

from enum import StrEnum


class Verb(StrEnum):
    """What happens to one task, where the record does not move."""

    DONE = "done"
    """The own task ends."""
    KEEP = "keep"
    """No task changes: progress, 催办, a button of a hub."""
    HAND_ON = "hand_on"
    """转办: the own task goes to one chosen person, for good."""
    DELEGATE = "delegate"
    """委派: the own task waits until one chosen person has answered."""
    ADD_BEFORE = "add_before"
    """前加签: chosen people act first, then the own task."""
    ADD_BESIDE = "add_beside"
    """并行加签: chosen people as well."""
    ADD_AFTER = "add_after"
    """后加签: chosen people act once the own task is done."""
    REMOVE = "remove"
    """减签: chosen tasks of others that nobody acted on."""
    WAIVE = "waive"
    """免除: chosen tasks are let go, with a reason."""
    REASSIGN = "reassign"
    """改派: a chosen task goes to a chosen person or unit."""
    ENTER = "enter"
    """补录: what the holder of a chosen task said on paper."""
    CLAIM = "claim"
    """认领: one of several holders takes the task."""
    RELEASE = "release"
    """A claimed task goes back to all its holders."""
    CIRCULATE = "circulate"
    """传阅, 抄送, 沟通: side tasks for chosen people."""
    RECALL = "recall"
    """Side tasks that nobody opened are taken back."""
    READ = "read"
    """已阅, an answer: the own side task ends."""
    TIME_OUT = "time_out"
    """The clock ends every open task of the state (逾期视为无意见)."""
    FINISH = "finish"
    """The clock ends the task that waited for a child record, as the child ended (SUB-01)."""
    SUSPEND = "suspend"
    """挂起: nobody acts and no day counts until it is resumed."""
    RESUME = "resume"


PREVIOUS = "previous"
"""As `to`: the step that was left last, open for those who held it (退回上一步, 拿回)."""

CHOSEN_STEP = "chosen"
"""As `to`: a step the record has passed, which the actor names (退回指定步骤)."""

ANY_STATE = "any"
"""As `to` with chosen people: whatever state (跳转); as `from`: every state that is not done."""

LAST = "last"
"""As `to` out of a done state: the step before it, open for those who held it (唤醒)."""

TARGETS = frozenset({PREVIOUS, CHOSEN_STEP, ANY_STATE, LAST})
