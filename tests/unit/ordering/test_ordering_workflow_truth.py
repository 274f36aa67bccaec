"""The workflow definition, its specification and the domain say the same."""

from lxml import etree
from pathlib import Path
from plonegov.ordering.domain.model import State
from plonegov.ordering.domain.model import Transition
from plonegov.ordering.domain.states import STATES

import os
import plonegov.ordering.domain.model as model
import pytest


FOLDER = (
    Path(model.__file__)
    .parents[1]
    .joinpath("profiles", "default", "workflows", "plonegov_order_workflow")
)
DEFINITION = etree.parse(str(FOLDER / "definition.xml")).getroot()


def table(number: int) -> list[list[str]]:
    """Return the rows of the specification's n-th table, without head."""
    text = (FOLDER / "specification.md").read_text(encoding="utf-8")
    blocks = [block for block in text.split("\n\n") if block.startswith("|")]
    rows = blocks[number].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def exits() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for state in DEFINITION.findall("state"):
        for exit_ in state.findall("exit-transition"):
            found.setdefault(exit_.get("transition_id"), []).append(
                state.get("state_id")
            )
    return found


def test_states_are_the_same_in_all_three():
    defined = [state.get("state_id") for state in DEFINITION.findall("state")]
    assert defined == [str(state) for state in State]
    assert defined == [row[0] for row in table(0)]


def test_transitions_are_the_same_in_all_three():
    defined = {
        node.get("transition_id"): node.get("new_state")
        for node in DEFINITION.findall("transition")
    }
    assert list(defined) == [str(transition) for transition in Transition]
    assert defined == {row[0]: row[2] for row in table(1)}
    assert exits() == {row[0]: row[1].split(", ") for row in table(1)}


@pytest.mark.parametrize("row", table(0), ids=lambda row: row[0])
def test_who_must_act_and_the_clock_are_as_specified(row):
    meaning = STATES[State(row[0])]
    assert row[2] == meaning.actor
    assert row[3] == ("yes" if meaning.clock_runs else "no")


def test_an_applicant_may_only_answer_and_withdraw():
    permission = "plonegov: Act as applicant"
    allowed = [
        node.get("transition_id")
        for node in DEFINITION.findall("transition")
        if permission in [text.text for text in node.iter("guard-permission")]
    ]
    assert allowed == ["answer", "withdraw"]
    assert allowed == [row[0] for row in table(1) if "applicant" in row[3]]


@pytest.mark.parametrize("permission", ["View", "plonegov: Handle orders"])
def test_no_state_is_open_to_outsiders(permission):
    for state in DEFINITION.findall("state"):
        for row in state.findall("permission-map"):
            roles = {role.text for role in row.findall("permission-role")}
            assert row.get("acquired") == "False"
            assert roles <= {"Applicant", "Service Clerk"}


def test_nobody_modifies_an_order_past_the_verbs():
    for state in DEFINITION.findall("state"):
        rows = {row.get("name"): row for row in state.findall("permission-map")}
        for name in ("Modify portal content", "Delete objects"):
            assert not rows[name].findall("permission-role")


PAGE = Path(__file__).parents[3] / "docs" / "reference" / "order-workflow.md"


def drawn() -> str:
    """Return the page with the diagram of the definition."""
    lines = ["stateDiagram-v2", "  [*] --> submitted"]
    targets = {
        node.get("transition_id"): node.get("new_state")
        for node in DEFINITION.findall("transition")
    }
    for transition, sources in exits().items():
        lines += [f"  {old} --> {targets[transition]}: {transition}" for old in sources]
    lines += [
        f"  {state} --> [*]"
        for state, meaning in STATES.items()
        if meaning.actor == "nobody"
    ]
    text = (FOLDER / "specification.md").read_text(encoding="utf-8")
    diagram = "\n".join(lines)
    return f"{text}\n## Diagram\n\n```mermaid\n{diagram}\n```\n"


def test_the_documentation_draws_the_definition():
    if os.environ.get("PLONEGOV_WRITE_DOCS"):
        PAGE.write_text(drawn(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == drawn(), (
        "write it anew with PLONEGOV_WRITE_DOCS=1"
    )
