"""A page is opened by a link that was given in Slack: once, by one person, for an hour."""

import asyncio
from typing import Any

from structlog.testing import capture_logs

from bot.web.pages.routes import COOKIE, HEADERS
from tests.web.pages.conftest import FORM, PageOffice, browser

HOUR = 60 * 60


async def _declared(pages: PageOffice) -> str:
    await pages.office.declare("sev2 Checkout is failing")
    return await pages.link("alice", "postmortem")


async def test_the_answer_to_postmortem_opens_the_page_of_this_moment(pages: PageOffice) -> None:
    link = await _declared(pages)
    assert link.startswith(f"{pages.url}/pages/")
    async with browser() as alices:
        landed = await alices.get(link)
        assert landed.status == 200
        assert "INC-1" not in landed.text
        assert "Checkout" not in landed.text
        shown = await alices.open(link)
        assert shown.status == 200
        assert "Checkout is failing" in shown.text
        assert link.startswith(shown.url)
        assert link != shown.url
        await pages.office.told("alice", "note The certificate has expired")
        again = await alices.get(shown.url)
        assert "The certificate has expired" in again.text


async def test_the_answer_to_metrics_opens_the_page_of_the_same_span(pages: PageOffice) -> None:
    await pages.office.declare("sev2 Checkout is failing")
    await pages.office.told("alice", "resolve rolled back")
    link = await pages.link("alice", "metrics 30d", "general")
    async with browser() as alices:
        shown = await alices.open(link)
    assert (shown.status, "Incidents: 30d" in shown.text, "Checkout is failing" in shown.text) == (
        200,
        True,
        True,
    )


async def test_figures_that_are_posted_for_everybody_have_no_link(pages: PageOffice) -> None:
    await pages.office.declare("sev2 Checkout is failing")
    alice = pages.office.person("alice")
    answer = (await alice.command("general", "/incident", "metrics"))["messages"][-1]
    await alice.click("metrics_post", channel="general", ts=answer["ts"])
    channel = (await pages.office.person("bob").see("general"))["channel"]
    assert "posted this" in str(channel["messages"])
    assert "/pages/" not in str(channel["messages"])
    assert await pages.link("alice", "metrics 2020", "general") == "", "there is nothing to see"


async def test_a_link_is_used_up_by_the_first_browser_that_opens_it(pages: PageOffice) -> None:
    link = await _declared(pages)
    async with browser() as alices, browser() as thiefs:
        shown = await alices.open(link)
        stolen = await thiefs.open(link)
        assert (stolen.status, "opened already" in stolen.text) == (410, True)
        assert "<code>/incident postmortem</code>" in stolen.text
        bare = await thiefs.get(shown.url)
        assert (bare.status, "only in the browser that opened" in bare.text) == (403, True)
        again = await alices.get(link)
        assert (again.url, again.status) == (shown.url, 200), (
            "the same link leads the same browser to its page"
        )


async def test_of_two_browsers_in_the_same_moment_one_opens_it(pages: PageOffice) -> None:
    link = await _declared(pages)
    async with browser() as one, browser() as other:
        shown = await asyncio.gather(one.open(link), other.open(link))
    assert sorted(each.status for each in shown) == [200, 410]


async def test_whatever_looks_a_link_up_does_not_use_it_up(pages: PageOffice) -> None:
    link = await _declared(pages)
    async with browser() as robot, browser() as alices:
        for method in ("GET", "HEAD", "GET"):
            assert (await robot.ask(method, link)).status == 200
        assert (await alices.open(link)).status == 200


async def test_after_an_hour_neither_the_link_nor_the_page_can_be_used(pages: PageOffice) -> None:
    link, unused = await _declared(pages), await pages.link("alice", "metrics", "general")
    async with browser() as alices:
        shown = await alices.open(link)
        await pages.town.driver.advance(HOUR - 1)
        assert (await alices.get(shown.url)).status == 200
        await pages.town.driver.advance(1)
        late = await alices.get(link)
        assert (late.status, "/incident postmortem" in late.text) == (410, True)
        assert (await alices.get(unused)).status == 410
        assert (await alices.ask("POST", unused)).status == 410
        # The browser has dropped the cookie by its own clock, or sends it still.
        cookie = next(iter(shown.headers.getall("Set-Cookie", [])), "")
        assert (await alices.ask("GET", shown.url, headers={"Cookie": cookie})).status in (403, 410)


