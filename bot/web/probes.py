"""The probes and metrics: `/healthz`, `/readyz`, `/metrics`. They show no secrets, names or titles."""

from aiohttp import web

from bot.core.metrics import CONTENT_TYPE
from bot.engine.monitor import Monitor

UNAVAILABLE = 503


def add_to(server: web.Application, monitor: Monitor) -> None:
    """Add the routes for probes and Prometheus."""

    async def ready(_request: web.Request) -> web.Response:
        checks = await monitor.checks()
        well = not any(check.trouble for check in checks)
        results = {
            check.name: {"ok": not check.trouble} | ({"why": check.trouble} if check.trouble else {})
            for check in checks
        }
        return web.json_response({"ok": well, "checks": results}, status=200 if well else UNAVAILABLE)

    async def metrics(_request: web.Request) -> web.Response:
        return web.Response(body=await monitor.figures(), headers={"Content-Type": CONTENT_TYPE})

    server.add_routes([web.get("/healthz", _alive), web.get("/readyz", ready), web.get("/metrics", metrics)])


async def _alive(_request: web.Request) -> web.Response:
    """Answer that the event loop is running, and nothing more."""
    return web.json_response({"ok": True})
