"""Documentation points to what exists and says what the program says."""

from pathlib import Path

import pytest
import re


ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"!?\[[^\]]+\]\((?P<target>[^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
ACCOUNT = re.compile(r'Account\("(\w+)", "[^"]+"(?:, "([^"]+)")?(?:, "([^"]+)")?\)')
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def name(path):
    return path.relative_to(ROOT).as_posix()


def text(path):
    return FENCE.sub("", path.read_text(encoding="utf-8"))


def anchors(path):
    """Return the anchors that forges give to headings."""
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in HEADING.findall(text(path))
    }


def broken(page):
    for match in LINK.finditer(text(page)):
        target, _, anchor = match["target"].partition("#")
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        goal = (page.parent / target).resolve() if target else page
        if not goal.exists() or (anchor and anchor not in anchors(goal)):
            yield match["target"]


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_somewhere(page):
    assert list(broken(page)) == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_page_has_one_title_and_it_comes_first(page):
    headings = [line for line in text(page).splitlines() if line.startswith("# ")]
    assert len(headings) == 1
    assert page.read_text(encoding="utf-8").startswith("# ")


def test_every_page_can_be_reached_from_the_readme():
    reached, ahead = set(), [ROOT / "README.md"]
    while ahead:
        page = ahead.pop()
        reached.add(page)
        for match in LINK.finditer(text(page)):
            goal = (page.parent / match["target"].partition("#")[0]).resolve()
            if goal in PAGES and goal not in reached:
                ahead.append(goal)
    assert [name(page) for page in PAGES if page not in reached] == []


def test_the_reference_tells_the_demo_accounts():
    source = ROOT / "src/plonegov/municipalities/loader/demo.py"
    page = (ROOT / "docs/reference/accounts.md").read_text(encoding="utf-8")
    found = ACCOUNT.findall(source.read_text(encoding="utf-8"))
    told = re.findall(
        r"^\| `(\w+)` \| ([\w ]+) \| (?:`service-(\w+)`)?", page, re.MULTILINE
    )
    assert told == [(name, role or "Member", service) for name, role, service in found]


def test_the_reference_names_every_make_target():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z0-9-]+):.*  ## ", makefile, re.MULTILINE)
    reference = (ROOT / "docs/reference/index.md").read_text(encoding="utf-8")
    assert [each for each in targets if f"`make {each}`" not in reference] == []
