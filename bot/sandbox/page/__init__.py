"""The sandbox's page in the browser, for one person of the workspace."""

from aiohttp import web

from bot.sandbox.page.routes import Pages, Sees


def mount(app: web.Application, sandbox: Sees) -> None:
    """Add the page to the sandbox's server; call it after every other route is there."""
    Pages(sandbox).add_to(app)
