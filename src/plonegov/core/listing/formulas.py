"""Texts that a spreadsheet program would take for a formula."""

from datetime import date
from decimal import Decimal
from typing import Any


#: First characters that make a spreadsheet take a text for a formula (OWASP, CSV
#: injection), with their full-width forms.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def starts_formula(text: str) -> bool:
    """Tell whether a text begins, behind blanks, as a formula does."""
    if text[:1].isalnum():
        return False
    return any(
        start.startswith(FORMULA) for start in (text.lstrip(" \u00a0"), text.lstrip())
    )


def safe(value: Any) -> Any:
    """Return a value as it may stand in a CSV file: no text starts a formula."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return value
    text = str(value).replace("\x00", "")
    return f"'{text}" if starts_formula(text) else text
