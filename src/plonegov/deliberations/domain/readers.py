"""Who may list an item: the roles that read it in its state, as marks of an index.

The workflow says which roles read an item. Its service, the service of the second level
of review and the services that advise on it say who has such a role.
"""

from collections.abc import Collection
from collections.abc import Iterator


SECRETARY = "secretary"

#: The mark of each role that is held in a service; the prefix stands before its id.
DRAFTER = "drafter"
REVIEWER = "reviewer"
SECOND = "second"
ADVISER = "adviser"


def marks(
    roles: Collection[str], service: str, second: str, advisers: Collection[str]
) -> tuple[str, ...]:
    """Return the marks of who may list an item.

    :param roles: those that have the permission to view it.
    :param service: the item's, ``second`` of its second level of review, ``advisers``
        those asked for an advice; ids of services, empty: none.
    """
    return tuple(_marks(roles, service, second, advisers))


def _marks(
    roles: Collection[str], service: str, second: str, advisers: Collection[str]
) -> Iterator[str]:
    if "Secretary" in roles:
        yield SECRETARY
    if "Service Drafter" in roles and service:
        yield f"{DRAFTER}:{service}"
    if "Service Reviewer" in roles and service:
        yield f"{REVIEWER}:{service}"
    if "Second Reviewer" in roles and second:
        yield f"{SECOND}:{second}"
    if "Adviser" in roles:
        yield from (f"{ADVISER}:{each}" for each in sorted(advisers))
