"""axe-core finds no fault in the page of figures, in light and dark, on a laptop and on a phone."""

import pytest

from bot.review.views.page import page
from tests.review.views.test_forms import BOTH, ONE
from tests.sandbox.page.axe import violations
from tests.sandbox.page.conftest import LAPTOP, PHONE, chromium


@pytest.mark.browser
async def test_the_page_of_figures_breaks_no_rule() -> None:
    async with chromium() as browser:
        for text in (page(ONE), page(BOTH)):
            for size, dark in ((LAPTOP, False), (PHONE, True)):
                tab = await browser.new_page(viewport=size, color_scheme="dark" if dark else "light")
                await tab.set_content(text)
                await tab.evaluate(
                    "document.querySelectorAll('details').forEach(each => { each.open = true })"
                )
                assert await violations(tab) == []
                told = tab.get_by_text("Scroll a drawing to the side")
                assert await told.is_visible() is (size == PHONE)
                await tab.close()
