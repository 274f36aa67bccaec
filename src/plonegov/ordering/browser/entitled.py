"""Who may ask for a document, in a citizen's words: before the form and in it."""

from datetime import date
from plonegov.ordering import _
from plonegov.ordering.browser import schemas
from plonegov.ordering.browser.labels import OUTCOMES
from plonegov.ordering.browser.labels import relation_title
from plonegov.ordering.browser.words import about
from plonegov.ordering.browser.words import about_hint
from plonegov.ordering.domain.attachments import FileQuestion
from plonegov.ordering.domain.model import DocumentTerms
from plonegov.ordering.domain.model import EntitlementRule
from plonegov.ordering.domain.model import Outcome
from plonegov.ordering.domain.model import Relation
from plonegov.ordering.domain.pool import pool_of
from plonegov.ordering.domain.pool import told
from plonegov.ordering.domain.verdicts import Facts
from plonegov.ordering.domain.verdicts import possible
from plonegov.ordering.domain.verdicts import verdict
from typing import Any
from zope.i18nmessageid import Message


YOURSELF = _("who_yourself", default="You, for yourself")
EVERYBODY = _("who_everybody", default="Everybody")


#: What is said at the questions of files that prove the relation.
NEEDED = {
    "mandate": _("file_mandate_needed", default="We need: ${proofs}."),
    "proof": _(
        "file_proofs",
        default="We need: ${proofs}. You may also show the paper at the desk; until we "
        "have seen it, your order waits.",
    ),
}
FILES_HINT = schemas.IFile["mandate"].description


def groups(terms: DocumentTerms, language: str) -> list[dict[str, Any]]:
    """Return who may ask: people with the same rules together, a line for each rule.

    What holds for everybody comes first, once.
    """
    everybody = set(terms.named)
    open_to_all = tuple(
        rule
        for rule in terms.entitlement
        if rule.conditional and set(rule.relations) == everybody
    )
    found = {open_to_all: [EVERYBODY]} if open_to_all else {}
    for relation in terms.named:
        own = (rule for rule in terms.entitlement if relation in rule.relations)
        rules = tuple(rule for rule in own if rule not in open_to_all)
        found.setdefault(rules, []).append(who(relation, terms.country))
    return [
        {
            "who": people,
            "lines": [
                line(rule, terms, language)
                | {"otherwise": not rule.conditional and len(rules + open_to_all) > 1}
                for rule in rules
            ],
        }
        for rules, people in found.items()
    ]


def line(rule: EntitlementRule, terms: DocumentTerms, language: str) -> dict[str, Any]:
    """Return what a rule says: verdict, reason, papers and the number of its source.

    The reason of a rule that holds in some cases only says in which.
    """
    said = told(rule, terms.country)
    title, tag = OUTCOMES[said["verdict"]]
    return {
        "title": title,
        "tag": tag,
        "proofs": [proof["title"][language] for proof in said["proofs"]],
        "reason": said["reason"]["text"][language],
        "source": laws(terms).index(rule.law) + 1,
    }


def laws(terms: DocumentTerms) -> list[str]:
    """Return the ids of the sources of a document's rules, in their order."""
    return list(dict.fromkeys(rule.law for rule in terms.entitlement))


def sources(terms: DocumentTerms, language: str) -> list[dict[str, str]]:
    """Return the sources of a document's rules: title and address."""
    pool = pool_of(terms.country)
    return [
        {"title": pool.laws[law].titles[language], "url": pool.laws[law].url}
        for law in laws(terms)
    ]


def who(relation: Relation, country: str) -> Message:
    """Return who asks, as the document's page says it."""
    return YOURSELF if relation is Relation.SELF else relation_title(relation, country)


def choices(page: Any, terms: DocumentTerms, today: date) -> list[tuple[str, Any, Any]]:
    """Return the answers to "Who is the document about?" with what each one needs."""
    return [
        (
            str(relation),
            about(relation, terms.country),
            choice_hint(page, terms, Facts(relation, today)),
        )
        for relation in terms.named
    ]


def choice_hint(page: Any, terms: DocumentTerms, facts: Facts) -> str:
    """Return what a relation is told at once: the refusal, or what it must show."""
    parts = []
    hint = about_hint(facts.relation, terms.country)
    if hint:
        parts.append(page.say(hint))
    found = possible(terms.entitlement, facts)
    strictest = verdict(terms.entitlement, facts)
    if all(rule.outcome is Outcome.REFUSED for rule in found):
        said = told(found[-1], terms.country)
        refused = _(
            "choice_refused",
            default="Not online. ${reason}",
            mapping={"reason": said["reason"]["text"][page.language()]},
        )
        parts.append(page.say(refused))
    elif strictest.proofs:
        names = named_proofs(page, terms, facts)
        shown = _("choice_proof", default="To show: ${proofs}.", mapping=names)
        parts.append(page.say(shown))
    return " ".join(parts)


def named_proofs(page: Any, terms: DocumentTerms, facts: Facts) -> dict[str, str]:
    """Return the papers of which one is enough, as the value of a message."""
    rule = verdict(terms.entitlement, facts)
    proofs = told(rule, terms.country)["proofs"] if rule is not None else ()
    either = page.say(_("proofs_or", default="or"))
    titles = (proof["title"][page.language()] for proof in proofs)
    return {"proofs": f"; {either} ".join(titles)}


def file_hint(
    page: Any,
    terms: DocumentTerms,
    facts: Facts,
    question: FileQuestion,
    files: Message,
) -> Message | str:
    """Return the hint of an upload: the papers that the law names, and the files.

    :param files: which files are taken, with its values.
    """
    names = named_proofs(page, terms, facts)
    if question.id not in NEEDED or not names["proofs"]:
        return files
    needed = page.say(Message(NEEDED[question.id], mapping=names))
    return f"{needed} {page.say(Message(FILES_HINT, mapping=files.mapping))}"
