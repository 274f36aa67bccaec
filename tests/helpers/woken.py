"""Which stored objects a piece of code loads from the database."""

from contextlib import contextmanager
from plone.dexterity.content import DexterityContent
from Products.CMFCore.indexing import processQueue
from unittest.mock import patch
from ZODB.Connection import Connection

import transaction


@contextmanager
def woken(portal, classes=(DexterityContent,)):
    """Yield a list that fills with the objects of ``classes`` that are loaded inside.

    Everything is put to sleep first, the site root is not counted::

        with woken(portal) as objects:
            view()
        assert objects == []
    """
    processQueue()
    transaction.savepoint(optimistic=True)
    portal._p_jar.cacheMinimize()
    objects = []
    load = Connection.setstate

    def counting(connection, obj):
        if isinstance(obj, classes) and obj._p_oid != portal._p_oid:
            objects.append(obj)
        return load(connection, obj)

    with patch.object(Connection, "setstate", counting):
        yield objects
