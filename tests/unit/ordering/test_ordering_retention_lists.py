"""Who adds an attribute to orders says whether it is erased (GDPR art. 5.1.e, 25.1)."""

from pathlib import Path

import ast


SOURCE = Path(__file__).parents[3] / "src/plonegov/ordering/content/order.py"
TREE = ast.parse(SOURCE.read_text(encoding="utf-8"))


def names(body):
    """Return the names that are assigned, with what is assigned to them."""
    return {
        target.id: node.value
        for node in body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def listed(name):
    return [item.value for item in names(TREE.body)[name].elts]


def attributes():
    (order,) = (
        node
        for node in TREE.body
        if isinstance(node, ast.ClassDef) and node.name == "Order"
    )
    return set(names(order.body)) - {"security"}


def test_every_attribute_of_an_order_is_said_to_be_kept_or_erased():
    assert attributes() == {*listed("PERSONAL"), *listed("KEPT")}


def test_none_is_said_to_be_both_or_said_twice():
    both = [*listed("PERSONAL"), *listed("KEPT")]
    assert sorted(both) == sorted(set(both))
