from plonegov.ordering.domain.entitlement import check_identity
from plonegov.ordering.domain.errors import IdentityTooLow
from plonegov.ordering.domain.model import Identity

import pytest


#: Level asked: enough without signing in, enough when signed in.
ENOUGH = {
    Identity.NONE: (True, True),
    Identity.EMAIL: (True, True),
    Identity.ACCOUNT: (False, True),
    Identity.SUBSTANTIAL: (False, False),
    Identity.HIGH: (False, False),
}


@pytest.mark.parametrize("level", Identity)
@pytest.mark.parametrize("signed_in", [False, True])
def test_nobody_orders_below_the_level_that_a_document_asks(level, signed_in):
    if ENOUGH[level][signed_in]:
        check_identity(level, signed_in)
    else:
        with pytest.raises(IdentityTooLow) as refused:
            check_identity(level, signed_in)
        assert refused.value.context == {"identity": str(level)}
