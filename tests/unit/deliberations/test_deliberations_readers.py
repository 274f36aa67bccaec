"""Who may list an item follows from who may view it."""

from plonegov.deliberations.domain.readers import marks

import pytest


@pytest.mark.parametrize(
    ("roles", "expected"),
    (
        ((), ()),
        (("Manager", "Owner"), ()),
        (("Secretary",), ("secretary",)),
        (("Service Drafter",), ("drafter:works",)),
        (("Service Reviewer",), ("reviewer:works",)),
        (("Second Reviewer",), ("second:finance",)),
        (("Adviser",), ("adviser:fire", "adviser:law")),
        (("Body Member",), ()),
    ),
)
def test_each_role_that_views_an_item_lists_it(roles, expected):
    assert marks(roles, "works", "finance", {"law", "fire"}) == expected


def test_an_item_of_no_service_is_listed_by_no_service():
    roles = ("Service Drafter", "Service Reviewer", "Second Reviewer", "Adviser")
    assert marks(roles, "", "", ()) == ()
