"""The pages in a real browser, on a service that plays the sample circle from nothing."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.api.served import Served, service

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("pages")]

AXE = Path(__file__).parent.parent / "data" / "axe" / "axe.min.js"


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    folder = Path(tempfile.mkdtemp(prefix="kringboek-pages-"))
    folder.chmod(0o755)
    try:
        with service(folder / "data") as found:
            yield found
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    """A page that fails the test when the browser complains about anything."""
    context = browser.new_context(base_url=served.address)
    page = context.new_page()
    complaints: list[str] = []
    page.on(
        "console", lambda said: complaints.append(said.text) if _complains(page, said) else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def _complains(page: Page, said: ConsoleMessage) -> bool:
    """The browser also notes that a page itself was refused, which is not its complaint."""
    return said.location["url"] != page.url or "the server responded with" not in said.text


def sign_in(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Meld u aan als voorbeeldauditor").first.click()
    page.get_by_text("Aangemeld als auditor").wait_for()


def open_bridges(page: Page) -> None:
    sign_in(page)
    page.get_by_role("link", name="Bruggen Zuidtangent").click()
    page.get_by_role("heading", name="Bruggen Zuidtangent").wait_for()


def barriers(page: Page) -> list[str]:
    """What keeps people out, as axe-core sees it."""
    page.evaluate(AXE.read_text())
    found: list[str] = page.evaluate(
        "axe.run().then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + ' ' + n.html)))"
    )
    return found


def test_without_signing_in_only_what_was_published_shows(page: Page) -> None:
    page.goto("/")
    assert page.get_by_role("link", name="Kenniskring Noorderdam").is_visible()
    page.get_by_role("link", name="Bruggen Zuidtangent").click()
    body = page.inner_text("main")
    assert "De aankondiging staat op TenderNed." in body
    assert "U ziet alleen wat openbaar is gemaakt." in body
    for secret in ("geraamd op", "kreeg D14", "INF-02", "schreef in voor", "#INF"):
        assert secret not in body


def test_a_circle_shows_its_members_to_who_may_know_them(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Kenniskring Noorderdam").click()
    assert "Alba Infra BV trad toe" not in page.inner_text("main")
    sign_in(page)
    page.get_by_role("link", name="Kenniskring Noorderdam").click()
    assert "Alba Infra BV trad toe" in page.inner_text("main")


def test_the_thirteen_steps_stand_in_order_with_their_days(page: Page) -> None:
    open_bridges(page)
    page.get_by_text("Stappen van het convenantproject").first.click()
    rows = page.locator("section[aria-labelledby=steps] tbody tr")
    assert rows.count() == 13
    assert "18 augustus 2025" in rows.nth(0).inner_text()
    assert "2 maart 2026" in rows.nth(6).inner_text()
    assert "nog niet" in rows.nth(9).inner_text()


def test_the_matrix_shows_who_had_the_document_before_the_others(page: Page) -> None:
    open_bridges(page)
    parties = page.locator("table.matrix thead th").all_inner_texts()
    cells = page.locator("table.matrix tbody tr", has_text="D14").locator("td").all_inner_texts()
    column = {
        name.split(" BV")[0]: cells[index]
        for index, name in enumerate(parties[1:])
        if index < len(cells)
    }
    assert "18 november 2025" in column["Alba Infra"]
    assert "voor de anderen" in column["Alba Infra"]
    assert "11 april 2026" in column["Havik Wegenbouw"]
    assert "te laat" in column["Havik Wegenbouw"]


def test_every_verdict_has_its_rule_source_explanation_and_events(page: Page) -> None:
    open_bridges(page)
    verdict = page.locator("#INF-02")
    text = verdict.inner_text()
    assert "Iedereen kent dezelfde stukken op tijd" in text
    assert "Alba Infra BV kende D14 v1 eerder" in text
    assert "Aw 2.51(2)(b)" in text
    assert "21 april 2026" in text, "what would have mended it"
    verdict.locator("summary", has_text="Bewijs").click()
    proof = verdict.locator("li", has_text="Alba Infra BV kreeg D14 v1")
    proof.get_by_role("link").click()
    target = page.evaluate("document.querySelector(':target').innerText")
    assert "Alba Infra BV kreeg D14 v1" in target


def test_the_page_travels_to_an_earlier_day(page: Page) -> None:
    open_bridges(page)
    page.get_by_label("Stand op").fill("2025-12-31")
    page.get_by_role("button", name="Toon deze stand").click()
    body = page.inner_text("main")
    assert "Alba Infra BV kreeg D14 v1" in body
    assert "De aankondiging staat op TenderNed." not in body
    page.get_by_label("Stand op").fill("ooit")
    page.get_by_role("button", name="Toon deze stand").click()
    assert "Schrijf een datum als 2026-04-14" in page.inner_text("main")


def test_english_by_choice_and_back_to_the_same_page(page: Page) -> None:
    open_bridges(page)
    address = page.url
    page.get_by_role("button", name="English").click()
    assert page.url == address
    assert page.get_by_role("heading", name="Who knew what, and when").is_visible()
    assert "Alba Infra BV knew D14 v1 before" in page.locator("#INF-02").inner_text()


def test_signing_out_hides_it_again(page: Page) -> None:
    open_bridges(page)
    page.get_by_role("button", name="Afmelden").click()
    page.get_by_role("link", name="Bruggen Zuidtangent").click()
    assert "INF-02" not in page.inner_text("main")


def test_a_timeline_crosses_what_it_was_recorded_of(page: Page) -> None:
    sign_in(page)
    page.get_by_role("link", name="Kenniskring Noorderdam").click()
    page.get_by_role("link", name="Alba Infra BV").click()
    page.get_by_role("heading", name="Alba Infra BV").wait_for()
    assert barriers(page) == []
    row = page.locator("tr", has_text="Alba Infra BV kreeg D14 v1 per e-mail")
    row.get_by_role("link", name="Bruggen Zuidtangent").click()
    page.get_by_role("link", name="Alles wat er gebeurde").click()
    assert "Alba Infra BV kreeg D14 v1 per e-mail" in page.inner_text("main")
    assert barriers(page) == []
    page.get_by_role("link", name="Verder in de tijd").click()
    assert page.locator("table.events tbody tr").count() > 3
    page.goto(page.url.partition("?")[0] + "?cursor=onzin")
    assert "Begin vooraan" in page.inner_text("main")


def test_without_signing_in_a_timeline_holds_what_was_published(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Bruggen Zuidtangent").click()
    page.get_by_role("link", name="Alles wat er gebeurde").click()
    body = page.inner_text("main")
    assert "De aankondiging staat op TenderNed." in body
    assert "kreeg D14" not in body
    page.go_back()
    page.get_by_role("link", name="Stap voor stap").click()
    assert "Gebeurtenis 1 van" in page.inner_text("main")
    assert page.get_by_role("link", name="Vergelijk twee momenten").count() == 0


def test_history_is_stepped_through_with_what_each_event_changed(page: Page) -> None:
    sign_in(page)
    page.get_by_role("link", name="Kenniskring Noorderdam").click()
    page.get_by_role("link", name="Stap voor stap").click()
    assert "stelde Kenniskring Noorderdam in" in page.inner_text("main")
    assert page.get_by_role("link", name="Vorige gebeurtenis").count() == 0
    page.get_by_role("link", name="Volgende gebeurtenis").click()
    assert "Procesbureau Overbrug BV begeleidt de kring." in page.inner_text("main")
    (change,) = page.locator("table.changes tbody tr").all()
    assert "facilitator" in change.inner_text()
    assert barriers(page) == []
    assert change.locator("td").all_inner_texts() == ["leeg", "Procesbureau Overbrug BV"]
    page.get_by_role("link", name="Laatste").click()
    assert page.get_by_role("link", name="Volgende gebeurtenis").count() == 0
    page.get_by_role("link", name="Vorige gebeurtenis").click()
    page.get_by_role("link", name="Eerste").click()
    assert "Gebeurtenis 1 van" in page.inner_text("main")


def test_two_moments_are_compared(page: Page) -> None:
    open_bridges(page)
    page.get_by_role("link", name="Vergelijk twee momenten").click()
    page.get_by_role("textbox", name="Van").fill("2026-03-01")
    page.get_by_role("textbox", name="Tot").fill("2026-03-31")
    page.get_by_role("button", name="Vergelijk").click()
    step = page.locator(
        "section[aria-labelledby=part-convenant-project] tr", has_text="highestStep"
    )
    assert step.locator("td").all_inner_texts() == ["6", "7"]
    assert barriers(page) == []
    assert "Risico's" in page.locator("text=Hetzelfde gebleven").inner_text()
    page.get_by_role("button", name="English").click()
    assert page.get_by_role("heading", name="Compare two moments").is_visible()
    assert page.get_by_role("textbox", name="From").input_value() == "2026-03-01"
    page.get_by_role("button", name="Nederlands").click()
    page.get_by_role("textbox", name="Van").fill("2026-04-30")
    page.get_by_role("button", name="Vergelijk").click()
    assert "Draai ze om" in page.inner_text("main")


def test_a_mission_has_a_page(page: Page) -> None:
    sign_in(page)
    page.get_by_role("link", name="Emissieloos bouwen in 2030").click()
    assert "alles van 19 kW (TRL 8)" in page.inner_text("main")
    assert page.locator("table.events tbody tr").count() > 1
    assert barriers(page) == []


@pytest.mark.parametrize("where", ["/", "circle", "project", "/projects/nowhere"])
def test_nothing_keeps_anybody_out(page: Page, where: str) -> None:
    if where == "/projects/nowhere":
        page.goto("/projects/00000000-0000-4000-8000-000000000000")
        assert "Dat ging niet" in page.inner_text("main")
    else:
        sign_in(page)
    if where == "circle":
        page.get_by_role("link", name="Kenniskring Noorderdam").click()
    elif where == "project":
        page.get_by_role("link", name="Bruggen Zuidtangent").click()
    assert barriers(page) == []


def test_it_works_from_the_keyboard_and_without_a_script(browser: Browser, served: Served) -> None:
    context = browser.new_context(base_url=served.address, java_script_enabled=False)
    page = context.new_page()
    sign_in(page)
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Naar de inhoud"
    context.close()
