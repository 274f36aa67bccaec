from zope.interface import Attribute
from zope.interface import Interface


class IMailSettled(Interface):
    """What became of a mail that was owed, in the transaction that notes it."""

    key = Attribute("The mail's key, as ``model.Mail`` has it")
    about = Attribute("UID of the record that it is about, or empty")
    refused = Attribute(
        "The code with which a server refused it for good; empty: it was accepted"
    )
    kept = Attribute("It was given to no server: a demonstration keeps its mails")
