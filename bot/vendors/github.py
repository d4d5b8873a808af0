"""GitHub's issues. Source: GitHub docs, REST API (2022-11-28), "Issues", "Issue comments"; "Webhook events", `issues`."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp

from bot.core.route import HttpRequest
from bot.ports.port import Dead, Delivered, Result, Retry
from bot.ports.trackers.calls import (
    Call,
    Changes,
    CommentOnIssue,
    CreateIssue,
    Heard,
    IssueState,
    SetDueDate,
    SetIssueState,
    Where,
)
from bot.ports.trackers.documents import to_markdown
from bot.vendors.http import NOT_MODIFIED, Answer, Asking, Invalid

KEY, NAME = "github", "GitHub"
API = "https://api.github.com/"
PATH = "/trackers/github"
SIGNATURE = "X-Hub-Signature-256"
PAGE = 100  # the most that GitHub gives at once
PAGES = 10
_CLOCKS = timedelta(minutes=10)  # by which GitHub's clock and ours may differ
_BROKEN = Retry("unexpected_answer", doubt=True, unexpected=True)


class GitHub:
    """Talks to GitHub.

    Args:
        session: the HTTP session.
        token: a token that may read and write issues.
        url: the address of its API, with a slash at its end.
    """

    def __init__(self, session: aiohttp.ClientSession, token: str, url: str = API) -> None:
        headers = {
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {token}",
            "User-Agent": "warroom",
            "X-GitHub-Api-Version": "2022-11-28",
        }
        self._ask = Asking(session, url, headers)

    async def perform(self, call: Call, doubt: bool) -> Result:  # noqa: FBT001  # `Perform`'s shape
        """Do a call. In doubt it looks whether an earlier try has done it."""
        match call:
            case CreateIssue():
                return await self._create(call, doubt=doubt)
            case SetIssueState():
                return await self._set_state(call)
            case CommentOnIssue() | SetDueDate():  # GitHub's issues have no due date
                return await self._comment(call, doubt=doubt)

    async def changes(
        self, where: Where, since: datetime, etag: str, now: datetime
    ) -> Changes | Retry | Dead:
        """The issues that were changed since, the earliest first; an unchanged answer costs nothing of the rate limit."""
        del now
        query = {
            "state": "all",
            "sort": "updated",
            "direction": "asc",
            "since": _written(since),
            "per_page": str(PAGE),
        }
        headers = {"If-None-Match": etag} if etag else {}
        answer = await self._ask("GET", f"repos/{where.place}/issues", query=query, headers=headers)
        if not isinstance(answer, Answer):
            return answer
        if answer.status == NOT_MODIFIED:
            return Changes((), since, etag)
        if not isinstance(answer.value, list):
            return _BROKEN
        heard = [found for each in answer.value if (found := _heard(where.place, each))]
        latest = max([since, *(each.at for each in heard)])
        is_same = latest == since
        more = len(answer.value) == PAGE and not is_same
        return Changes(heard, latest, answer.headers.get("ETag", "") if is_same else "", more)

    async def check(self, where: Where, issue_type: str) -> str:
        """Why issues cannot be written there; empty if they can, as far as GitHub tells."""
        del issue_type
        answer = await self._ask("GET", f"repos/{where.place}")
        if not isinstance(answer, Answer):
            return answer.reason
        if not isinstance(answer.value, dict):
            return _BROKEN.reason
        if answer.value.get("has_issues") is False or answer.value.get("archived") is True:
            return "gone_there"
        may = answer.value.get("permissions")
        return "forbidden" if isinstance(may, dict) and not (may.get("triage") or may.get("push")) else ""

    async def _create(self, call: CreateIssue, *, doubt: bool) -> Result:
        if doubt:
            found = await self._find(call)
            if found is not None:
                return found
        if not call.is_wanted:
            return Delivered()
        body = {
            "title": call.title,
            "body": f"{to_markdown(call.body)}\n\n{_marker(call.key)}",
            "labels": list(call.labels),
        }
        assigned = {"assignees": [call.assignee]} if call.assignee else {}
        answer = await self._ask("POST", f"repos/{call.where.place}/issues", body=body | assigned)
        if isinstance(answer, Invalid) and assigned:  # an unknown login must not keep the issue out
            answer = await self._ask("POST", f"repos/{call.where.place}/issues", body=body)
        return _receipt(call.where.place, answer)

    async def _find(self, call: CreateIssue) -> Result | None:
        """The issue of an earlier try; None if there is none. The search's index lags behind, and the list does not."""
        for page in range(1, PAGES + 1):
            query = {
                "state": "all",
                "sort": "created",
                "direction": "desc",
                "since": _written(call.since - _CLOCKS),
                "per_page": str(PAGE),
                "page": str(page),
            }
            answer = await self._ask("GET", f"repos/{call.where.place}/issues", query=query)
            if not isinstance(answer, Answer):
                return answer
            if not isinstance(answer.value, list):
                return _BROKEN
            for each in answer.value:
                if isinstance(each, dict) and _marker(call.key) in str(each.get("body")):
                    return _receipt(call.where.place, Answer(answer.status, answer.headers, each))
            if len(answer.value) < PAGE:
                return None
        return None

    async def _set_state(self, call: SetIssueState) -> Result:
        reason = {IssueState.DONE: "completed", IssueState.NOT_DOING: "not_planned"}.get(call.state)
        body = {"state": "closed", "state_reason": reason} if reason else {"state": "open"}
        path = f"repos/{call.where.place}/issues/{call.issue}"
        return _receipt(call.where.place, await self._ask("PATCH", path, body=body))

    async def _comment(self, call: CommentOnIssue | SetDueDate, *, doubt: bool) -> Result:
        path = f"repos/{call.where.place}/issues/{call.issue}/comments"
        marker = _marker(call.key)
        if doubt:
            query = {"per_page": str(PAGE)}
            found = await self._ask("GET", path, query=query)
            if not isinstance(found, Answer):
                return found
            if not isinstance(found.value, list):
                return _BROKEN
            if any(isinstance(each, dict) and marker in str(each.get("body")) for each in found.value):
                return Delivered()
        answer = await self._ask("POST", path, body={"body": f"{to_markdown(call.text)}\n\n{marker}"})
        return Delivered() if isinstance(answer, Answer) else answer


