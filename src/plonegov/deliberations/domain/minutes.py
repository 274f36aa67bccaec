"""The minutes of a sitting: generated section by section, edited by hand, adopted.

What a hand wrote is never overwritten: a section that was edited keeps its text when its
source changes, and says so. Adopted remarks reword the minutes (CDLD, article L1122-16;
CGCT, article L2121-15).
"""

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from enum import StrEnum
from hashlib import sha256
from plonegov.deliberations.domain.refusals import MinutesNotInOrder
from plonegov.deliberations.domain.refusals import SectionUnknown


class MinutesState(StrEnum):
    """How far the minutes are."""

    DRAFTED = "drafted"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    SIGNED = "signed"
    PUBLISHED = "published"


#: Which state follows which; submitted minutes may go back to be changed.
STEPS: Mapping[MinutesState, tuple[MinutesState, ...]] = {
    MinutesState.DRAFTED: (MinutesState.SUBMITTED,),
    MinutesState.SUBMITTED: (MinutesState.APPROVED, MinutesState.DRAFTED),
    MinutesState.APPROVED: (MinutesState.SIGNED,),
    MinutesState.SIGNED: (MinutesState.PUBLISHED,),
    MinutesState.PUBLISHED: (),
}

#: States in which the body has adopted the minutes.
ADOPTED = (MinutesState.APPROVED, MinutesState.SIGNED, MinutesState.PUBLISHED)


@dataclass(frozen=True)
class Section:
    """A part of the minutes: ``key`` names an item, or ``opening`` and ``closing``.

    ``text`` is clean HTML; ``made`` the digest of what was generated last for it, and
    ``source`` that of what would be generated now.
    """

    key: str
    text: str
    made: str
    source: str

    @property
    def edited(self) -> bool:
        """Whether a hand wrote it."""
        return digest(self.text) != self.made

    @property
    def outdated(self) -> bool:
        """Whether its source changed after a hand wrote it."""
        return self.edited and self.source != self.made


def digest(text: str) -> str:
    """Return the SHA-256 (hex) of a text."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def renewed(
    sections: Sequence[Section], generated: Iterable[tuple[str, str]]
) -> tuple[Section, ...]:
    """Return the sections with what is generated now, in its order.

    A section that a hand wrote keeps its text. One that is generated no more goes,
    unless a hand wrote it: then it comes last.

    :param generated: key and clean HTML of each section.
    """
    held = {section.key: section for section in sections}
    found = []
    for key, text in generated:
        section, made = held.pop(key, None), digest(text)
        if section is not None and section.edited:
            found.append(replace(section, source=made))
        else:
            found.append(Section(key, text, made, made))
    found += [replace(each, source="") for each in held.values() if each.edited]
    return tuple(found)


def written(sections: Sequence[Section], key: str, text: str) -> tuple[Section, ...]:
    """Return the sections with another text for one of them.

    :raises SectionUnknown: there is none with this key.
    """
    if key not in {section.key for section in sections}:
        raise SectionUnknown()
    return tuple(
        replace(section, text=text) if section.key == key else section
        for section in sections
    )


def taken_anew(sections: Sequence[Section], key: str, text: str) -> tuple[Section, ...]:
    """Return the sections with what is generated now for one that a hand wrote.

    :raises SectionUnknown: there is none with this key.
    """
    made = digest(text)
    changed = written(sections, key, text)
    return tuple(
        replace(section, made=made, source=made) if section.key == key else section
        for section in changed
    )


def check_step(old: MinutesState, new: MinutesState) -> None:
    """Refuse a step of the minutes that does not follow.

    :raises MinutesNotInOrder: so it is.
    """
    if new not in STEPS[old]:
        raise MinutesNotInOrder(state=str(old), wanted=str(new))
