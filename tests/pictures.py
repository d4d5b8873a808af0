"""`make pictures`: the README's pictures, taken from a whole incident in a real browser."""

import asyncio
import tempfile
from pathlib import Path

from playwright.async_api import Page

from tests.walkthrough import browsing, walk

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"


async def main() -> None:
    """Take them all."""
    FOLDER.mkdir(parents=True, exist_ok=True)

    async def picture(page: Page, name: str) -> None:
        await page.mouse.move(0, 0)
        await page.screenshot(path=FOLDER / f"{name}.png", animations="disabled")

    with tempfile.TemporaryDirectory() as folder:
        async with browsing(Path(folder) / "pictures.db") as visit:
            await walk(visit, picture)


if __name__ == "__main__":
    asyncio.run(main())
