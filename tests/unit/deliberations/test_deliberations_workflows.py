"""The workflow definitions, their specifications and the domain say the same."""

from lxml import etree
from pathlib import Path
from plonegov.deliberations.domain import states
from plonegov.deliberations.domain.itemrules import REASONS
from plonegov.deliberations.domain.states import AdviceState
from plonegov.deliberations.domain.states import AdviceTransition
from plonegov.deliberations.domain.states import ENDS
from plonegov.deliberations.domain.states import ItemState
from plonegov.deliberations.domain.states import ItemTransition
from plonegov.deliberations.domain.states import MeetingState
from plonegov.deliberations.domain.states import MeetingTransition
from plonegov.deliberations.domain.states import Preset

import os
import pytest


FOLDER = Path(states.__file__).parents[1].joinpath("profiles", "default", "workflows")
DOCS = Path(__file__).parents[3] / "docs" / "reference"
#: Ids that an item's workflow has in its preset only.
LEVELS = {
    Preset.SMALL: {"reviewed_1", "reviewed_2", "review_1", "review_2"},
    Preset.REVIEWED: {"reviewed_2", "review_2"},
    Preset.TWO_LEVELS: set(),
}
WORKFLOWS = {
    "plonegov_meeting_workflow": (list(MeetingState), list(MeetingTransition)),
    "plonegov_advice_workflow": (list(AdviceState), list(AdviceTransition)),
    **{
        preset.workflow: (
            [each for each in ItemState if each not in LEVELS[preset]],
            [each for each in ItemTransition if each not in LEVELS[preset]],
        )
        for preset in Preset
    },
}
#: Roles that insiders have: nobody else gets any permission.
INSIDERS = {
    "Adviser",
    "Body Member",
    "Drafter",
    "Reviewer",
    "Second Reviewer",
    "Secretary",
    "Service Adviser",
    "Service Drafter",
    "Service Reviewer",
}


def definition(workflow):
    return etree.parse(str(FOLDER / workflow / "definition.xml")).getroot()


def specification(workflow):
    return (FOLDER / workflow / "specification.md").read_text(encoding="utf-8")


def table(workflow, number):
    """Return the rows of a specification's n-th table, without head."""
    blocks = [
        each for each in specification(workflow).split("\n\n") if each.startswith("|")
    ]
    rows = blocks[number].splitlines()[2:]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def exits(root):
    found = {}
    for state in root.findall("state"):
        for way in state.findall("exit-transition"):
            found.setdefault(way.get("transition_id"), []).append(state.get("state_id"))
    return found


def targets(root):
    return {
        node.get("transition_id"): node.get("new_state")
        for node in root.findall("transition")
    }


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_states_and_transitions_are_the_same_in_all_three(workflow):
    root, (known, steps) = definition(workflow), WORKFLOWS[workflow]
    assert root.get("workflow_id") == workflow
    defined = [state.get("state_id") for state in root.findall("state")]
    assert defined == [str(state) for state in known]
    assert defined == [row[0] for row in table(workflow, 0)]
    assert list(targets(root)) == [str(step) for step in steps]
    assert targets(root) == {row[0]: row[2] for row in table(workflow, 1)}
    assert exits(root) == {row[0]: row[1].split(", ") for row in table(workflow, 1)}


@pytest.mark.parametrize("preset", Preset)
def test_who_must_act_on_an_item_is_as_specified(preset):
    told = {row[0]: row[2].replace(" ", "_") for row in table(preset.workflow, 0)}
    assert {state: states.actor_of(preset.workflow, state) for state in told} == told


def test_the_presets_differ_up_to_validated_only():
    """So that an item goes on in its own workflow whatever its body chose since."""
    later = {*ENDS, ItemState.PRESENTED, ItemState.FROZEN, ItemState.RETURNED}
    found = []
    for preset in Preset:
        root = definition(preset.workflow)
        ways = {step: sorted(later & set(old)) for step, old in exits(root).items()}
        found.append(
            {(step, *old, targets(root)[step]) for step, old in ways.items() if old}
        )
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_no_state_gives_anything_to_outsiders(workflow):
    for state in definition(workflow).findall("state"):
        for row in state.findall("permission-map"):
            roles = {role.text for role in row.findall("permission-role")}
            assert row.get("acquired") == "False"
            assert roles <= INSIDERS
            if row.get("name") in ("Modify portal content", "Delete objects"):
                assert not roles


@pytest.mark.parametrize("preset", Preset)
def test_a_draft_is_read_by_its_service_only(preset):
    for state in definition(preset.workflow).findall("state"):
        if state.get("state_id") != "drafted":
            continue
        for row in state.findall("permission-map"):
            roles = {role.text for role in row.findall("permission-role")}
            assert roles <= {"Service Drafter", "Service Reviewer"}


@pytest.mark.parametrize("preset", Preset)
def test_the_specification_says_which_steps_need_a_reason(preset):
    told = {row[0] for row in table(preset.workflow, 1) if "a reason" in row[4]}
    assert told == {str(step) for step in REASONS}


def drawn(workflow):
    """Return the documentation's page of a workflow, with its diagram."""
    root = definition(workflow)
    lines = ["stateDiagram-v2", f"  [*] --> {root.get('initial_state')}"]
    for step, sources in exits(root).items():
        lines += [f"  {old} --> {targets(root)[step]}: {step}" for old in sources]
    lines += [f"  {row[0]} --> [*]" for row in table(workflow, 0) if row[2] == "nobody"]
    diagram = "\n".join(lines)
    return f"{specification(workflow)}\n## Diagram\n\n```mermaid\n{diagram}\n```\n"


@pytest.mark.parametrize("workflow", WORKFLOWS)
def test_the_documentation_draws_the_definition(workflow):
    name = workflow.removeprefix("plonegov_").replace("_", "-")
    page = DOCS / f"{name}.md"
    if os.environ.get("PLONEGOV_WRITE_DOCS"):
        page.write_text(drawn(workflow), encoding="utf-8")
    assert page.read_text(encoding="utf-8") == drawn(workflow), (
        "write it anew with PLONEGOV_WRITE_DOCS=1"
    )
