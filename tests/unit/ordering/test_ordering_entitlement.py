"""Who may order what about whom: one table, with its law in the rules."""

from helpers.intake import CHILD
from helpers.intake import faults
from helpers.intake import file
from helpers.intake import PARENT
from helpers.intake import request
from helpers.intake import terms
from plonegov.core.identity.levels import AssuranceLevel
from plonegov.ordering.domain.model import Relation
from typing import Any

import pytest


def other(relation: str, subject: dict, **changes: Any) -> dict[str, Any]:
    return request(relation=relation, subject=subject, **changes)


#: Request, changes of the terms -> the fault of a rule over several values.
ENTITLEMENT = [
    (
        other("spouse", PARENT),
        {"relations": (Relation.SELF,)},
        ("relation", "relation_not_entitled"),
    ),
    (other("spouse", PARENT), {}, None),
    (other("child", PARENT), {}, None),
    (other("parent", CHILD), {}, None),
    (other("guardian", CHILD), {}, None),
    (other("guardian", PARENT), {}, None),
    (other("spouse", CHILD), {}, ("relation", "minor_needs_representative")),
    (
        other("spouse", dict(CHILD, minor=False)),
        {},
        ("relation", "minor_needs_representative"),
    ),
    (
        other("parent", PARENT),
        {"minor_only": (Relation.PARENT,)},
        ("relation", "person_refused"),
    ),
    (other("parent", CHILD), {"minor_only": (Relation.PARENT,)}, None),
    (
        other("parent", dict(PARENT, minor=True)),
        {},
        ("subject.minor", "minor_by_birth_date"),
    ),
    (other("heir", PARENT), {}, ("relation", "heir_of_deceased_only")),
    (other("heir", dict(PARENT, deceased=True)), {}, None),
    (other("heir", dict(CHILD, minor=False, deceased=True)), {}, None),
    (
        other("heir", dict(PARENT, deceased=True)),
        {"deceased_allowed": False},
        ("subject.deceased", "deceased_not_allowed"),
    ),
    (
        other("heir", dict(PARENT, deceased="yes")),
        {},
        ("subject.deceased", "boolean_expected"),
    ),
    (
        other("spouse", dict(PARENT, birth_date="", national_number="85073003328")),
        {},
        ("relation", "subject_is_applicant"),
    ),
    (
        other("spouse", {"first_name": "A", "last_name": "B"}),
        {},
        ("subject.birth_date", "required"),
    ),
    (
        other(
            "lawyer", PARENT, applicant__birth_date="", applicant__national_number=""
        ),
        {},
        None,
    ),
    (
        other(
            "notary", PARENT, applicant__birth_date="", applicant__national_number=""
        ),
        {},
        None,
    ),
    (
        other(
            "spouse", PARENT, applicant__birth_date="", applicant__national_number=""
        ),
        {},
        ("applicant.birth_date", "required"),
    ),
    (
        request(applicant__birth_date="2008-11-23", applicant__national_number=""),
        {},
        ("applicant.birth_date", "applicant_is_minor"),
    ),
    (
        request(applicant__birth_date="2008-11-22", applicant__national_number=""),
        {},
        None,
    ),
    (other("mandatary", PARENT), {}, ("attachments", "mandate_missing")),
    (
        other("mandatary", PARENT, attachments=[file(question="proof")]),
        {},
        ("attachments", "mandate_missing"),
    ),
    (other("mandatary", PARENT, attachments=[file()]), {}, None),
    (
        other("mandatary", PARENT, attachments=[file(b"MZ")]),
        {},
        ("attachments.0.data", "file_type_refused"),
    ),
    (
        other("parent", dict(CHILD, birth_date="2999-01-01", minor=False)),
        {"minor_only": (Relation.PARENT,)},
        ("subject.birth_date", "date_too_late"),
    ),
    (
        request(delivery="email", applicant__email="x"),
        {},
        ("applicant.email", "email_address"),
    ),
    (other("lawyer", PARENT), {}, None),
    (
        other("lawyer", PARENT),
        {"mandate_for": (Relation.LAWYER,)},
        ("attachments", "mandate_missing"),
    ),
    (
        request(applicant__email=""),
        {"identity": AssuranceLevel.EMAIL},
        ("applicant.email", "email_required"),
    ),
    (
        request(applicant__email=""),
        {"identity": AssuranceLevel.ACCOUNT},
        ("applicant.email", "email_required"),
    ),
    (request(applicant__email=""), {"identity": AssuranceLevel.HIGH}, None),
]


@pytest.mark.parametrize(("payload", "changes", "fault"), ENTITLEMENT)
def test_who_may_order_what_about_whom(payload, changes, fault):
    assert faults(payload, terms(**changes)) == (dict([fault]) if fault else {})
