"""Search: the index, the lists without it, and in a browser every way to a bill."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
import pytest
from lxml import html

from billwatch_site import Settings, build
from billwatch_site.pages.search import number_ranges, titles_of
from site_pages import cells_of
from site_records import bill_record

EXAMPLES = json.loads((Path(__file__).parents[2] / "numbers.json").read_text("utf-8"))
Visitor = Callable[..., Any]
SEEN = "2025-06-03T09:00:00+00:00"


def indexed(site: Path, path: str) -> Any:
    return json.loads((site / "search" / path).read_bytes())


def script(site: Path, name: str) -> str:
    """The published name of a script."""
    (found,) = site.glob(f"{name}.*.js")
    return found.name


def searched(page: Any, address: str, query: str = "") -> Any:
    """The search page with its answer, opened anew."""
    page.goto("about:blank")
    page.goto(f"{address}search/{query}")
    page.locator("#outcome:not(:empty)" if query else "#search").wait_for()
    return page


def found(page: Any) -> list[str]:
    return [text.split()[0] for text in page.locator("ol.found .kicker").all_text_contents()]


def wait_for_outcome(page: Any, text: str) -> None:
    page.locator("#outcome", has_text=text).wait_for()


# --- the index -------------------------------------------------------------------------------------------------------


def test_every_bill_with_a_page_is_in_the_index(site: Path) -> None:
    """Once, in the file of its session, with the words that a search looks at."""
    names = indexed(site, "index.json")
    assert [shard["path"] for shard in names["shards"]] == [f"search/ny-{year}.json" for year in (2025, 2019, 2017)]
    paged = {p.parent.relative_to(site).as_posix() for p in site.glob("ny/[0-9]*/*/index.html")}
    rows = {
        f"{shard['legislature']}/{shard['session']}/{row[0]}": row
        for shard in names["shards"]
        for row in indexed(site, Path(shard["path"]).name)["bills"]
    }
    assert rows.keys() == paged and len(rows) == sum(shard["bills"] for shard in names["shards"])
    _, headline, sponsor, stage, topics, day, followed, place = rows["ny/2025/S4505"]
    assert "arning labels on certain social media platforms" in headline and day == "2025-12-19"
    assert indexed(site, "ny-2025.json")["sponsors"][sponsor] == "Andrew Gounardes" and followed == 1
    assert names["stages"][stage] == ["law", "Law"]
    assert [names["topics"][i] for i in topics] == [["social-media-minors", "Social media and minors"]]
    assert place == -1


def test_the_index_says_where_a_bill_lies(large_site: Path) -> None:
    """A search for a committee finds what it has: its name is said once, and counted in."""
    shard = indexed(large_site, "ny-2025.json")
    told = {row[0]: shard["places"][row[-1]] for row in shard["bills"] if row[-1] >= 0}
    assert len(told) > 500 and "Senate Internet and Technology" in told.values() and len(shard["places"]) < 20


def test_a_committee_finds_its_bills(visitor: Visitor, large_site: Path, served: Any) -> None:
    """By the words of its name, which stand in the answer."""
    with served(large_site) as address:
        page = searched(visitor(), address, "?q=senate+internet+and+technology")
        assert "In committee, Senate Internet and Technology" in page.locator("ol.found .about").first.text_content()


def test_without_a_script_the_page_leads_on(site: Path) -> None:
    """To every number, by its title, and to lists; the form, which would do nothing, is not shown."""
    page = html.fromstring((site / "search/index.html").read_bytes())
    numbers = page.xpath("//ul[@class='titled']//a/@href")
    assert "../ny/S9191/" in numbers and len(numbers) == 11
    titles = dict(cells_of(page.xpath("//ul[@class='titled']/li")))
    assert titles["S3591"] == "Requires age verification for internet pornography websites"
    assert page.get_element_by_id("search").get("hidden") is not None
    assert "../bills/" in page.xpath("//main//a/@href")


def test_many_numbers_get_pages_by_the_thousand(store: Path, now: Any, tmp_path: Path, changed: Any) -> None:
    """More than fit on one page stand on pages of their own, none of which moves when a bill joins."""
    for i in range(1, 500):
        bill = f"ny/2025/A{i * 7}"
        row = {"id": bill, "legislature": "ny", "session": "2025", "identifier": f"A{i * 7}", "title": f"Bill {i}"}
        changed("bills", row | {"followed": 1, "first_seen_at": SEEN, "changed_at": SEEN})
    build(store, tmp_path / "public", Settings(), now)
    page = html.fromstring((tmp_path / "public/search/index.html").read_bytes())
    assert [a.text for a in page.xpath("//ul[@class='number-list']//a")][:4] == [
        *("A1 to A999", "A1000 to A1999", "A2000 to A2999", "A3000 to A3999"),
    ]
    listed = [
        a.text
        for file in sorted((tmp_path / "public/search").glob("*/index.html"))
        for a in html.fromstring(file.read_bytes()).xpath("//ul[@class='titled']//a")
    ]
    assert len(listed) == len(set(listed)) == 510 and "S9191" in listed


def test_a_number_is_listed_with_what_it_stands_for() -> None:
    """The title of its latest bill, cut at a word, and how many had it before."""
    bills = [bill_record(f"ny/{session}/S1", title=f"Of {session}") for session in ("2019", "2025", "2021")]
    long = bill_record("ny/2025/S2", title="word " * 60)
    titles = titles_of([*bills, long, bill_record("ny/2025/S3", title="")])
    assert titles["ny/S1"] == "Of 2025; and 2 bills before" and titles["ny/S3"] == "No title yet"
    assert titles["ny/S2"].endswith("word …") and len(titles["ny/S2"]) < 115


def test_few_numbers_need_no_pages() -> None:
    """They stand on the search page itself."""
    assert number_ranges(["ny/S1", "ny/A2"]) == []


# --- in a browser ----------------------------------------------------------------------------------------------------


def test_the_browser_reads_numbers_as_the_scraper_does(visitor: Visitor, address: str, site_at_root: Path) -> None:
    """One table of examples holds both halves."""
    page = visitor()
    page.goto(f"{address}search/")
    read = page.evaluate(
        """async ([script, texts]) => {
            const { numbersIn } = await import(script);
            return texts.map((text) => numbersIn(text).map((n) => [n.identifier, n.print, n.session]));
        }""",
        [f"{address}{script(site_at_root, 'numbers')}", [text for text, _ in EXAMPLES]],
    )
    assert read == [numbers for _, numbers in EXAMPLES]


@pytest.mark.parametrize("spelling", ["S.9191", "s 9191", "S09191", "S9191-A", "9191", "Senate Bill 9191", "(S. 9191)"])
def test_a_number_leads_straight_to_its_page(visitor: Visitor, address: str, spelling: str) -> None:
    """In any spelling: typed and entered, and as a link to a search; the way back does not lead there again."""
    page = searched(visitor(), address)
    page.get_by_role("searchbox").fill(spelling)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}ny/S9191/")
    page.go_back()
    page.get_by_role("searchbox").wait_for()
    assert page.url.startswith(f"{address}search/")
    page.goto(f"{address}about/")
    page.goto(f"{address}search/#q={spelling}")
    page.wait_for_url(f"{address}ny/S9191/")
    page.go_back()
    page.wait_for_url(f"{address}about/")


@pytest.mark.parametrize("spelling", ["2017-S9191", "S9191-2017", "s.9191 of 2018", "ny/2017/S9191"])
def test_a_number_with_its_session_leads_to_its_bill(visitor: Visitor, address: str, spelling: str) -> None:
    """And to no other bill of that number."""
    page = visitor()
    page.goto(f"{address}search/#q={spelling}")
    page.wait_for_url(f"{address}ny/2017/S9191/")


def test_two_numbers_are_a_choice(visitor: Visitor, address: str) -> None:
    """A bill and its sister are both shown, and nothing else."""
    page = searched(visitor(), address, "#q=A.+5346/S.+4505")
    assert sorted(found(page)) == ["A5346", "S4505"]


def test_a_number_in_a_sentence_is_found(visitor: Visitor, address: str) -> None:
    """What somebody was told may be pasted as it is: the number's bills are offered, the words are looked for."""
    page = searched(visitor(), address, "#q=S.9191+pistol")
    assert found(page) == ["S9191"]


