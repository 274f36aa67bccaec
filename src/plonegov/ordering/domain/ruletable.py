"""Reads the rules of a catalogue entry strictly, and writes them as plain values."""

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from plonegov.core.law.tomlfile import Table
from plonegov.ordering.domain.model import EntitlementRule
from plonegov.ordering.domain.model import Outcome
from plonegov.ordering.domain.model import Relation
from plonegov.ordering.domain.pool import pool_of
from typing import Any


KEYS = tuple(field.name for field in fields(EntitlementRule))


def read_rules(entry: Table) -> tuple[EntitlementRule, ...]:
    """Return the rules of an entry's file, in their order.

    :raises LawFileError: a key is wrong, a text is not in the country's pool, or a
        relation has no rule that holds whatever the case.
    """
    tables = entry.tables("entitlement")
    rules = tuple(map(_rule, tables))
    for relation in dict.fromkeys(one for rule in rules for one in rule.relations):
        own = [rule for rule in rules if relation in rule.relations]
        if any(last.conditional for last in _last_of_each_time(own)):
            raise entry.error(
                "entitlement", f"a last rule for {relation} in every case"
            )
    if not rules:
        raise entry.error("entitlement", "at least one rule")
    return rules


def rule_to_plain(rule: EntitlementRule) -> dict[str, Any]:
    """Return a rule as JSON types."""
    return {
        "relations": [str(relation) for relation in rule.relations],
        "outcome": str(rule.outcome),
        "reason": rule.reason,
        "law": rule.law,
        "valid_from": rule.valid_from.isoformat(),
        "valid_until": rule.valid_until.isoformat() if rule.valid_until else None,
        "proofs": list(rule.proofs),
        "forms": list(rule.forms),
        "minor": rule.minor,
        "min_age": rule.min_age,
        "from_year_end": rule.from_year_end,
        "acts_from": rule.acts_from.isoformat() if rule.acts_from else None,
    }


def rule_from_plain(plain: Mapping[str, Any]) -> EntitlementRule:
    """Return the rule that ``rule_to_plain`` gave."""
    days = ("valid_from", "valid_until", "acts_from")
    return EntitlementRule(
        **plain
        | {name: plain[name] and date.fromisoformat(plain[name]) for name in days}
        | {name: tuple(plain[name]) for name in ("proofs", "forms")}
        | {
            "relations": tuple(map(Relation, plain["relations"])),
            "outcome": Outcome(plain["outcome"]),
        }
    )


def _last_of_each_time(rules: Iterable[EntitlementRule]) -> Iterable[EntitlementRule]:
    """Return the last rule of each time for which a relation has rules."""
    return {rule.valid_from: rule for rule in rules}.values()


def _rule(table: Table) -> EntitlementRule:
    table.only(KEYS)
    outcome = table.choice("outcome", Outcome)
    relations = table.choices("relations", Relation)
    if not relations:
        raise table.error("relations", "at least one relation")
    proofs = table.words("proofs")
    if bool(proofs) != (outcome is Outcome.PROOF_NEEDED):
        raise table.error("proofs", f"proofs, for the outcome {Outcome.PROOF_NEEDED}")
    rule = EntitlementRule(
        relations=relations,
        outcome=outcome,
        reason=table.text("reason"),
        law=table.text("law"),
        valid_from=table.day("valid_from"),
        valid_until=table.day_or_none("valid_until"),
        proofs=proofs,
        forms=table.words("forms"),
        minor=table.flag("minor") if "minor" in table.data else None,
        min_age=table.count("min_age") if "min_age" in table.data else 0,
        from_year_end=table.flag("from_year_end", False),
        acts_from=table.day_or_none("acts_from"),
    )
    _check_pooled(table, rule)
    return rule


def _check_pooled(table: Table, rule: EntitlementRule) -> None:
    """Refuse ids that the country's pool has no text for."""
    folder = table.file.parent
    pool = pool_of(folder.name, folder.parent)
    for key, ids, known in (
        ("reason", (rule.reason,), pool.reasons),
        ("law", (rule.law,), pool.laws),
        ("proofs", rule.proofs, pool.proofs),
    ):
        if not known.keys() >= set(ids):
            raise table.error(key, f"of {', '.join(known)}")
