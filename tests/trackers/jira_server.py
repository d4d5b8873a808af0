"""A small Jira Cloud: issues of one project with a workflow, as strict as the documentation of its REST API v3 says."""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from tests.trackers.stand_in import StandIn

PROJECT, EMAIL, TOKEN = "OPS", "bot@example.com", "a-token"
SECRET = "a secret of Jira"  # noqa: S105  # of the stand-in
ACCOUNT = "5b10ac8d82e05b22cc7d4ef5"
STATUSES = {"To Do": "new", "In Progress": "indeterminate", "Done": "done", "Won't Do": "done"}
_KNOWN = {"project", "issuetype", "summary", "description", "labels", "duedate", "assignee"}


@dataclass
class JiraServer(StandIn):
    """The stand-in.

    Attributes:
        issues: the fields of each, by key.
        comments: by the issue's key.
        screen: the fields that can be set.
        indexed: whether the search finds what was created.
        steps: the statuses to which the workflow leads.
    """

    issues: dict[str, dict[str, Any]] = field(default_factory=dict)
    comments: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    screen: set[str] = field(default_factory=lambda: set(_KNOWN))
    indexed: bool = True
    steps: list[str] = field(default_factory=lambda: list(STATUSES))

    @asynccontextmanager
    async def at_work(self, port: int = 0) -> AsyncIterator["JiraServer"]:
        """Answer until the end of the block."""
        api = "/rest/api/3"
        routes = [
            web.get(f"{api}/mypermissions", self._permissions),
            web.get(api + "/project/{project}", self._project),
            web.post(f"{api}/issue", self._create),
            web.post(f"{api}/search/jql", self._search),
            web.get(api + "/issue/{key}", self._read),
            web.put(api + "/issue/{key}", self._update),
            web.get(api + "/issue/{key}/transitions", self._steps),
            web.post(api + "/issue/{key}/transitions", self._step),
            web.get(api + "/issue/{key}/comment", self._commented),
            web.post(api + "/issue/{key}/comment", self._comment),
        ]
        async with self.listening(routes, port):
            yield self

    def move(self, key: str, status: str) -> None:
        """Somebody takes a step of the workflow there."""
        self.issues[key]["status"] = {"name": status, "statusCategory": {"key": STATUSES[status]}}
        done = STATUSES[status] == "done"
        self.issues[key]["resolution"] = (
            {"name": "Won't Do" if status == "Won't Do" else "Done"} if done else None
        )
        self._touch(key)

    def webhook(self, key: str, event: str = "jira:issue_updated") -> tuple[bytes, dict[str, str]]:
        """The request that Jira sends about an issue as it is now: body and headers."""
        body = json.dumps(
            {
                "timestamp": 1,
                "webhookEvent": event,
                "issue": {"id": "1", "key": key, "fields": self.issues[key]},
            }
        ).encode()
        signature = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        return body, {"Content-Type": "application/json", "X-Hub-Signature": f"sha256={signature}"}

    def _touch(self, key: str) -> None:
        self.issues[key]["updated"] = self.moved_on().strftime("%Y-%m-%dT%H:%M:%S.000+0000")

    def _refusal(self, request: web.Request) -> web.Response | None:
        expected = base64.b64encode(f"{EMAIL}:{TOKEN}".encode()).decode()
        if request.headers.get("Authorization") != f"Basic {expected}":
            return web.json_response({"errorMessages": ["Client must be authenticated"]}, status=401)
        key = request.match_info.get("key")
        return _missing() if key and key not in self.issues else None

    async def _permissions(self, request: web.Request) -> web.Response:
        names = request.query["permissions"].split(",")
        return self._refusal(request) or web.json_response(
            {"permissions": {each: {"key": each, "havePermission": True} for each in names}}
        )

    async def _project(self, request: web.Request) -> web.Response:
        if request.match_info["project"] != PROJECT:
            return _missing()
        return self._refusal(request) or web.json_response({"key": PROJECT, "issueTypes": [{"name": "Task"}]})

    async def _create(self, request: web.Request) -> web.Response:
        if refusal := self._refusal(request):
            return refusal
        fields = (await request.json())["fields"]
        errors = {each: f"Field '{each}' cannot be set." for each in fields if each not in self.screen}
        if fields["project"] != {"key": PROJECT}:
            errors["project"] = "valid project is required"
        if fields["issuetype"] != {"name": "Task"}:
            errors["issuetype"] = "Specify a valid issue type"
        if "\n" in fields["summary"] or len(fields["summary"]) > 255:
            errors["summary"] = "The summary is invalid because it contains newline characters."
        if fields.get("assignee", {"accountId": ACCOUNT}) != {"accountId": ACCOUNT}:
            errors["assignee"] = "User does not exist."
        if unfit := _unfit(fields.get("description")):
            errors["description"] = unfit[0]
        if any(re.search(r"\s", each) for each in fields.get("labels", ())):
            errors["labels"] = "The label contains spaces which is invalid."
        if errors:
            return web.json_response({"errorMessages": [], "errors": errors}, status=400)
        key = f"{PROJECT}-{len(self.issues) + 1}"
        self.issues[key] = {**fields, "created": self.time}
        self.move(key, "To Do")
        self.issues[key].pop("created")
        return web.json_response({"id": "1", "key": key, "self": self.url}, status=201)

    async def _search(self, request: web.Request) -> web.Response:
        if refusal := self._refusal(request):
            return refusal
        asked = await request.json()
        assert set(asked) <= {"jql", "fields", "maxResults", "nextPageToken"}
        found = re.fullmatch(
            r'project = "OPS" AND (?:labels = "(?P<label>\S+)"|updated >= "-(?P<back>\d+)m" ORDER BY updated ASC)',
            asked["jql"],
        )
        if not found:
            return web.json_response({"errorMessages": ["Error in the JQL Query"]}, status=400)
        since = self.time - timedelta(minutes=int(found["back"] or 0))
        keys = [
            key
            for key, fields in self.issues.items()
            if self.indexed
            and (found["label"] in fields["labels"] if found["label"] else _time(fields["updated"]) >= since)
        ]
        start = int(asked.get("nextPageToken", "0"))
        part = [self._issue(each) for each in keys[start : start + 1]]  # pages of one
        more = {"nextPageToken": str(start + 1)} if start + 1 < len(keys) else {"isLast": True}
        return web.json_response({"issues": part, **more})

    async def _read(self, request: web.Request) -> web.Response:
        return self._refusal(request) or web.json_response(self._issue(request.match_info["key"]))

    async def _update(self, request: web.Request) -> web.Response:
        if refusal := self._refusal(request):
            return refusal
        fields = (await request.json())["fields"]
        if wrong := set(fields) - self.screen:
            return web.json_response({"errors": dict.fromkeys(wrong, "cannot be set")}, status=400)
        self.issues[request.match_info["key"]] |= fields
        self._touch(request.match_info["key"])
        return web.Response(status=204)

    async def _steps(self, request: web.Request) -> web.Response:
        steps = [
            {
                "id": str(number),
                "name": f"to {name}",
                "to": {"name": name, "statusCategory": {"key": STATUSES[name]}},
            }
            for number, name in enumerate(self.steps)
        ]
        return self._refusal(request) or web.json_response({"transitions": steps})

    async def _step(self, request: web.Request) -> web.Response:
        if refusal := self._refusal(request):
            return refusal
        self.move(request.match_info["key"], self.steps[int((await request.json())["transition"]["id"])])
        return web.Response(status=204)

    async def _commented(self, request: web.Request) -> web.Response:
        found = self.comments.get(request.match_info["key"], [])
        return self._refusal(request) or web.json_response({"comments": found})

    async def _comment(self, request: web.Request) -> web.Response:
        if refusal := self._refusal(request):
            return refusal
        given = await request.json()
        assert not list(_unfit(given["body"]))
        self.comments.setdefault(request.match_info["key"], []).append(given)
        self._touch(request.match_info["key"])
        return web.json_response({"id": "1"}, status=201)

    def _issue(self, key: str) -> Mapping[str, Any]:
        shown = {name: self.issues[key][name] for name in ("status", "resolution", "updated")}
        return {"id": "1", "key": key, "fields": shown}


def _unfit(document: Any) -> list[str]:
    """What is wrong with a document in Atlassian's format."""
    if not isinstance(document, dict) or (document.get("type"), document.get("version")) != ("doc", 1):
        return ["Operation value must be an Atlassian Document"]
    texts = [each for paragraph in document["content"] for each in paragraph["content"]]
    return [] if all(each["type"] == "text" and each["text"] for each in texts) else ["INVALID_INPUT"]


def _time(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%f%z")


def _missing() -> web.Response:
    return web.json_response({"errorMessages": ["Issue does not exist"]}, status=404)
