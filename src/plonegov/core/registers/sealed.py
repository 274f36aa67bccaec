"""The register of the documents that the town sealed: what each is worth today.

A document goes by a code that is printed on it. The register keeps what a stranger may
learn of it for good; who sealed it and whose it is stand apart, so that they can be
forgotten: the register then still says what it said.
"""

from BTrees.OOBTree import OOBTree
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import replace as replaced
from datetime import datetime
from enum import StrEnum
from plone import api
from plonegov.core.api import town_today
from plonegov.core.registers.errors import SealedDocumentOver
from plonegov.core.registers.errors import SealedDocumentUnknown
from plonegov.core.registers.links import digest_of
from plonegov.core.registers.register import Entry
from plonegov.core.registers.register import Facts
from plonegov.core.registers.register import Register
from plonegov.core.typed.codes import new_code
from plonegov.core.typed.codes import normalise_code
from typing import Any
from zope.annotation.interfaces import IAnnotations

import json
import secrets


NAME = "sealed"
LENGTH = 20  # 95 random bits and the check character
ANNOTATION = "plonegov.core.registers.sealed"
SALT_BYTES = 16


class Standing(StrEnum):
    """What a sealed document is worth today."""

    VALID = "valid"
    REPLACED = "replaced"
    REVOKED = "revoked"


@dataclass(frozen=True)
class SealedKind:
    """What was sealed: a ``kind`` (id), its ``title`` by language, a service's id."""

    kind: str
    title: Mapping[str, str]
    service: str = ""


@dataclass(frozen=True)
class SealedDocument:
    """A document in the register.

    ``digest`` is the SHA-256 (hex) of the file up to the end of the seal's revision;
    ``when`` is aware. ``replaced_by`` is the code of the one that took its place,
    ``initials`` those of whom it is about ("" when forgotten).
    """

    code: str
    year: int
    number: int
    digest: str
    kind: SealedKind
    when: datetime
    standing: Standing = Standing.VALID
    replaced_by: str = ""
    reason: str = ""
    initials: str = ""


def new_document_code() -> str:
    """Return a code for a document that is about to be sealed."""
    return new_code(LENGTH)


def read_code(text: str) -> str | None:
    """Return a code as a person typed it; None: it can't be one."""
    return normalise_code(text, LENGTH)


def enter(
    code: str, digest: str, kind: SealedKind, *, who: str, initials: str = ""
) -> SealedDocument:
    """Register a document; the caller seals it in the same transaction.

    The caller holds the town's write lock.

    :param digest: SHA-256 (hex) of the sealed file.
    :param who: account of who sealed it.
    """
    person = {"who": who, "initials": initials}
    year = town_today().year
    facts: Facts = (
        ("kind", kind.kind),
        ("title", json.dumps(dict(kind.title), sort_keys=True, ensure_ascii=False)),
        ("service", kind.service),
        ("person", _keep(code, person)),
    )
    entry = Register(NAME).allocate(year, code, digest, facts)
    _made("codes")[code] = (year, entry.number)
    _made("digests")[digest] = code
    return find(code)


def find(code: str) -> SealedDocument:
    """Return a document by its code, as ``read_code`` returns it.

    :raises SealedDocumentUnknown: the town sealed none with it.
    """
    place = _kept("codes").get(code)
    if place is None:
        raise SealedDocumentUnknown()
    return _document(*place)


def find_digest(digest: str) -> SealedDocument | None:
    """Return the document with a digest; None: the town sealed none such."""
    code = _kept("digests").get(digest)
    return find(code) if code else None


def documents(year: int) -> Iterator[SealedDocument]:
    """Yield a year's sealed documents by number."""
    for entry in Register(NAME).entries(year):
        yield _document(year, entry.number)


def revoke(code: str, reason: str, *, who: str) -> SealedDocument:
    """Say that a document is worth nothing any more.

    The caller holds the town's write lock.

    :raises SealedDocumentUnknown: there is none.
    :raises SealedDocumentOver: it was revoked or replaced before.
    :raises ReasonOfEntryMissing: no reason is given.
    """
    return _end(code, reason, who, ())


def replace(code: str, by: str, reason: str, *, who: str) -> SealedDocument:
    """Say that another document of the register took a document's place.

    The caller holds the town's write lock.

    :param by: code of the other one.
    :raises SealedDocumentUnknown: there is no such document.
    :raises SealedDocumentOver: it was revoked or replaced before.
    :raises ReasonOfEntryMissing: no reason is given.
    """
    find(by)
    return _end(code, reason, who, (("replaced_by", by),))


def forget(code: str) -> bool:
    """Forget who sealed a document and whose it is; return whether it was known."""
    return _made("people").pop(code, None) is not None


def problems() -> list[str]:
    """Return which people were exchanged after their document was sealed."""
    found = []
    for code, kept in _kept("people").items():
        document = find(code)
        versions = Register(NAME).versions(document.year, document.number)
        facts = dict(versions[-1].facts)
        if [_digest(*each) for each in kept] != [
            facts[key] for key in ("person", "ended") if key in facts
        ]:
            found.append(f"{NAME} {document.year}: people of {document.number} changed")
    return found


def _end(code: str, reason: str, who: str, facts: Facts) -> SealedDocument:
    document = find(code)
    if document.standing != Standing.VALID:
        raise SealedDocumentOver()
    ended = (*facts, ("ended", _keep(code, {"ended": who})))
    Register(NAME).cancel(document.year, document.number, reason, ended)
    return find(code)


def _document(year: int, number: int) -> SealedDocument:
    first, *later = Register(NAME).versions(year, number)
    facts = dict(first.facts)
    kind = SealedKind(facts["kind"], json.loads(facts["title"]), facts["service"])
    known = _kept("people").get(first.about)
    document = SealedDocument(
        first.about,
        year,
        number,
        first.digest,
        kind,
        first.when,
        initials=known[0][1]["initials"] if known else "",
    )
    return _ended(document, later[-1]) if later else document


def _ended(document: SealedDocument, entry: Entry) -> SealedDocument:
    by = dict(entry.facts).get("replaced_by", "")
    return replaced(
        document,
        standing=Standing.REPLACED if by else Standing.REVOKED,
        replaced_by=by,
        reason=entry.reason,
    )


def _keep(code: str, person: Mapping[str, str]) -> str:
    """Keep what can be forgotten; return the digest that the register keeps."""
    people, kept = _made("people"), (secrets.token_hex(SALT_BYTES), dict(person))
    if code in people or "who" in person:
        people[code] = (*people.get(code, ()), kept)
    return _digest(*kept)


def _digest(salt: str, person: Mapping[str, str]) -> str:
    return digest_of([salt, *sorted(person.items())])


def _kept(name: str) -> Mapping[str, Any]:
    return IAnnotations(api.portal.get()).get(ANNOTATION, {}).get(name, {})


def _made(name: str) -> OOBTree:
    annotations = IAnnotations(api.portal.get())
    if ANNOTATION not in annotations:
        annotations[ANNOTATION] = OOBTree()
    kept = annotations[ANNOTATION]
    if name not in kept:
        kept[name] = OOBTree()
    return kept[name]
