"""Signed HTTP delivery: the Request URL of an app that does not use Socket Mode."""

import asyncio
import hashlib
import hmac
import json
from typing import Any
from urllib.parse import urlencode

import aiohttp

from bot.sandbox.core.clock import Clock
from bot.sandbox.delivery.envelope import ACK_SECONDS, Envelope, NotAcked, within_deadline
from bot.sandbox.network.traffic import Traffic


def sign(secret: str, timestamp: int, body: str) -> str:
    """The v0 signature of a request (Slack docs, verifying requests from Slack)."""
    base = f"v0:{timestamp}:{body}"
    return "v0=" + hmac.new(secret.encode(), base.encode(), hashlib.sha256).hexdigest()


class RequestUrl:
    """Posts envelopes to the app's Request URL."""

    def __init__(self, clock: Clock, traffic: Traffic, url: str, signing_secret: str) -> None:
        self._clock = clock
        self._traffic = traffic
        self._url = url
        self._secret = signing_secret
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None))

    async def verify(self, token: str, challenge: str) -> bool:
        """Whether the URL answers the `url_verification` challenge."""
        body = json.dumps({"type": "url_verification", "token": token, "challenge": challenge})
        try:
            async with asyncio.timeout(ACK_SECONDS):
                answer = await self._post(body, "application/json", {})
        except (TimeoutError, NotAcked):
            return False
        return challenge in {answer.get("challenge"), answer.get("text")}

    async def send(self, envelope: Envelope) -> dict[str, Any]:
        """Post the envelope's payload; the answer's body is the ack."""
        self._traffic.note("envelope", envelope.kind, request=envelope.to_json())
        started = asyncio.get_running_loop().time()
        post = asyncio.ensure_future(self._post(*_encode(envelope)))
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        post.add_done_callback(lambda done: _pass_on(done, answer))
        error: str | None = None
        response: dict[str, Any] | None = None
        try:
            response = await within_deadline(envelope, answer, self._clock, "http_timeout")
        except NotAcked as failure:
            error = failure.reason
            raise
        finally:
            post.cancel()
            ms = (asyncio.get_running_loop().time() - started) * 1000
            asked = {"envelope_id": envelope.id}
            self._traffic.note("ack", envelope.kind, request=asked, response=response, error=error, ms=ms)
        return response if envelope.accepts_response_payload else {}

    async def close(self) -> None:
        """Close the connections."""
        await self._session.close()

    async def _post(self, body: str, content_type: str, headers: dict[str, str]) -> dict[str, Any]:
        # Signed with the machine's time, not the workspace's: the receiver compares it with its own clock.
        timestamp = self._clock.machine_time()
        signed = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": str(timestamp),
            "X-Slack-Signature": sign(self._secret, timestamp, body),
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        }
        try:
            async with self._session.post(
                self._url, data=body.encode(), headers={**signed, **headers}
            ) as answer:
                text = await answer.text()
                if not answer.ok:
                    # Slack docs, Events API: an app may ask not to be sent the event again.
                    raise NotAcked("http_error", final=answer.headers.get("X-Slack-No-Retry") == "1")
        except aiohttp.ClientError as error:
            raise NotAcked("connection_failed") from error
        return _read_ack(text, answer.content_type)


def _encode(envelope: Envelope) -> tuple[str, str, dict[str, str]]:
    if envelope.type == "events_api":
        headers = {}
        if envelope.retry_attempt:
            headers = {
                "X-Slack-Retry-Num": str(envelope.retry_attempt),
                "X-Slack-Retry-Reason": envelope.retry_reason,
            }
        return json.dumps(envelope.payload), "application/json", headers
    form = (
        envelope.payload if envelope.type == "slash_commands" else {"payload": json.dumps(envelope.payload)}
    )
    return urlencode(form), "application/x-www-form-urlencoded", {}


def _read_ack(text: str, content_type: str) -> dict[str, Any]:
    if not text.strip():
        return {}
    if content_type == "application/json":
        try:
            body = json.loads(text)
        except ValueError as error:
            raise NotAcked("http_error") from error
        return body if isinstance(body, dict) else {}
    # Slack docs, slash commands: a plain-text answer is shown to the user.
    return {"text": text}


def _pass_on(done: asyncio.Future[dict[str, Any]], answer: asyncio.Future[dict[str, Any]]) -> None:
    if answer.done() or done.cancelled():
        return
    failure = done.exception()
    if failure is not None:
        answer.set_exception(failure)
    else:
        answer.set_result(done.result())
