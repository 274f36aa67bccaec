from zope.interface import Attribute
from zope.interface import Interface


class IMainEntry(Interface):
    """One of the (at most six) main entries of every page, named by a task.

    A named adapter of the site root and the request; registered by each add-on for
    its own browser layer.
    """

    order = Attribute("Place among the entries (int; 10, 20 ...).")
    title = Attribute("What one comes to do here (message).")

    def available():
        """Return whether the current person has a use for it."""

    def url():
        """Return the address, built from the site root."""


class ITaskCard(Interface):
    """One of the (at most four) large task cards of the front page.

    A named adapter of the site root and the request; registered by each add-on for
    its own browser layer.
    """

    order = Attribute("Place among the cards (int; 10, 20 ...).")
    title = Attribute("What one comes to do here (message).")
    text = Attribute("One sentence that says what one gets (message).")
    icon = Attribute("Path data of an SVG of 24 x 24 units, drawn as an outline.")

    def available():
        """Return whether the target exists."""

    def url():
        """Return the address, built from the site root."""


class IFooterLink(Interface):
    """One of the links at every page's foot, for who looks for it on any page.

    A named adapter of the site root and the request; registered by each add-on for
    its own browser layer.
    """

    order = Attribute("Place among the links (int; 10, 20 ...).")
    title = Attribute("What one comes to do here (message).")

    def available():
        """Return whether the target exists."""

    def url():
        """Return the address, built from the site root."""


class IFrame(Interface):
    """What surrounds every page: see ``frame.Frame``."""

    language = Attribute("Interface language of the page (ISO 639-1).")
    portal_url = Attribute("Address of the site.")
    town_name = Attribute("Name of the municipality in the page's language.")
    anonymous = Attribute("Whether nobody is signed in.")
    editing = Attribute("Whether the person may change or review content here.")
    demo = Attribute("Whether the site is a demonstration.")
    scripted = Attribute(
        "Whether Plone's scripts run: for editing, or its text editor."
    )
    is_front_page = Attribute("Whether this is the site's front page.")

    def bind(view):
        """Remember the view that fills the frame and set the page's headers."""

    def title():
        """Return the text of the ``title`` element."""

    def stylesheets():
        """Return the addresses of the style sheets, in order."""

    def emblem_url():
        """Return the address of the emblem, or an empty text."""

    def languages():
        """Return the language choice: code, name, url, current."""

    def entries():
        """Return the main entries: title, url, current."""

    def footer_links():
        """Return the add-ons' links of the foot: title, url."""

    def breadcrumbs():
        """Return the way from the front page: title, url (empty for this page)."""

    def messages():
        """Return the messages of what was just done: text, type."""

    def person():
        """Return the name of the signed-in person."""

    def contact():
        """Return the town's known contact facts and whether it is open now."""

    def content_language():
        """Return the language of the content when it isn't the page's, else None."""

    def canonical_url():
        """Return the address without query string."""
