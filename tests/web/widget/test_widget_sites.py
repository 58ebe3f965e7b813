"""The widget on sites: who may include it, under which policies, beside what, in a frame, below a path."""

from pathlib import Path
from urllib.parse import urlsplit

from in_browser import IN_A_BROWSER
from playwright.sync_api import Page, expect
from sites import Net, including
from visiting import ENGLISH, TRADITIONAL, ask, opened

pytestmark = IN_A_BROWSER
_DEMO = Path(__file__).parents[3] / "docs" / "widget-demo.html"
_TRUSTED_TYPES = "require-trusted-types-for 'script'; trusted-types 'none'"


def test_a_site_that_is_not_allowed_is_told_so_with_its_own_address(page: Page, net: Net) -> None:
    turn = ask(opened(page, net.stranger.page(including(net.service))), ENGLISH)
    expect(turn.locator(".problem")).to_contain_text(net.stranger.origin)
    expect(turn.get_by_role("button", name="Try again")).to_be_visible()
    expect(turn.locator(".answer")).to_have_count(0)


def test_a_strict_policy_is_never_violated(page: Page, net: Net) -> None:
    policy = f"default-src 'none'; img-src data:; script-src {net.service}; connect-src {net.service}; {_TRUSTED_TYPES}"
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    widget = opened(page, net.site.page(including(net.service), policy=policy))
    expect(ask(widget, ENGLISH).locator(".answer")).to_contain_text("8.4 million")
    assert widget.locator(".launch").evaluate("node => getComputedStyle(node).position") == "fixed"
    assert complaints == []


def test_a_policy_that_forbids_the_service_is_named_as_the_cause(page: Page, net: Net) -> None:
    policy = f"default-src 'none'; img-src data:; script-src {net.service}"
    turn = ask(opened(page, net.site.page(including(net.service), policy=policy)), ENGLISH)
    expect(turn.locator(".problem")).to_contain_text("security policy")


def test_no_host_is_asked_but_the_service(page: Page, net: Net) -> None:
    requested: set[str] = set()
    page.on("request", lambda sent: requested.add(urlsplit(sent.url).netloc))
    ask(opened(page, net.site.page(including(net.service))), ENGLISH)
    assert requested == {urlsplit(net.site.origin).netloc, urlsplit(net.service).netloc}


def test_a_tag_included_twice_gives_one_widget(page: Page, net: Net) -> None:
    page.goto(net.site.page(including(net.service) * 2))
    page.wait_for_load_state("networkidle")
    expect(page.locator("gbaqa-widget")).to_have_count(1)


def test_the_widgets_of_two_services_stand_beside_each_other(page: Page, net: Net) -> None:
    page.goto(net.site.page(including(net.service) + including(net.below)))
    first, second = page.locator("gbaqa-widget"), page.locator("gbaqa-widget-2")
    expect(first.locator(".launch")).to_be_visible()
    expect(second.locator(".launch")).to_be_visible()
    boxes = [widget.locator(".launch").bounding_box() for widget in (first, second)]
    assert abs(boxes[0]["y"] - boxes[1]["y"]) >= boxes[0]["height"]
    first.locator(".launch").click()
    second.locator(".launch").click()
    expect(first.get_by_role("dialog")).to_be_hidden()
    expect(second.get_by_role("textbox")).to_be_focused()
    expect(ask(second, ENGLISH).locator(".answer")).to_contain_text("8.4 million")


def test_one_may_stand_in_the_text_beside_the_one_in_the_corner(page: Page, net: Net) -> None:
    inline = f'<div id="here" style="height: 30rem">{including(net.service, position="inline", heading="Ferries")}</div>'
    page.goto(net.site.page(inline + including(net.service, position="left")))
    widget = page.locator("#here gbaqa-widget")
    expect(widget.get_by_role("region", name="Ferries")).to_be_visible()
    expect(widget.locator(".launch, dialog, .close")).to_have_count(0)
    expect(ask(widget, ENGLISH).locator(".answer")).to_contain_text("8.4 million")
    assert page.locator("gbaqa-widget[position=left] .launch").bounding_box()["x"] < 100


def test_the_sites_styles_and_ids_do_not_reach_into_it_but_its_variables_do(page: Page, net: Net) -> None:
    head = (
        "<style>html { font-size: 40px } button { display: none !important } * { letter-spacing: 9px }"
        ":root { --gbaqa-accent: rgb(120, 0, 60) }</style>"
    )
    page.goto(net.site.page(f'<div id="title">theirs</div>{including(net.service)}', head=head))
    launch = page.locator("gbaqa-widget .launch")
    expect(launch).to_be_visible()
    style = launch.evaluate("node => { const s = getComputedStyle(node); return [s.fontSize, s.letterSpacing, s.backgroundColor] }")
    assert style == ["16px", "normal", "rgb(120, 0, 60)"]


def test_an_iframe_of_an_allowed_site_shows_it_and_of_another_does_not(page: Page, net: Net) -> None:
    frame = f'<iframe src="{net.service}/embed?lang=zh-HK" title="Ask" width="600" height="700"></iframe>'
    page.goto(net.site.page(frame))
    widget = page.frame_locator("iframe").locator("gbaqa-widget")
    turn = ask(widget, TRADITIONAL)
    expect(turn.locator(".answer")).to_contain_text("840萬")
    expect(widget.locator(".close")).to_have_count(0)
    page.goto(net.stranger.page(frame))
    page.wait_for_load_state("networkidle")
    expect(page.frame_locator("iframe").locator("gbaqa-widget")).to_have_count(0)


def test_the_page_in_the_docs_shows_all_three_ways(page: Page, net: Net) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(net.site.whole(_DEMO.read_text("utf-8").replace("http://127.0.0.1:7860", net.service)))
    for widget in (page.locator("#here gbaqa-widget"), page.frame_locator("iframe").locator("gbaqa-widget")):
        expect(ask(widget, ENGLISH).locator(".answer")).to_contain_text("8.4 million")
    expect(page.locator("body > gbaqa-widget .launch")).to_be_visible()
    assert complaints == []


def test_below_a_path_of_a_proxy_widget_and_pages_are_found(page: Page, net: Net) -> None:
    turn = ask(opened(page, net.site.page(including(net.below))), ENGLISH)
    address = turn.locator(".inside > .see a").first.get_attribute("href")
    assert address.startswith(f"{net.below}/pages/")
    assert page.request.get(address).ok
    page.goto(f"{net.below}/embed")
    expect(ask(page.locator("gbaqa-widget"), ENGLISH).locator(".answer")).to_contain_text("8.4 million")


def test_below_a_path_of_a_proxy_the_chat_answers(page: Page, net: Net) -> None:
    page.goto(f"{net.below}/")
    box = page.locator("#question textarea")
    expect(box).to_be_visible(timeout=20_000)
    box.fill(ENGLISH)
    box.press("Enter")
    expect(page.locator("#turn-1 .answer")).to_contain_text("8.4 million", timeout=20_000)
