from plonegov.core.errors import Fault
from plonegov.core.errors import InvalidInput
from plonegov.core.errors import PlonegovError
from plonegov.core.errors import RecordNotFound

import pytest


@pytest.mark.parametrize(
    "error",
    [
        PlonegovError(name="x"),
        RecordNotFound(uid="1"),
        InvalidInput([Fault("copies", "required")]),
    ],
)
def test_an_error_raised_anew_by_the_workflow_tool_keeps_its_values(error):
    assert type(error)(error) is error


def test_an_error_says_its_code_and_values():
    assert str(RecordNotFound(uid="1")) == "record_not_found (uid=1)"
    assert str(PlonegovError()) == "error"
    assert str(InvalidInput([Fault("copies", "required")])) == "copies: required"


def test_faults_keep_their_order():
    faults = (Fault("b", "required"), Fault("a", "required"))
    assert InvalidInput(iter(faults)).faults == faults
