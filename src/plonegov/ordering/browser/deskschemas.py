"""What a clerk is asked about an order at the desk or on paper.

Names and prefixes follow the body of ``POST @orders``, as in ``schemas``.
"""

from plonegov.ordering import _
from plonegov.ordering.browser.inputs import Input
from zope.interface import Interface


class IEntry(Interface):
    """How the order came in, and from whom."""

    channel = Input(title=_("desk_channel", default="How it came in"), kind="radio")
    received = Input(
        title=_("desk_received", default="Received on (paper only)"),
        kind="day",
        optional=True,
    )
    identity_document = Input(
        title=_("desk_identity_document", default="Identity document seen"),
        kind="list",
        optional=True,
    )
    relation = Input(
        title=_("desk_relation", default="Who asks, for the person of the document"),
        kind="list",
    )


class IPerson(Interface):
    """Applicant or subject."""

    first_name = Input(title=_("ask_first_name", default="First name"))
    last_name = Input(title=_("ask_last_name", default="Last name"))
    birth_date = Input(title=_("ask_birth_date", default="Date of birth"), kind="day")
    national_number = Input(
        title=_("ask_national_number", default="National number"),
        optional=True,
        inputmode="numeric",
    )


class IApplicant(IPerson):
    """Who asks, and how the town reaches that person."""

    email = Input(
        title=_("ask_email", default="E-mail address"),
        optional=True,
        inputmode="email",
        input_type="email",
    )
    phone = Input(
        title=_("ask_phone", default="Telephone number"),
        optional=True,
        inputmode="tel",
        input_type="tel",
    )


class ISubject(IPerson):
    """Whom the document is about, when it is somebody else."""

    deceased = Input(
        title=_("ask_deceased", default="This person has died"), kind="check"
    )


class IDelivery(Interface):
    """How the document comes, how many, and in which language the town writes."""

    delivery = Input(title=_("desk_delivery", default="Delivery"), kind="list")
    copies = Input(
        title=_("ask_copies", default="Number of copies"), inputmode="numeric"
    )
    language = Input(
        title=_("desk_language", default="Language of our letters"), kind="list"
    )


class IScan(Interface):
    """The paper that came with the order."""

    scan = Input(
        title=_("desk_scan", default="Scan of the mandate or of the paper"),
        kind="file",
        optional=True,
    )