def test_an_unknown_number_is_said_to_be_unknown(visitor: Visitor, address: str) -> None:
    """With a link to the official page of that number, in the session that was written or the latest."""
    page = searched(visitor(), address, "#q=S.1234")
    note = page.locator(".unknown")
    assert "S1234 is not known here" in note.text_content()
    official = "https://www.nysenate.gov/legislation/bills/"
    assert note.get_by_role("link").get_attribute("href") == f"{official}2025/S1234"
    searched(page, address, "#q=S1234-2019")
    assert page.locator(".unknown a").get_attribute("href") == f"{official}2019/S1234"


def test_words_are_looked_for_everywhere(visitor: Visitor, address: str) -> None:
    """Beginnings of words, without case and accents, in titles, sponsors, topics, stages; every word must be there."""
    page = searched(visitor(), address, "#q=SOCIAL+med")
    assert set(found(page)) == {"S4505", "A5346", "S9191", "S1413"}
    for query, bills in (
        ("gounardés", ["S4505"]),
        ("canzoneri-fitz", ["S8000"]),
        ("minors", ["S4505"]),
        ("vetoed health", ["S929"]),
        ("social zebra", []),
        ("privacy act", ["A9000"]),
    ):
        assert found(searched(page, address, f"#q={query}")) == bills, query


