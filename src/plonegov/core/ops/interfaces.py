from zope.interface import Attribute
from zope.interface import Interface


class IJob(Interface):
    """Named utility: work done now and then for a site, outside any request.

    The worker of ``plonegov serve`` and ``plonegov jobs run`` call it, never two
    processes at once for the same site. Several names run one after the other.
    """

    every = Attribute("Seconds between two runs")

    def run(portal):
        """Do what is due; return a short word for the log, or None.

        Called in a fresh transaction without the town's write lock, since mail
        and other networks must not hold it. To write, take
        ``writelock.town_lock(portal.getId())``, then ``transaction.begin()``, and
        commit inside it. What is not committed is aborted afterwards.
        """


class IHealthCheck(Interface):
    """Named utility (name: the add-on): whether its part of a town is in order.

    ``plonegov doctor`` tells it, and pages may. Both methods return a list of
    ``core.ops.findings.Finding`` and change nothing.
    """

    def look(portal):
        """Return what is seen in the current site and in the town's files."""

    def probe(town, moment):
        """Return what other machines answer: it may take seconds.

        It is called with no write lock held, and needs no site.

        :param town: the ``Municipality``.
        :param moment: what time it is (aware).
        """
