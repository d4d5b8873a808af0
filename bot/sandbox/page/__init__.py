"""The sandbox's page: what a person sees of the practice workspace, and practises an incident in."""

from aiohttp import web

from bot.sandbox.page.routes import Pages, Sees


def mount(app: web.Application, sandbox: Sees) -> None:
    """Add the page to the sandbox's server; call it after every other route is there."""
    Pages(sandbox).add_to(app)
