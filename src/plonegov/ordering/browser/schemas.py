"""The questions of the order form's own pages; the rules on them stand in ``domain``.

Names and prefixes follow the body of ``POST @orders``, so that the dotted path of a
fault is the name of the question it belongs to.
"""

from plonegov.ordering import _
from plonegov.ordering.browser.inputs import Input
from zope.interface import Interface


class IWhom(Interface):
    """Whom the document is about."""

    relation = Input(
        title=_("ask_relation", default="Who is the document about?"), kind="radio"
    )


class IApplicant(Interface):
    """Who asks."""

    first_name = Input(
        title=_("ask_first_name", default="First name"),
        autocomplete="given-name",
    )
    last_name = Input(
        title=_("ask_last_name", default="Last name"),
        autocomplete="family-name",
    )
    birth_date = Input(
        title=_("ask_birth_date", default="Date of birth"),
        description=_("birth_date_hint", default="For example 30 7 1985"),
        kind="day",
        autocomplete="bday",
    )
    national_number = Input(
        title=_("ask_national_number", default="National number"),
        optional=True,
        inputmode="numeric",
        width="pg-short",
    )


class IReach(Interface):
    """How the applicant can be reached."""

    email = Input(
        title=_("ask_email", default="E-mail address"),
        description=_(
            "email_hint",
            default="We write to it when your order moves on. For example name@example.org",
        ),
        optional=True,
        autocomplete="email",
        inputmode="email",
        input_type="email",
    )
    phone = Input(
        title=_("ask_phone", default="Telephone number"),
        optional=True,
        autocomplete="tel",
        inputmode="tel",
        input_type="tel",
        width="pg-short",
    )


class ISubject(Interface):
    """Whom the document is about, when it is somebody else."""

    first_name = Input(title=_("ask_first_name", default="First name"))
    last_name = Input(title=_("ask_last_name", default="Last name"))
    birth_date = Input(
        title=_("ask_birth_date", default="Date of birth"),
        description=_("birth_date_hint", default="For example 30 7 1985"),
        kind="day",
    )
    national_number = Input(
        title=_("ask_national_number", default="National number"),
        optional=True,
        inputmode="numeric",
        width="pg-short",
    )
    deceased = Input(
        title=_("ask_deceased", default="This person has died"), kind="check"
    )


class IFile(Interface):
    """What supports the request; names are those of ``domain.attachments``."""

    mandate = Input(
        title=_("ask_mandate", default="The signed mandate"),
        description=_(
            "files_hint",
            default="A PDF, or a photo of the paper (JPEG, PNG or HEIC). ${most} files "
            "at most, ${limit} MB each.",
        ),
        kind="file",
    )
    identity = Input(
        title=_(
            "ask_identity",
            default="A copy of the identity card of who gave you the mandate",
        ),
        description=_(
            "identity_hint",
            default="Both sides: a PDF, or photos (JPEG, PNG or HEIC). ${most} files at "
            "most, ${limit} MB each. We delete it when we have decided on the order.",
        ),
        kind="file",
        optional=True,
    )
    proof = Input(
        title=_("ask_proof", default="A paper that shows your relation"),
        description=_(
            "proof_files_hint",
            default="Only if you have one. A PDF, or a photo (JPEG, PNG or HEIC). "
            "${most} files at most, ${limit} MB each.",
        ),
        kind="file",
        optional=True,
    )


class IDelivery(Interface):
    """How the document comes, and how many."""

    delivery = Input(
        title=_("ask_delivery", default="How do you want to get the document?"),
        kind="radio",
    )
    copies = Input(
        title=_("ask_copies", default="Number of copies"),
        inputmode="numeric",
        width="pg-number-input",
    )


class IAddress(Interface):
    """Where the applicant lives."""

    street = Input(
        title=_("ask_street", default="Street"), autocomplete="address-line1"
    )
    number = Input(
        title=_("ask_number", default="House number"),
        width="pg-number-input",
    )
    box = Input(
        title=_("ask_box", default="Box"), optional=True, width="pg-number-input"
    )
    postal_code = Input(
        title=_("ask_postal_code", default="Postal code"),
        autocomplete="postal-code",
        inputmode="numeric",
        width="pg-number-input",
    )
    locality = Input(
        title=_("ask_locality", default="Town"), autocomplete="address-level2"
    )
    country = Input(
        title=_("ask_country", default="Country"), kind="list", autocomplete="country"
    )


class IMail(Interface):
    """Where the link to a saved draft goes."""

    mail = Input(
        title=_("ask_mail", default="E-mail address"),
        description=_(
            "ask_mail_hint",
            default="We use it for the link and one reminder only. For example "
            "name@example.org",
        ),
        autocomplete="email",
        inputmode="email",
        input_type="email",
    )


class ILanguage(Interface):
    """The language of our letters and mails."""

    language = Input(
        title=_("ask_language", default="In which language do we write to you?"),
        kind="radio",
    )
