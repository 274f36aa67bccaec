"""What somebody looks for in the decisions: read from an address, strictly."""

from collections.abc import Collection
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace
from plonegov.core.errors import Fault
from typing import Any


#: Longest text that is looked for, in characters.
TEXT_LIMIT = 200
#: Results of a page: usually, and at most.
USUAL_SIZE, MOST = 20, 200
#: Facets by their parameters, which are also the names of the indexes.
FACETS = ("body", "year", "subject")


@dataclass(frozen=True)
class Search:
    """What is looked for; what is empty (``year``: 0) narrows nothing."""

    text: str = ""
    body: str = ""
    year: int = 0
    subject: str = ""
    start: int = 0
    size: int = USUAL_SIZE

    def without(self, facet: str) -> "Search":
        """Return the same search without one facet, for the counts of its values."""
        return replace(self, **{facet: 0 if facet == "year" else ""})

    @property
    def facets(self) -> dict[str, str | int]:
        """The facets that narrow it, by their names."""
        values = {name: getattr(self, name) for name in FACETS}
        return {name: value for name, value in values.items() if value}

    @property
    def narrowed(self) -> bool:
        """Whether it looks for less than everything."""
        return bool(self.text or self.facets)


def read_search(
    form: Mapping[str, Any],
    bodies: Collection[str],
    subjects: Collection[str],
    faults: list[Fault],
) -> Search:
    """Return what the parameters of an address ask for; what is wrong counts as not said.

    :param form: text, body, year, subject, b_start, b_size.
    :param bodies: ids of the bodies that there are.
    :param subjects: ids of the subjects that there are.
    :param faults: gathers what is wrong.
    """
    text = _text(form, "text")
    if text is None or len(text) > TEXT_LIMIT:
        faults.append(Fault("text", "too_long", {"limit": TEXT_LIMIT}))
        text = ""
    return Search(
        text=text,
        body=_known(form, "body", bodies, faults),
        year=_number(form, "year", 0, 9999, faults),
        subject=_known(form, "subject", subjects, faults),
        start=_number(form, "b_start", 0, 10**8, faults),
        size=_number(form, "b_size", USUAL_SIZE, MOST, faults) or USUAL_SIZE,
    )


def _known(
    form: Mapping[str, Any], name: str, known: Collection[str], faults: list[Fault]
) -> str:
    value = _text(form, name)
    if value == "" or value in known:
        return value or ""
    allowed = ", ".join(sorted(known))
    faults.append(Fault(name, "unknown_choice", {"allowed": allowed}))
    return ""


def _number(
    form: Mapping[str, Any], name: str, usual: int, most: int, faults: list[Fault]
) -> int:
    value = _text(form, name)
    if value == "":
        return usual
    if value is not None and value.isascii() and value.isdigit() and len(value) < 10:
        if int(value) <= most:
            return int(value)
        faults.append(Fault(name, "number_too_large", {"most": most}))
        return usual
    faults.append(Fault(name, "whole_number_expected"))
    return usual


def _text(form: Mapping[str, Any], name: str) -> str | None:
    """Return a parameter's value, None where it is no single text."""
    value = form.get(name, "")
    return value.strip() if isinstance(value, str) else None
