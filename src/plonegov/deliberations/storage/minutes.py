"""The minutes of one meeting."""

from AccessControl.SecurityInfo import ACCESS_PRIVATE
from collections.abc import Iterable
from persistent import Persistent
from plonegov.deliberations.domain.minutes import ADOPTED
from plonegov.deliberations.domain.minutes import MinutesState
from plonegov.deliberations.domain.minutes import Section
from typing import Any


class Minutes(Persistent):
    """Sections, remarks, signatures, and how far they are.

    ``serial`` counts the changes. ``remarks`` are rows of who, text and whether the body
    adopted it; ``adopted_in`` is the key of the meeting that approved the minutes.
    ``sealed`` is what was asked for and made of signed minutes with the town's seal:
    ``by`` whom, the ``address`` that it sends people to, its ``code`` and its ``file``.
    """

    __roles__ = ACCESS_PRIVATE

    sealed: dict[str, Any] = {}

    def __init__(self) -> None:
        self.serial = 0
        self._state = str(MinutesState.DRAFTED)
        self._sections: tuple[tuple[str, str, str, str], ...] = ()
        self.remarks: tuple[dict[str, Any], ...] = ()
        self.adopted_in = ""
        self.signatures: tuple[dict[str, str], ...] = ()

    @property
    def state(self) -> MinutesState:
        """How far the minutes are."""
        return MinutesState(self._state)

    @state.setter
    def state(self, state: MinutesState) -> None:
        self._state = str(state)

    @property
    def adopted(self) -> bool:
        """Whether the body has adopted them."""
        return self.state in ADOPTED

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections, in their order."""
        return tuple(Section(*row) for row in self._sections)

    def keep(self, sections: Iterable[Section]) -> None:
        """Put other sections in place of these."""
        self._sections = tuple(
            (each.key, each.text, each.made, each.source) for each in sections
        )
        self.serial += 1
