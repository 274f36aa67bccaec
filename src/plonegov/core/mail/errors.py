from plonegov.core.errors import PlonegovError


class MailAddressInvalid(PlonegovError):
    """A mail's recipient is not one plain e-mail address."""

    code = "mail_address_invalid"


class MailLinkInvalid(PlonegovError):
    """A mail's link is not a web address."""

    code = "mail_link_invalid"
    status = 500
