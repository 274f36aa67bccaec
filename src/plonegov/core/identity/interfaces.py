from zope.interface import Interface


class ISealedValues(Interface):
    """Named utility (name: the add-on): what it made with the keys of a town.

    A holder is whatever the add-on can find again (a record, a draft); to others it
    is opaque. Nothing here commits.
    """

    def holders(portal):
        """Return a list of all that may refer to a key, without waking records."""

    def uses(portal, holder):
        """Return the ``KeyUse`` of a holder; an empty one when it is gone."""

    def reseal(portal, holder, keys):
        """Encrypt the holder's values with the current key of ``keys`` (``TownKeys``).

        Values that are encrypted with it already, and codes, stay as they are; where
        one value can't be read, none of the holder's is changed. The caller holds the
        town's write lock. Returns whether anything changed.

        :raises KeyMissing: the key of a value is not on this machine.
        :raises SealedValueDamaged: a value can't be read with its key.
        """


class IIdentityProvider(Interface):
    """Port: who makes the current request, proved by more than a password."""

    def proved():
        """Return the ``ProvedIdentity`` of the current session, None when the person
        is not signed in, or only with a password."""

    def offers(level, came_from):
        """Return the ``SignInOffer``s that prove at least a level, the surest first.

        :param level: ``AssuranceLevel``.
        :param came_from: the address in the site that the person then returns to.
        """