async def test_a_cookie_that_a_browser_keeps_for_longer_is_over_too(pages: PageOffice) -> None:
    link = await _declared(pages)
    async with browser() as alices, browser() as other:
        opened = await alices.ask("POST", link, allow_redirects=False)
        cookie = opened.headers["Set-Cookie"].partition(";")[0]
        page = opened.headers["Location"]
        assert (await other.ask("GET", page, headers={"Cookie": cookie})).status == 200
        await pages.town.driver.advance(HOUR)
        over = await other.ask("GET", page, headers={"Cookie": cookie})
        assert (over.status, "This link is over" in over.text) == (410, True)


async def test_what_was_changed_or_made_up_leads_nowhere(pages: PageOffice) -> None:
    link = await _declared(pages)
    start, _, sealed = link.rpartition("/")
    other = await pages.link("alice", "metrics", "general")
    made_up = [
        f"{link}x",
        f"{start}x/{sealed}",
        f"{start}/{sealed[::-1]}",
        f"{other.rpartition('/')[0]}/{sealed}",
        f"{start}/%FF%00",
        f"{pages.url}/pages/",
        f"{pages.url}/pages/a/b/c",
        f"{pages.url}/pages/%C3%A9/{sealed}",
        f"{pages.url}/pages/..%2F..%2Fetc/passwd",
    ]
    async with browser() as robot:
        for url in made_up:
            for method in ("GET", "POST"):
                seen = await robot.ask(method, url)
                assert seen.status in (403, 404, 405), url
                assert "INC-1" not in seen.text
        assert (await robot.ask("GET", start, headers={"Cookie": f"{COOKIE}={sealed}"})).status == 403
        assert (await robot.get(f"{pages.url}/pages/é")).status == 404
        assert (await robot.get(link)).status == 200


async def test_every_answer_keeps_the_page_to_itself(pages: PageOffice) -> None:
    link = await _declared(pages)
    async with browser() as alices:
        page = (await alices.open(link)).url
        asked = [("GET", link), ("HEAD", link), ("GET", page), ("HEAD", page), ("PUT", link), ("POST", page),
                 ("DELETE", page), ("GET", f"{link}x"), ("GET", f"{pages.url}/pages/x/y/z"), ("POST", link)]  # fmt: skip
        for method, url in asked:
            seen = await alices.ask(method, url, allow_redirects=False)
            assert {name: seen.headers.get(name) for name in HEADERS} == HEADERS, (method, url)
            policy = seen.headers["Content-Security-Policy"]
            assert policy.startswith("default-src 'none'; ")
            assert "script" not in policy
            assert "frame-ancestors 'none'" in policy
        for method, url, allowed in [("PUT", link, "GET, HEAD, POST"), ("DELETE", page, "GET, HEAD")]:
            seen = await alices.ask(method, url)
            assert (seen.status, seen.headers["Allow"]) == (405, allowed)
        head = await alices.ask("HEAD", page)
        assert (head.status, head.text) == (200, "")


async def test_the_cookie_is_of_this_page_only_and_scripts_do_not_see_it(pages: PageOffice) -> None:
    link = await _declared(pages)
    async with browser() as alices:
        opened = await alices.ask("POST", link, allow_redirects=False)
    name, *rules = opened.headers["Set-Cookie"].split("; ")
    path = opened.headers["Location"].removeprefix(pages.url)
    assert opened.status == 303
    assert name.startswith(f"{COOKIE}=")
    seconds = next(each for each in rules if each.startswith("Max-Age="))
    assert set(rules) == {"HttpOnly", seconds, f"Path={path}", "SameSite=Lax"}
    assert HOUR - 60 < int(seconds.partition("=")[2]) <= HOUR


async def test_openings_are_recorded_and_no_line_has_a_link(pages: PageOffice) -> None:
    with capture_logs() as logs:
        link = await _declared(pages)
        async with browser() as alices, browser() as thiefs:
            await alices.open(link)
            await thiefs.open(link)
            await thiefs.get(f"{link}x")
    alice = pages.town.sandbox.users["alice"]
    told: list[Any] = [each for each in logs if str(each["event"]).startswith("page.")]
    assert [{key: each[key] for key in ("event", "person", "page", "subject")} for each in told] == [
        {"event": name, "person": alice, "page": "postmortem", "subject": "1"}
        for name in ("page.opened", "page.used_before")
    ]
    assert link.rpartition("/")[2] not in str(logs)
    assert link.rpartition("/")[2].partition(".")[2] not in str(logs)


async def test_the_button_sends_to_the_link_itself(pages: PageOffice) -> None:
    link = await _declared(pages)
    async with browser() as alices:
        found = FORM.search((await alices.get(link)).text)
    assert found is not None
    assert found[1] == link