def heard(request: HttpRequest) -> Sequence[Heard]:
    """What a genuine webhook says about an issue; nothing if it is about something else."""
    if request.headers.get("X-GitHub-Event") != "issues":
        return ()
    try:
        payload = json.loads(request.body)
        place = str(payload["repository"]["full_name"])
    except (ValueError, LookupError, TypeError, RecursionError):
        return ()
    found = _heard(place, payload.get("issue"), hashlib.sha256(request.body).hexdigest()[:16])
    return (found,) if found else ()


def _heard(place: str, issue: Any, digest: str = "") -> Heard | None:
    """How an issue is; None if it is a pull request, or not readable."""
    if not isinstance(issue, dict) or "pull_request" in issue:
        return None
    try:
        at = datetime.fromisoformat(str(issue["updated_at"])).astimezone(UTC)
        return Heard(
            Where(KEY, place.lower()), str(issue["number"]), str(issue["html_url"]), _state(issue), at, digest
        )
    except (ValueError, LookupError):
        return None


def _state(issue: Mapping[str, Any]) -> IssueState:
    if issue["state"] == "open":
        return IssueState.OPEN
    not_done = issue.get("state_reason") in ("not_planned", "duplicate")
    return IssueState.NOT_DOING if not_done else IssueState.DONE


def _receipt(place: str, answer: Answer | Retry | Dead) -> Result:
    """What is remembered of an issue."""
    if not isinstance(answer, Answer):
        return answer
    found = _heard(place, answer.value)
    return Delivered(dict(_remembered(found))) if found else _BROKEN


def _remembered(found: Heard) -> Iterator[tuple[str, str]]:
    yield "issue", found.issue
    yield "url", found.url
    yield "state", found.state.value
    yield "at", found.at.isoformat()


def _marker(key: str) -> str:
    """What nobody sees in an issue, and by which it is found again."""
    return f"<!-- warroom:{key} -->"


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
