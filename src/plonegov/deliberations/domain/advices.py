"""What a service may say of an item, and the rules at an advice's transitions."""

from collections.abc import Mapping
from enum import StrEnum
from plonegov.deliberations.domain.refusals import AdviceByRule
from plonegov.deliberations.domain.refusals import AdviceTextMissing
from plonegov.deliberations.domain.refusals import AdviceUnknown
from plonegov.deliberations.domain.states import AdviceTransition
from plonegov.deliberations.domain.steps import check_reason
from typing import Any


class Opinion(StrEnum):
    """What a service says of an item."""

    FAVOURABLE = "favourable"
    WITH_REMARKS = "with_remarks"
    UNFAVOURABLE = "unfavourable"
    NONE = "none"


#: Opinions that need their reasons.
REASONED = (Opinion.WITH_REMARKS, Opinion.UNFAVOURABLE)


def check_advice_step(transition: str, by_rule: bool, data: Mapping[str, Any]) -> None:
    """Refuse a transition of an advice whose rules don't hold.

    :param by_rule: a rule asks for it.
    :param data: the keyword arguments of the transition (``opinion`` and ``text`` of
        ``give``, ``reason`` of ``ask_again``).
    :raises StepRefused: named after the broken rule.
    """
    step = AdviceTransition(transition)
    check_reason(data, step is AdviceTransition.ASK_AGAIN)
    if step is AdviceTransition.CALL_OFF and by_rule:
        raise AdviceByRule()
    if step is AdviceTransition.GIVE:
        _check_opinion(data)


def _check_opinion(data: Mapping[str, Any]) -> None:
    opinion, text = data.get("opinion"), data.get("text", "")
    if opinion not in list(Opinion):
        raise AdviceUnknown(allowed=", ".join(Opinion))
    if opinion in REASONED and not str(text).strip():
        raise AdviceTextMissing()
