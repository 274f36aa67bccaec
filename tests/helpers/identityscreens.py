"""How one comes to a screen of signing in with a proof that has no address of its own."""

from helpers.visitor import Visitor


#: What the demonstration's surest person is called, and her number without its end.
NAME = "Élodie Marie Lefèvre"
HIDDEN = "••.••.••-•••.34"


def recognised(visitor: Visitor) -> None:
    """The page that asks whether one is who was recognised, from the ways."""
    visitor.page.click("main a[href*='way=demo']")
    visitor.page.click(f"main button:text-is('{NAME}')")
    visitor.page.wait_for_selector("main form input[name='code']", state="attached")


def proved(visitor: Visitor) -> None:
    """The page from which one began, signed in with a proof."""
    recognised(visitor)
    visitor.send()


def fictitious(visitor: Visitor) -> None:
    """The demonstration's people."""
    visitor.page.click("main a[href*='way=demo']")


def who_proved(visitor: Visitor) -> None:
    """The form's first page of who has proved who she is."""
    visitor.page.click("main button[name='prove']")
    proved(visitor)