def test_the_best_comes_first(visitor: Visitor, address: str) -> None:
    """A whole word before the beginning of one; among equals, the latest moved."""
    page = searched(visitor(), address, "#q=social+media")
    assert found(page)[0] == "S4505"


def test_filters_narrow_and_count(visitor: Visitor, address: str) -> None:
    """Each choice says how many bills it would leave; choices stand in the address, and the way back undoes them."""
    page = searched(visitor(), address, "#q=social")
    wait_for_outcome(page, "4 bills.")
    page.get_by_label("Session").select_option("2025")
    wait_for_outcome(page, "2 bills.")
    assert "Law (1)" in page.get_by_label("Stage").inner_text()
    page.get_by_label("Stage").select_option("law")
    wait_for_outcome(page, "1 bill.")
    assert page.url.endswith("#q=social&session=2025&stage=law")
    page.get_by_label("Topic", exact=True).select_option("age-verification")
    wait_for_outcome(page, "No bill found for “social” with these filters.")
    page.go_back()
    wait_for_outcome(page, "1 bill.")
    page.go_back()
    wait_for_outcome(page, "2 bills.")
    assert page.get_by_label("Stage").input_value() == ""
    searched(page, address, "#topic=age-verification&legislature=ny")
    assert found(page) == ["S3591"]


def test_typing_searches_and_a_search_can_be_linked(visitor: Visitor, address: str) -> None:
    """What is typed is looked for at once, said to a screen reader, and stands in the address."""
    page = searched(visitor(), address)
    assert page.locator("#browse").is_visible()
    page.get_by_role("searchbox").press_sequentially("warning labels", delay=5)
    wait_for_outcome(page, "2 bills.")
    assert page.locator("#outcome").get_attribute("role") == "status"
    page.wait_for_url(f"{address}search/#q=warning+labels")
    assert not page.locator("#browse").is_visible()
    page.get_by_role("searchbox").fill("")
    page.locator("#browse").wait_for()
    assert found(page) == []


def test_what_is_typed_is_not_sent(visitor: Visitor, address: str) -> None:
    """Typed, chosen, opened, gone back to and loaded again: no request ever tells what was looked for. An old link with
    a question mark is sent once, by whoever follows it, and works; from then on it is as any other."""
    page, sent = visitor(), []
    page.on("request", lambda request: sent.append(request.url))
    searched(page, address)
    page.get_by_role("searchbox").press_sequentially("warning labels", delay=5)
    wait_for_outcome(page, "2 bills.")
    page.get_by_label("Session").select_option("2025")
    page.locator("ol.found h2 a").first.click()
    page.go_back()
    wait_for_outcome(page, "2 bills.")
    page.reload()
    wait_for_outcome(page, "2 bills.")
    told = [url for url in sent if "?" in url or "warning" in url.partition("#")[0]]
    assert told == [] and len(sent) > 4
    page.goto(f"{address}search/?q=social&session=2025")
    wait_for_outcome(page, "2 bills.")
    assert page.url == f"{address}search/#q=social&session=2025"


