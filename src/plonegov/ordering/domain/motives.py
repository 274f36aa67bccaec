"""The kinds of reasons for which a document is refused, to be counted.

The kind stands beside the reasons in fact and in law, which the decision itself must
state (BE: law of 29-07-1991, art. 2 and 3; FR: code des relations entre le public et
l'administration, art. L211-2 and L211-5); it replaces neither.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Motive(StrEnum):
    """The kind of a rejection's reason."""

    NOT_ENTITLED = "not_entitled"
    IDENTITY_NOT_PROVED = "identity_not_proved"
    NOT_IN_REGISTER = "not_in_register"
    PROOF_MISSING = "proof_missing"
    OTHER_AUTHORITY = "other_authority"
    DUPLICATE = "duplicate"
    NO_ANSWER = "no_answer"
    OTHER = "other"


@dataclass(frozen=True)
class MotiveText:
    """What a kind is called, by language (ISO 639-1)."""

    fr: str
    nl: str
    en: str
    es: str

    def in_language(self, language: str) -> str:
        """Return the text in a language, in English where there is none."""
        return getattr(self, language, self.en)


MOTIVES: Mapping[Motive, MotiveText] = {
    Motive.NOT_ENTITLED: MotiveText(
        "La personne n'a pas droit à ce document",
        "De persoon heeft geen recht op dit document",
        "The person is not entitled to this document",
        "La persona no tiene derecho a este documento",
    ),
    Motive.IDENTITY_NOT_PROVED: MotiveText(
        "L'identité n'est pas prouvée",
        "De identiteit is niet bewezen",
        "The identity is not proved",
        "La identidad no está probada",
    ),
    Motive.NOT_IN_REGISTER: MotiveText(
        "Rien de tel au registre",
        "Niet gevonden in het register",
        "Nothing of the kind in the register",
        "No consta en el registro",
    ),
    Motive.PROOF_MISSING: MotiveText(
        "Une preuve ou une procuration manque",
        "Een bewijs of volmacht ontbreekt",
        "A proof or a mandate is missing",
        "Falta una prueba o un poder",
    ),
    Motive.OTHER_AUTHORITY: MotiveText(
        "Une autre administration est compétente",
        "Een andere overheid is bevoegd",
        "Another authority is competent",
        "Otra administración es competente",
    ),
    Motive.DUPLICATE: MotiveText(
        "Déjà demandé ou délivré",
        "Al aangevraagd of afgeleverd",
        "Ordered or issued already",
        "Ya solicitado o expedido",
    ),
    Motive.NO_ANSWER: MotiveText(
        "Pas de réponse à notre question",
        "Geen antwoord op onze vraag",
        "No answer to our question",
        "Sin respuesta a nuestra pregunta",
    ),
    Motive.OTHER: MotiveText(
        "Autre motif",
        "Andere reden",
        "Another reason",
        "Otro motivo",
    ),
}
