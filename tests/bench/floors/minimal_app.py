"""The floor of the process: an app with the same libraries that only acknowledges. `PROGRAM` runs it as a script.

It is configured by environment variables, like the bot. Over Socket Mode it holds as many connections as its argument
says. If PORT is set, it accepts signed requests instead.
"""

import asyncio
import gc
import json
import logging
import os
import signal
import sys
from contextlib import AsyncExitStack
from pathlib import Path

from aiohttp import ClientSession, web
from jinja2 import Environment
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine


def program(connections: int = 1) -> tuple[str, ...]:
    """The Python program to run."""
    return (str(Path(__file__)), str(connections))


async def main(connections: int) -> None:
    """Open a database, render a template, connect, and acknowledge until SIGTERM."""
    told = os.environ
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    engine = create_async_engine(told["DATABASE_URL"].replace("sqlite:", "sqlite+aiosqlite:"))
    async with engine.connect() as connection:
        await connection.execute(text("SELECT 1"))
    Environment(autoescape=True).from_string("{{ greeting }}").render(greeting="Hello")
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(ClientSession())
        client = AsyncWebClient(told["SLACK_BOT_TOKEN"], base_url=told["SLACK_API_URL"], session=session)
        app = _app(client, told.get("SLACK_SIGNING_SECRET"))
        if "PORT" in told:
            await _serve(app, stack)
        else:
            handlers = [AsyncSocketModeHandler(app, told["SLACK_APP_TOKEN"]) for _ in range(connections)]
            await asyncio.gather(*(handler.connect_async() for handler in handlers))
            for handler in handlers:
                stack.push_async_callback(handler.close_async)
        gc.freeze()  # as in the bot
        print(json.dumps({"event": "minimal_app.ready"}), file=sys.stderr, flush=True)  # noqa: T201  # the log of the app
        await stopped.wait()
    await engine.dispose()


def _app(client: AsyncWebClient, secret: str | None) -> AsyncApp:
    ours = AuthorizeResult(
        enterprise_id=None, team_id=None, bot_user_id="U0", bot_id="B0", bot_token=client.token
    )

    async def authorize() -> AuthorizeResult:
        return ours

    app = AsyncApp(
        name="minimal",
        client=client,
        signing_secret=secret,
        authorize=authorize,  # known, as in the bot: otherwise Bolt would ask Slack at the first event
        process_before_response=True,
    )

    @app.event("message")
    @app.event("reaction_added")
    @app.event("reaction_removed")
    async def hear() -> None:
        """Do nothing: Bolt acknowledges."""

    return app


async def _serve(app: AsyncApp, stack: AsyncExitStack) -> None:
    async def handle(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    server = web.Application()
    server.router.add_post("/slack/events", handle)
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    await web.TCPSite(runner, os.environ["HOST"], int(os.environ["PORT"])).start()


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    asyncio.run(main(int(sys.argv[1])))