def test_hostile_titles_and_queries_are_text(visitor: Visitor, address: str) -> None:
    """A title full of markup reads as it was written, marked where it was found; a query like it finds nothing else."""
    page = searched(visitor(), address, "#q=script+alert")
    assert found(page) == ["S6666"]
    heading = page.locator("ol.found h2").text_content()
    assert heading.startswith("<script>alert(1)</script>") and "\u202e" not in heading
    assert page.locator("ol.found mark").count() > 0
    query = "%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E"
    searched(page, address, f"#q={query}&topic={query}&session=%22%3E")
    assert "No bill found for “<img src=x onerror=alert(1)>”" in page.locator("#outcome").text_content()
    assert page.locator("main img").count() == 0


def test_many_results_come_in_portions(visitor: Visitor, store: Path, now: Any, tmp_path: Path, changed: Any,
                                        served: Any) -> None:  # fmt: skip
    """Twenty at a time; and earlier sessions only when they are asked for, once there are thousands of bills."""
    for i in range(1, 61):
        row = {"legislature": "ny", "session": "2025", "identifier": f"A{i}", "title": f"Relates to drones, {i}"}
        row |= {"id": f"ny/2025/A{i}", "followed": 1, "first_seen_at": SEEN, "changed_at": SEEN}
        changed("bills", row)
    build(store, tmp_path / "public", Settings(), now)
    with served(tmp_path / "public") as there:
        page = searched(visitor(), there, "#q=drones")
        wait_for_outcome(page, "60 bills, the first 20 of them.")
        page.get_by_role("button", name="Show 20 more").click()
        wait_for_outcome(page, "60 bills, the first 40 of them.")
        assert len(found(page)) == 40


def test_enough_of_the_index_is_read(visitor: Visitor, address: str, site_at_root: Path) -> None:
    """The latest sessions until there are enough bills; the one asked for; or all."""
    page = visitor()
    page.goto(f"{address}search/")
    shards = [{"session": str(year), "bills": 3000} for year in (2025, 2023, 2021, 2019)]
    read = page.evaluate(
        """async ([script, shards]) => {
            const { shardsFor } = await import(script);
            const years = (...asked) => shardsFor(shards, ...asked).map((shard) => shard.session);
            return [years("", false), years("2019", false), years("", true)];
        }""",
        [f"{address}{script(site_at_root, 'matching')}", shards],
    )
    assert read == [["2025", "2023"], ["2019"], ["2025", "2023", "2021", "2019"]]


def test_without_javascript_the_page_still_leads_to_every_number(browser: Any, address: str) -> None:
    """No form that does nothing, and no word of what could be typed into it; a number's page is two clicks away."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}search/#q=S9191")
    assert not page.locator("#search").is_visible() and "any spelling" not in page.locator("main").inner_text()
    page.get_by_role("link", name="S9191", exact=True).click()
    assert page.url == f"{address}ny/S9191/"
    context.close()


def test_a_search_whose_index_is_missing_says_so(browser: Any, address: str) -> None:
    """And leaves the lists; nothing is blank."""
    context = browser.new_context()
    page = context.new_page()
    page.route("**/search/*.json", lambda route: route.abort())
    page.goto(f"{address}search/#q=social")
    wait_for_outcome(page, "The search could not be loaded.")
    assert page.locator("#browse").is_visible()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_answer_stands_in_anybodys_way(browser: Any, address: str, scheme: str) -> None:
    """axe finds nothing on results, on none, on an unknown number; nobody scrolls sideways on a small telephone."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    context = browser.new_context(viewport={"width": 360, "height": 800}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    found = {}
    for query in ("#q=s", "#q=xyzzy", "#q=S1234", "#q=A5346/S4505", "#q=script&session=2025", "#stage=law"):
        result = axe.Axe().run(searched(page, address, query))
        if result.violations_count:
            found[query] = result.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()
    assert found == {}


def test_no_script_writes_markup() -> None:
    """What comes from the record becomes text: no script has the means to make anything else of it."""
    scripts = list(files("billwatch_site").joinpath("static").iterdir())
    texts = {script.name: script.read_text("utf-8") for script in scripts if script.name.endswith(".js")}
    assert len(texts) > 8
    for means in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", ".setHTML"):
        assert not [name for name, text in texts.items() if means in text]


def test_settings_know_how_to_search() -> None:
    """The full text is looked through only where a publisher wants it."""
    assert Settings().search == "built-in"
    assert msgspec.structs.replace(Settings(), search="pagefind").search == "pagefind"
