"""Where other add-ons take part when a municipality is checked and applied.

All are named utilities (name: the add-on, ``plonegov.ordering``).
"""

from zope.interface import Attribute
from zope.interface import Interface


class IMunicipalityChecker(Interface):
    """Checks the facts that an add-on knows about (its pooled catalogue, for one)."""

    def problems(municipality):
        """Return what is wrong as tuples ``(key, found, allowed)``.

        ``key`` is a path of the file (``documents[0].id``), ``found`` the value
        that stands there, ``allowed`` says in English what could stand there.
        ``municipality`` is a ``Municipality``. Needs no site.
        """


class IMunicipalityApplier(Interface):
    """Brings an add-on's part of the site in line with the municipality's facts."""

    order = Attribute("Smaller first; 100 where it does not matter")

    def apply(portal, municipality):
        """Create or update by id; never delete or revert what people made.

        Writes only what differs: a second call with the same facts must leave no
        object changed, since ``plonegov municipality apply`` always calls it.
        """


class IMunicipalityReader(Interface):
    """Reads an add-on's part of the site back, as far as people changed it.

    Keys are dotted; a service or document is named by its id:
    ``documents.life.price``.
    """

    def current(portal, facts):
        """Return facts with what people changed in the add-on's part of the site.

        ``facts`` are nested tables, not to be changed. Only what ``municipality.toml``
        can say is returned, so that an export holds it.
        """

    def differences(portal, municipality):
        """Return ``Difference`` for each value that is not as the facts want it.

        Also for what ``municipality.toml`` can't say. Writes nothing.
        """

    def release(portal, keys):
        """Count what people changed under these keys as untouched, so that the next
        apply brings it. Keys that are not the add-on's are passed over."""

    def obstacles(portal, municipality):
        """Return why the facts can't be applied now as tuples ``(key, found, allowed)``.

        They are errors of the profile: what stands in the way, and what to do.
        """


class IDemoData(Interface):
    """Fictitious, deterministic data of an add-on for a demonstration site."""

    def has_real_data(portal):
        """Return True when the site holds something that a person entered for real."""

    def create(portal, password):
        """Create the data once; the demo accounts exist and have this password."""
