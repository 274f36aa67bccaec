"""The one table for clerks, over a real catalog."""

from helpers.woken import woken
from plone import api
from plonegov.core.interfaces import IMunicipalityLayer
from plonegov.core.listing.interfaces import IListingSource
from plonegov.core.listing.model import Cell
from plonegov.core.listing.model import Column
from plonegov.core.listing.model import Filter
from plonegov.core.listing.model import Option
from plonegov.core.listing.sources import CatalogSource
from plonegov.core.listing.view import ListingView
from zope.interface import alsoProvides
from zope.interface.verify import verifyObject
from ZPublisher.Iterators import IStreamIterator

import csv
import io
import lxml.html
import pytest
import transaction


class Pages(ListingView):
    title = "Pages of the town"
    empty_hint = "Add a page to begin."
    csv_name = "pages"
    sort_on = "sortable_title"
    columns = (
        Column("title", "Title", lambda row: row.Title, sort_on="sortable_title"),
        Column(
            "state", "State", lambda row: Cell(row.review_state, "since today", "info")
        ),
        Column("created", "Created", lambda row: row.created.asdatetime().date()),
        Column("author", "Author", lambda row: row.Creator, sort_on="Creator"),
    )

    def filters(self):
        states = (Option("private", "Private", 35), Option("published", "Published"))
        return (
            Filter("review_state", "State", states),
            Filter("SearchableText", "Text"),
        )

    def source(self):
        return CatalogSource(
            api.portal.get_tool("portal_catalog"), portal_type="Document"
        )

    def row_url(self, row):
        return row.getURL()


@pytest.fixture
def pages(portal):
    with api.env.adopt_roles(["Manager"]):
        for number in range(34):
            api.content.create(
                portal, "Document", f"page-{number:02}", f"Page {number:02}"
            )
        api.content.create(portal, "Document", "formula", '=HYPERLINK("x");"<b>')
        yield portal


@pytest.fixture
def listing(portal, integration):
    def make(**form):
        request = integration["request"].clone()
        alsoProvides(request, IMunicipalityLayer)
        request.form.update(form)
        view = Pages(portal, request)
        view.__name__ = "pages"
        return view

    return make


def html(view):
    return lxml.html.fromstring(view())


def texts(root, xpath):
    return [" ".join(node.text_content().split()) for node in root.xpath(xpath)]


def test_the_catalog_source_keeps_its_interface(portal):
    assert verifyObject(IListingSource, CatalogSource(portal.portal_catalog))


def test_a_listing_shows_a_page_and_the_number_of_all(pages, listing):
    root = html(listing(review_state="private"))
    assert texts(root, "//*[@class='pg-listing-count']") == ["35 results (1 to 30)"]
    assert len(root.xpath("//tbody/tr")) == 30
    assert texts(root, "//tbody/tr[2]/th") == ["Page 00"]
    assert root.xpath("//tbody/tr[2]/th/a/@href") == [f"{pages.absolute_url()}/page-00"]


def test_no_object_is_woken_for_a_page_or_a_file(pages, listing):
    with woken(pages) as objects:
        listing(sort_on="Creator")()
        listing(format="csv")()
    assert objects == []


def test_the_fixture_sees_an_object_that_is_woken(pages):
    with woken(pages) as objects:
        assert pages["page-07"].title == "Page 07"
    assert [obj.getId() for obj in objects] == ["page-07"]


def test_filters_and_sorting_stand_in_the_address(pages, listing):
    root = html(
        listing(
            SearchableText="Page",
            sort_on="sortable_title",
            sort_order="descending",
            b_start="30",
        )
    )
    assert texts(root, "//tbody/tr/th") == [f"Page {n:02}" for n in range(3, -1, -1)]
    links = root.xpath("//nav[@class='pg-listing-pages']//a/@href")
    assert all("SearchableText=Page" in link for link in links)
    assert all("sort_order=descending" in link for link in links)
    assert root.xpath("//a[@rel='prev']/@href")[0].endswith("sort_order=descending")
    assert not root.xpath("//a[@rel='next']")
    (form,) = root.xpath("//form[@class='pg-listing-filters']")
    assert form.xpath(".//input[@name='SearchableText']/@value") == ["Page"]


def test_the_sorted_column_says_so_and_turns_round(pages, listing):
    root = html(listing())
    heads = root.xpath("//thead//th")
    assert [head.get("aria-sort") for head in heads] == ["ascending", None, None, None]
    assert "sort_order=descending" in heads[0].xpath("a/@href")[0]
    assert heads[1].xpath("a") == []
    turned = html(listing(sort_on="sortable_title", sort_order="descending"))
    assert turned.xpath("//thead//th[1]/@aria-sort") == ["descending"]
    assert "sort_order" not in turned.xpath("//thead//th[1]/a/@href")[0]


