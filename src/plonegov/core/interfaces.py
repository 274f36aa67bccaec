from plone.app.multilingual.interfaces import IPloneAppMultilingualInstalled
from plone.theme.interfaces import IDefaultPloneLayer
from zope import schema
from zope.interface import Interface


class IMunicipalityLayer(IPloneAppMultilingualInstalled, IDefaultPloneLayer):
    """Browser layer of a site with a municipality profile; each add-on's layer
    extends it. It extends Plone's own layers, so that its views win over theirs."""


class IServiceBound(Interface):
    """An object that one of the town's services answers for.

    Who holds a staff role and is in the group ``service-<id>`` gets the local role
    ``Service <role>`` on it (see ``core.municipality.roles``).
    """

    service = schema.TextLine(title="Id of the service")


class IClock(Interface):
    """Port: what time it is."""

    def now():
        """Return the current time as an aware ``datetime`` in UTC."""


class IErrorTexts(Interface):
    """Named utility (name: the add-on): the texts of error codes."""

    def get(code):
        """Return the message (``zope.i18nmessageid.Message``) of a code, or None."""


class ICoreSettings(Interface):
    """Registry records under ``plonegov.core``."""

    municipality_id = schema.TextLine(
        title="Municipality id",
        description="Unique in a Zope; keys, queues and logs go by it.",
        required=False,
        default="",
    )
    facts = schema.Text(
        title="Facts of the municipality (JSON: dotted key to value)",
        required=False,
        default="{}",
    )
    applied = schema.Text(
        title="Values last applied from the profile (JSON: dotted key to value)",
        required=False,
        default="{}",
    )
    demo = schema.Bool(title="Demonstration site", required=False, default=False)
    ports = schema.Dict(
        title="Implementation used for each port",
        description="Port name (IClock) to the name of a utility.",
        key_type=schema.TextLine(),
        value_type=schema.TextLine(),
        required=False,
        default={},
    )
