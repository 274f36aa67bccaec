"""People at a real browser who have no mouse."""

from helpers.visitor import Visitor
from playwright.sync_api import Locator


#: What has the focus, and whether a ring shows it and something of it can be seen
#: (WCAG 2.2, 2.4.7 and 2.4.11). The editor draws its ring around its frame.
FOCUS = """() => {
    const each = document.activeElement, area = each.closest(".tox-edit-area");
    const style = area ? getComputedStyle(area, "::before") : getComputedStyle(each);
    const ring = area
        ? style.opacity === "1" && parseFloat(style.borderTopWidth) >= 2
        : style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 3;
    const shows = (box, across, down) => {
        const [left, top] = [Math.max(box.left, 0), Math.max(box.top, 0)];
        const wide = Math.min(box.right, window.innerWidth) - left;
        const high = Math.min(box.bottom, window.innerHeight) - top;
        const on = wide > 0 && high > 0
            && document.elementFromPoint(left + wide * across, top + high * down);
        return Boolean(on) && (each.contains(on) || Boolean(area?.contains(on)));
    };
    // A link may be broken over lines.
    const uncovered = [...each.getClientRects()].some(
        box => shows(box, .5, .5) || shows(box, .1, .2) || shows(box, .9, .8));
    return {html: each.outerHTML.slice(0, 200), name: each.name, visible: ring && uncovered};
}"""
#: Whether something has the focus (0), or stands after (1) or before (-1) what has it.
WHERE = """each => {
    const now = document.activeElement;
    if (each === now) return 0;
    return now.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_PRECEDING ? -1 : 1;
}"""
#: Whether the radio button that has the focus is one of the same question.
SAME = """each => document.activeElement.type === "radio"
    && document.activeElement.name === each.name
    && document.activeElement.form === each.form"""
#: How far the chosen option is from another, counted in those that can be chosen.
DISTANCE = """(each, words) => {
    const able = [...each.options].filter(option => !option.disabled);
    const text = option => `${option.parentElement.label ?? ""} ${option.label}`;
    const wanted = able.findIndex(option => text(option).includes(words));
    return wanted < 0 ? null : wanted - able.indexOf(each.selectedOptions[0]);
}"""
#: More stops than any page of the story has.
STOPS = 400


def focus_of(page) -> dict:
    """Return what has the focus; it must be seen that it has.

    The page may need a moment to draw the ring and to scroll.
    """
    for _ in range(20):
        focus = page.evaluate(FOCUS)
        if focus["visible"]:
            return focus
        page.wait_for_timeout(50)
    raise AssertionError(focus)


class Keyboard(Visitor):
    """Somebody who reaches all by Tab, and sees at each stop where the focus is."""

    def reach(self, selector: str) -> Locator:
        """Go to the first control of a selector, past each stop on the way."""
        target = self.page.locator(selector).first
        self._go(target, WHERE)
        return target

    def press(self, selector: str) -> None:
        """Press a button or follow a link, and wait for the page it leads to."""
        self.reach(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def toggle(self, selector: str) -> None:
        """Tick a box or untick it, unfold what is folded."""
        self.reach(selector)
        self.page.keyboard.press("Space")

    def type(self, selector: str, text: str) -> None:
        """Write a text in a field in place of what stands there."""
        self.reach(selector)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def pick(self, selector: str, words: str) -> None:
        """Choose the first option of a list that says some words, after its group's."""
        target = self.reach(selector)
        distance = target.evaluate(DISTANCE, words)
        assert distance is not None, words
        for _ in range(abs(distance)):
            self.page.keyboard.press("ArrowDown" if distance > 0 else "ArrowUp")
        assert target.evaluate(DISTANCE, words) == 0

    def on(self, selector: str, value: str, keys: str) -> None:
        """Write a day or a time, part after part as the browser shows them."""
        target = self.reach(selector)
        self.page.keyboard.type(keys)
        assert target.input_value() == value

    def choose(self, selector: str) -> None:
        """Choose a radio button: Tab to its question, arrows to the answer."""
        target = self.page.locator(selector).first
        self._go(target, f"each => ({SAME})(each) ? 0 : ({WHERE})(each)")
        for _ in range(STOPS):
            if target.evaluate("each => each === document.activeElement"):
                break
            self.page.keyboard.press("ArrowRight")
            focus_of(self.page)
        if not target.is_checked():
            self.page.keyboard.press("Space")
        assert target.is_checked()

    def write(self, name: str, *words: str) -> None:
        """Write in the editor of a text, each second part in bold, and leave it."""
        page = self.page
        self.reach(f"#{name}_ifr")
        page.keyboard.press("Control+A")
        for place, part in enumerate(words):
            if place:
                page.keyboard.press("Control+B")
            page.keyboard.type(part)
        page.keyboard.press("Tab")
        left = "each => each !== document.activeElement"
        assert page.locator(f"#{name}_ifr").evaluate(left), "the editor keeps the focus"
        focus_of(page)

    def sign_in(self, account: str) -> None:
        self.press(".pg-sign-in")
        self.type("[name='__ac_name']", account)
        self.type("[name='__ac_password']", self.site.password(account))
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector(".pg-person a[href$='/logout']")

    def _go(self, target: Locator, where: str) -> None:
        """Press Tab or Shift+Tab until something has the focus."""
        self._skip(target)
        for _ in range(STOPS):
            if not (way := target.evaluate(where)):
                focus_of(self.page)
                return
            self.page.keyboard.press("Tab" if way > 0 else "Shift+Tab")
            focus_of(self.page)
        raise AssertionError(f"no way to {target}")

    def _skip(self, target: Locator) -> None:
        """On a fresh page take the link that goes past the header."""
        page, now = self.page, "document.activeElement"
        if not page.evaluate(f"{now} === document.body"):
            return
        if target.evaluate("each => each.closest('main')"):
            page.keyboard.press("Tab")
            focus_of(page)
            if page.evaluate(f"{now}.matches('.pg-skip')"):
                page.keyboard.press("Enter")
