"""What stands between a tracking link and what the order tells of a person: the birth
date, which who has the link by mistake does not know. It is asked few times only."""

import hmac


#: Wrong birth dates after which a link shows no more than document, state and next step;
#: only a new link opens it again.
TRIES = 5


def opens(tries: int, given: str, expected: str) -> bool:
    """Say whether a birth date opens what an order tells of a person.

    The work is the same whatever is given, and after the last try, too.

    :param tries: how many were wrong since the last right one.
    :param given: as typed, in ISO 8601.
    :param expected: the order's, in ISO 8601; empty where none is known.
    """
    given, expected = given.encode("utf-8", "replace"), expected.encode()
    same = hmac.compare_digest(given, expected)
    return same and bool(expected) and tries < TRIES
