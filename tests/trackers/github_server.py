"""A small GitHub: issues and comments of one repository, as strict as the documentation of its REST API says."""

import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from tests.trackers.stand_in import StandIn

REPOSITORY = "acme/checkout"
TOKEN = "github_pat_test"  # noqa: S105  # of the stand-in
SECRET = "a secret for webhooks"  # noqa: S105  # of the stand-in
PEOPLE = frozenset({"octocat"})  # who can be assigned
_CREATE: Mapping[str, Any] = {"title": str, "body": str, "labels": list, "assignees": list}
_UPDATE = {
    "state": ("open", "closed"),
    "state_reason": ("completed", "not_planned", "duplicate", "reopened", None),
}


@dataclass
class GitHubServer(StandIn):
    """The stand-in.

    Attributes:
        issues: by their numbers, as GitHub shows them.
        comments: the texts of comments, by the issue's number.
    """

    issues: dict[int, dict[str, Any]] = field(default_factory=dict)
    comments: dict[int, list[str]] = field(default_factory=dict)
    may: Mapping[str, bool] = field(default_factory=lambda: {"pull": True, "triage": True, "push": False})

    @asynccontextmanager
    async def at_work(self, port: int = 0) -> AsyncIterator["GitHubServer"]:
        """Answer until the end of the block."""
        of = "/repos/{owner}/{name}"
        routes = [
            web.get(of, self._repository),
            web.get(f"{of}/issues", self._listed),
            web.post(f"{of}/issues", self._create),
            web.patch(of + "/issues/{number:[0-9]+}", self._update),
            web.get(of + "/issues/{number:[0-9]+}/comments", self._commented),
            web.post(of + "/issues/{number:[0-9]+}/comments", self._comment),
        ]
        async with self.listening(routes, port):
            yield self

    def close(self, number: int, reason: str = "completed") -> None:
        """Somebody closes an issue there."""
        self._change(self.issues[number], {"state": "closed", "state_reason": reason})

    def reopen(self, number: int) -> None:
        """Somebody opens it again there."""
        self._change(self.issues[number], {"state": "open", "state_reason": "reopened"})

    def webhook(self, number: int, action: str, event: str = "issues") -> tuple[bytes, dict[str, str]]:
        """The request that GitHub sends about an issue as it is now: body and headers."""
        body = json.dumps(
            {
                "action": action,
                "issue": self.issues[number],
                "repository": {"id": 1, "full_name": "Acme/Checkout"},
                "sender": {"login": "octocat"},
            }
        ).encode()
        signature = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        return body, {
            "Content-Type": "application/json",
            "X-GitHub-Event": event,
            "X-GitHub-Delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
            "X-Hub-Signature-256": f"sha256={signature}",
        }

    def _refusal(self, request: web.Request) -> web.Response | None:
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return _json(401, {"message": "Bad credentials"})
        if "User-Agent" not in request.headers or request.headers.get("X-GitHub-Api-Version") != "2022-11-28":
            return _json(403, {"message": "Request forbidden by administrative rules."})
        if f"{request.match_info['owner']}/{request.match_info['name']}".lower() != REPOSITORY:
            return _json(404, {"message": "Not Found"})
        number = request.match_info.get("number")
        return _json(404, {"message": "Not Found"}) if number and int(number) not in self.issues else None

    async def _repository(self, request: web.Request) -> web.Response:
        return self._refusal(request) or _json(
            200, {"full_name": REPOSITORY, "has_issues": True, "archived": False, "permissions": self.may}
        )

    async def _listed(self, request: web.Request) -> web.Response:
        if refusal := self._refusal(request):
            return refusal
        query = request.query
        assert query["state"] == "all"
        since = datetime.strptime(query["since"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        by = {"updated": "updated_at", "created": "created_at"}[query["sort"]]
        found = [each for each in self.issues.values() if datetime.fromisoformat(each["updated_at"]) >= since]
        found.sort(key=lambda each: each[by], reverse=query["direction"] == "desc")
        size, page = int(query["per_page"]), int(query.get("page", "1"))
        part = found[(page - 1) * size : page * size]
        tag = f'W/"{hashlib.sha256(json.dumps([dict(query), part]).encode()).hexdigest()}"'
        if request.headers.get("If-None-Match") == tag:
            return web.Response(status=304, headers={"ETag": tag})
        return _json(200, part, {"ETag": tag})

    async def _create(self, request: web.Request) -> web.Response:
        if refusal := self._refusal(request):
            return refusal
        given = await request.json()
        wrong = [name for name, value in given.items() if type(value) is not _CREATE.get(name)]
        if wrong or not given.get("title") or len(given["title"]) > 256:
            return _invalid(*(wrong or ["title"]))
        if not set(given.get("assignees", ())) <= PEOPLE:
            return _invalid("assignees")
        number, at = len(self.issues) + 1, _written(self.moved_on())
        self.issues[number] = {
            **given,
            "number": number,
            "html_url": f"https://github.com/{REPOSITORY}/issues/{number}",
            "state": "open",
            "state_reason": None,
            "created_at": at,
            "updated_at": at,
        }
        return _json(201, self.issues[number])

    async def _update(self, request: web.Request) -> web.Response:
        if refusal := self._refusal(request):
            return refusal
        given = await request.json()
        if wrong := [name for name, value in given.items() if value not in _UPDATE[name]]:
            return _invalid(*wrong)
        issue = self.issues[int(request.match_info["number"])]
        self._change(issue, given)
        return _json(200, issue)

    async def _commented(self, request: web.Request) -> web.Response:
        found = self.comments.get(int(request.match_info["number"]), [])
        return self._refusal(request) or _json(200, [{"body": each} for each in found])

    async def _comment(self, request: web.Request) -> web.Response:
        if refusal := self._refusal(request):
            return refusal
        number = int(request.match_info["number"])
        self.comments.setdefault(number, []).append((await request.json())["body"])
        self.issues[number]["updated_at"] = _written(self.moved_on())
        return _json(201, {"id": 1})

    def _change(self, issue: dict[str, Any], given: Mapping[str, Any]) -> None:
        """Without a change of the state, GitHub ignores its reason."""
        if given["state"] != issue["state"]:
            reason = given.get("state_reason") or ("completed" if given["state"] == "closed" else "reopened")
            issue |= {
                "state": given["state"],
                "state_reason": reason,
                "updated_at": _written(self.moved_on()),
            }


def _written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _json(status: int, value: Any, headers: Mapping[str, str] | None = None) -> web.Response:
    return web.json_response(value, status=status, headers=headers)


def _invalid(*fields: str) -> web.Response:
    errors = [{"resource": "Issue", "field": each, "code": "invalid"} for each in fields]
    return _json(422, {"message": "Validation Failed", "errors": errors})
