"""The table of an open vote: all are in favour, except who is marked otherwise."""

from collections.abc import Mapping
from plonegov.deliberations.browser.labels import CHOICES
from plonegov.deliberations.domain.model import Choice
from typing import Any


#: A field of a member's choice: this and the member's id.
CHOICE = "choice."


class BallotForm:
    """Part of a page that shows such a table: macro ``ballot`` of ``sitting_parts``."""

    choices = CHOICES

    def voter(self, uid: str, name: str, holder: str = "") -> dict[str, Any]:
        """Return a row of the table, with the choice that was typed.

        :param holder: name of the member who votes by proxy, if one does.
        """
        return {
            "uid": uid,
            "name": name,
            "holder": holder,
            "choice": str(self.value_of(f"{CHOICE}{uid}", str(Choice.FOR))),
            "error": self.error_of(uid),
        }


def exceptions_of(form: Mapping[str, Any]) -> dict[str, str]:
    """Return how those voted who were not in favour, by member."""
    return {
        name.removeprefix(CHOICE): str(value)
        for name, value in form.items()
        if name.startswith(CHOICE) and value != Choice.FOR
    }
