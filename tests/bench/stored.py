"""Print how many orders the instance in ``$PLONEGOV_HOME`` holds."""

from plonegov.municipalities.server.runtime import application
from plonegov.municipalities.server.runtime import start_zope


if __name__ == "__main__":
    start_zope()
    with application() as root:
        print(len(root.seneffe.counter.records))