def test_what_is_wrong_in_the_address_is_said(pages, listing):
    root = html(listing(review_state="<script>", b_start="900"))
    (warning,) = texts(root, "//*[contains(@class, 'pg-message-warning')]")
    assert "State" in warning
    assert "last one" in warning
    assert texts(root, "//tbody/tr/th")[-1] == "Page 33"
    assert "<script>" not in lxml.html.tostring(root.xpath("//main")[0]).decode()


def test_an_empty_listing_says_what_will_be_here(portal, listing):
    root = html(listing())
    assert texts(root, "//*[@class='pg-listing-empty']") == [
        "Nothing is here yet. Add a page to begin."
    ]
    assert texts(root, "//*[@class='pg-listing-count']") == ["0 results"]
    assert not root.xpath("//table")
    assert not root.xpath("//a[contains(@href, 'format=csv')]")


def test_filters_without_result_can_be_cleared(pages, listing):
    root = html(listing(SearchableText="nowhere"))
    (empty,) = root.xpath("//*[@class='pg-listing-empty']")
    assert "Nothing matches" in empty.text_content()
    assert empty.xpath(".//a/@href") == [f"{pages.absolute_url()}/pages"]


@pytest.mark.parametrize(
    "text", ["(", "and", '"', "not page", "a and (", "*", "ß" * 100]
)
def test_no_text_breaks_the_search(portal, listing, text):
    assert listing(SearchableText=text).total == 0


def test_the_table_says_its_structure(pages, listing):
    root = html(listing())
    (region,) = root.xpath("//*[@role='region']")
    assert region.get("tabindex") == "0"
    (caption,) = region.xpath("table/caption")
    assert region.get("aria-labelledby") == caption.get("id")
    assert all(head.get("scope") == "col" for head in region.xpath(".//thead//th"))
    assert all(head.get("scope") == "row" for head in region.xpath(".//tbody//th"))
    for field in root.xpath("//form[@class='pg-listing-filters']//*[@name]"):
        assert root.xpath(f"//label[@for='{field.get('id')}']")


def test_a_cell_shows_status_and_detail(pages, listing):
    (cell,) = html(listing()).xpath("//tbody/tr[1]/td[1]")
    assert cell.get("data-label") == "State"
    assert texts(cell, "*[contains(@class, 'pg-tag-info')]") == ["private"]
    assert texts(cell, "*[@class='pg-listing-detail']") == ["since today"]


def test_counts_stand_beside_the_options_of_a_filter(pages, listing):
    options = texts(html(listing()), "//select[@name='review_state']/option")
    assert options == ["All", "Private (35)", "Published"]


def read_csv(view):
    file = view()
    assert IStreamIterator.providedBy(file)
    data = b"".join(file)
    assert len(data) == int(view.request.response.getHeader("Content-Length"))
    return data, list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))


def test_the_file_holds_all_rows_of_the_filters(pages, listing):
    view = listing(format="csv", SearchableText="Page")
    data, rows = read_csv(view)
    assert data.startswith(b"\xef\xbb\xbf")
    assert rows[0] == ["Title", "State", "Created", "Author"]
    assert [row[0] for row in rows[1:]] == [f"Page {n:02}" for n in range(34)]
    response = view.request.response
    assert (
        response.getHeader("Content-Type") == "text/csv; charset=utf-8; header=present"
    )
    assert (
        response.getHeader("Content-Disposition") == 'attachment; filename="pages.csv"'
    )


def test_a_title_in_the_file_is_no_formula(pages, listing):
    _, rows = read_csv(listing(format="csv"))
    assert rows[1][0] == '\'=HYPERLINK("x");"<b>'


def test_the_cache_is_minimised_between_the_pages_of_a_file(
    pages, listing, monkeypatch
):
    monkeypatch.setattr("plonegov.core.listing.view.ROWS", 10)
    transaction.savepoint(optimistic=True)
    view = listing(format="csv")
    asleep = []
    row_of = view._file_row

    def noting(row):
        if row.Title == "Page 20":
            asleep.append(pages["page-00"]._p_state)
        return row_of(row)

    view._file_row = noting
    assert pages["page-00"].title
    _, rows = read_csv(view)
    assert len(rows) == 36
    assert asleep == [-1]


def test_a_file_leaves_nothing_on_the_disk(pages, listing, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    file = listing(format="csv")()
    assert list(tmp_path.iterdir()) == []
    file.close()
