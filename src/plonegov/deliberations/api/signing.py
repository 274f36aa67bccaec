"""Who signs the documents of a sitting, from the town's functions and mandates."""

from dataclasses import replace
from datetime import date
from plonegov.deliberations.api import bodies
from plonegov.deliberations.api import law
from plonegov.deliberations.content.function import Function
from plonegov.deliberations.content.meeting import Meeting
from plonegov.deliberations.domain.errors import NoRuleInForce
from plonegov.deliberations.domain.formalities import signature
from plonegov.deliberations.domain.model import Document
from plonegov.deliberations.domain.model import Role
from plonegov.deliberations.domain.refusals import SignatoryMissing
from plonegov.deliberations.domain.signing import Capacity
from plonegov.deliberations.domain.signing import Held
from plonegov.deliberations.domain.signing import may_sign
from plonegov.deliberations.domain.signing import signatories
from plonegov.deliberations.domain.signing import Signatory


def signers(meeting: Meeting, document: Document, day: date) -> tuple[Signatory, ...]:
    """Return who signs a document of a meeting on a day; none where the law asks nobody.

    The secretary of the sitting is who kept its minutes, a function or a member; the
    others hold the office, act for its holder or have the delegation on that day.

    :param day: that of the signature, not of the sitting.
    """
    try:
        rule = signature(document, law.rules_of(meeting))
    except NoRuleInForce:
        return ()
    found = signatories(rule, held(day))
    keeper = keeper_of(meeting)
    return tuple(
        replace(one, name=keeper, capacity=Capacity.HOLDER, delegation="")
        if one.role is Role.SECRETARY and keeper
        else one
        for one in found
    )


def missing(meeting: Meeting, document: Document, day: date) -> tuple[Role, ...]:
    """Return the roles in which nobody signs a document on a day."""
    return tuple(one.role for one in signers(meeting, document, day) if one.missing)


def signer(
    meeting: Meeting, document: Document, office: str, uid: str, day: date
) -> Held:
    """Return what stands at the signature of somebody who signs a document.

    :param office: in which role (``mayor``, ``director``, ``secretary``).
    :param uid: of the function that is in force on the day; the secretary of the sitting
        may be the member who kept the minutes.
    :raises SignatoryMissing: who is named does not hold the office then, or the document
        is not signed by a delegate, or not without a stated delegation.
    """
    keeper = keeper_of(meeting)
    if office == Role.SECRETARY and keeper and uid == meeting.keeper:
        return Held(office, keeper, day)
    rows = [
        rule for rule in law.rules_of(meeting).signature if rule.document is document
    ]
    for one in bodies.functions(day):
        found = _held(one)
        able = found.office == office and all(may_sign(found, rule) for rule in rows)
        if one.UID() == uid and able:
            return found
    raise SignatoryMissing(office=office)


def held(day: date) -> tuple[Held, ...]:
    """Return the offices of the town that are held on a day."""
    return tuple(map(_held, bodies.functions(day)))


def keeper_of(meeting: Meeting) -> str:
    """Return the name of who keeps the minutes of a meeting, or ""."""
    return _named(meeting, meeting.keeper)


def president_of(meeting: Meeting) -> str:
    """Return the name of who presides a meeting, or ""."""
    return _named(meeting, meeting.president)


def _held(one: Function) -> Held:
    return Held(
        office=one.office,
        name=one.title,
        since=one.first_day,
        capacity=Capacity(one.capacity),
        delegation=one.delegation or "",
    )


def _named(meeting: Meeting, uid: str) -> str:
    day = law.day_of(meeting)
    people = (*bodies.members(bodies.get(meeting.body), day), *bodies.functions(day))
    names = {one.UID(): one.title for one in people}
    return names.get(uid, "")
