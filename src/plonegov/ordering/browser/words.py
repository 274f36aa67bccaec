"""What citizens read for the ids of an order."""

from plonegov.ordering import _
from zope.i18nmessageid import Message


#: The answers to "Who is the document about?".
ABOUT: dict[str, Message] = {
    "self": _("about_self", default="Myself"),
    "spouse": _("about_spouse", default="My spouse or legal cohabitant"),
    "parent": _("about_parent", default="My child"),
    "child": _("about_child", default="My mother or my father"),
    "guardian": _("about_guardian", default="A person whose guardian I am"),
    "heir": _("about_heir", default="A deceased person whose heir I am"),
    "lawyer": _("about_lawyer", default="My client: I am a lawyer"),
    "notary": _("about_notary", default="My client: I am a notary"),
    "mandatary": _("about_mandatary", default="A person who gave me a mandate"),
    "other": _("about_anybody", default="Another person"),
}

#: Where a country's law draws the circle otherwise. FR: Decree no. 2017-890 of
#: 6 May 2017, article 30 (PACS partner, ascendants, descendants).
ABOUT_IN: dict[str, dict[str, Message]] = {
    "FR": {
        "spouse": _("about_spouse_fr", default="My spouse or PACS partner"),
        "parent": _("about_parent_fr", default="My child or grandchild"),
        "child": _("about_child_fr", default="My mother, my father or a grandparent"),
    },
}

ABOUT_HINTS: dict[str, Message] = {
    "parent": _("about_parent_hint", default="You are the mother or the father."),
    "mandatary": _(
        "about_mandatary_hint",
        default="You need the mandate as a file: PDF, or a photo of the signed paper.",
    ),
}

ABOUT_HINTS_IN: dict[str, dict[str, Message]] = {
    "FR": {
        "parent": _(
            "about_parent_fr_hint",
            default="You are the mother, the father or a grandparent.",
        ),
    },
}

#: How a document comes.
WAYS: dict[str, Message] = {
    "post": _("way_post", default="By post, to your address"),
    "counter": _("way_counter", default="You fetch it at the counter"),
    "email": _("way_email", default="By e-mail"),
    "download": _("way_download", default="To download"),
}

#: What a national number looks like and where it stands, by the town's country.
NUMBER_HINTS: dict[str, Message] = {
    "BE": _(
        "national_number_hint_be",
        default="For example 85.07.30-033.28. It is on the back of the identity card.",
    ),
    "ES": _(
        "national_number_hint_es",
        default="The DNI or NIE, for example 12345678Z or X1234567L.",
    ),
    "NL": _(
        "national_number_hint_nl",
        default="The citizen service number (BSN), for example 123456782. It is on the "
        "passport and the identity card.",
    ),
}


def about(relation: str, country: str) -> Message:
    """Return whom a relation makes the document about, as the country says it.

    :param country: the town's, ISO 3166-1 alpha-2.
    """
    return ABOUT_IN.get(country, {}).get(relation, ABOUT[relation])


def about_hint(relation: str, country: str) -> Message | str:
    """Return the hint of that answer, if any."""
    hints = ABOUT_HINTS | ABOUT_HINTS_IN.get(country, {})
    return hints.get(relation, "")


LANGUAGES = {"fr": "Français", "nl": "Nederlands", "en": "English", "es": "Español"}

#: Label of each state (message ids as in ``domain.states``).
STATES: dict[str, Message] = {
    "submitted": _("state_submitted", default="Received"),
    "in_progress": _("state_in_progress", default="Being handled"),
    "awaiting_citizen": _("state_awaiting_citizen", default="Waiting for your answer"),
    "ready": _("state_ready", default="Ready"),
    "delivered": _("state_delivered", default="Delivered"),
    "rejected": _("state_rejected", default="Refused"),
    "withdrawn": _("state_withdrawn", default="Withdrawn"),
    "expired": _("state_expired", default="Closed without an answer"),
}

#: What comes next in each state.
NEXT_STEPS: dict[str, Message] = {
    "submitted": _(
        "next_step_submitted",
        default="A clerk will check your order against the register. "
        "You need do nothing.",
    ),
    "in_progress": _(
        "next_step_in_progress",
        default="A clerk is working on your order. You need do nothing.",
    ),
    "awaiting_citizen": _(
        "next_step_awaiting_citizen",
        default="We asked you a question. Your order goes on when you answer it.",
    ),
    "ready": _(
        "next_step_ready",
        default="The document is ready: we send it, or you collect it at the desk.",
    ),
    "delivered": _("next_step_delivered", default="There is nothing left to do."),
    "rejected": _(
        "next_step_rejected",
        default="We could not issue the document. The reasons, and what you can do "
        "about it, stand in our letter.",
    ),
    "withdrawn": _(
        "next_step_withdrawn", default="The order was withdrawn; nothing happens."
    ),
    "expired": _(
        "next_step_expired",
        default="The order is closed, because it was not answered or fetched in time. "
        "You can order the document again.",
    ),
}

#: What comes next for a document that is ready, by the way it comes.
NEXT_READY: dict[str, Message] = {
    "post": _("next_ready_post", default="We post the document to you."),
    "counter": _(
        "next_ready_counter",
        default="Fetch the document at the counter and bring your identity card.",
    ),
}

#: Line of the timeline for what happened to an order; other events stay inside.
HAPPENED: dict[str, Message] = {
    "placed": _("happened_placed", default="We received your order"),
    "start": _("happened_start", default="A clerk began to work on it"),
    "ask": _("happened_ask", default="We asked you a question"),
    "answer": _("happened_answer", default="You answered our question"),
    "make_ready": _("happened_make_ready", default="The document is ready"),
    "hand_over": _(
        "happened_hand_over", default="The document was posted or handed over"
    ),
    "reject": _("happened_reject", default="We could not issue the document"),
    "withdraw": _("happened_withdraw", default="The order was withdrawn"),
    "expire": _("happened_expire", default="The order was closed without an answer"),
    "reopen": _("happened_reopen", default="We took up your order again"),
    "erased": _("happened_erased", default="We erased your data"),
}

#: What somebody of the town read of an order, by the action in the log of reads.
READS: dict[str, Message] = {
    "open_order": _("read_open_order", default="opened your order"),
    "open_file": _("read_open_file", default="opened a file of your order"),
    "reveal_number": _("read_reveal_number", default="looked at a national number"),
    "export_order": _(
        "read_export_order", default="gave out all that is held, as a file"
    ),
}

#: Why, by the reason in that log.
READ_REASONS: dict[str, Message] = {
    "handling": _("reason_handling", default="to handle your order"),
    "register": _("reason_register", default="to find the person in the register"),
    "same_name": _(
        "reason_same_name", default="to tell two persons of the same name apart"
    ),
    "mistake": _("reason_mistake", default="because the number may hold a mistake"),
    "asked": _("reason_asked", default="because the person asked about it"),
}
