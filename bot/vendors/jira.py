"""Jira Cloud's issues. Source: Atlassian docs, REST API v3 ("Issues", "Issue search", "Issue comments"); "Webhooks"."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
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
from bot.ports.trackers.documents import to_adf
from bot.vendors.http import Answer, Asking, Invalid

KEY, NAME = "jira", "Jira"
PATH = "/trackers/jira"
SIGNATURE = "X-Hub-Signature"
PAGE = 100
PROPERTY = "warroom"  # of a comment: the key by which it is found again
DONE, NEW = "done", "new"  # categories of statuses; the third one is `indeterminate`
# An issue is found by a search only some time after it was created.
INDEXED_WITHIN = timedelta(minutes=2)
_OPTIONAL = frozenset({"assignee", "duedate"})  # a project's screen may lack them
_NOT_DONE = re.compile(
    r"won.?t|declin|cancel|reject|abandon|not (?:a|plan|do)|duplicate|cannot reproduce", re.IGNORECASE
)
_BROKEN = Retry("unexpected_answer", doubt=True, unexpected=True)
_FIELDS = "status,resolution,updated"


class Jira:
    """Talks to Jira.

    Args:
        session: the HTTP session.
        site: the address of the site, with a slash at its end: `https://acme.atlassian.net/`.
        email: whose token it is.
        token: the API token.
    """

    def __init__(self, session: aiohttp.ClientSession, site: str, email: str, token: str) -> None:
        self._site = site
        secret = base64.b64encode(f"{email}:{token}".encode()).decode()
        headers = {"Accept": "application/json", "Authorization": f"Basic {secret}", "User-Agent": "warroom"}
        self._ask = Asking(session, f"{site}rest/api/3/", headers)

    async def perform(self, call: Call, doubt: bool) -> Result:  # noqa: FBT001  # `Perform`'s shape
        """Do a call. In doubt it looks whether an earlier try has done it."""
        match call:
            case CreateIssue():
                return await self._create(call, doubt=doubt)
            case SetIssueState():
                return await self._set_state(call)
            case CommentOnIssue():
                return await self._comment(call, doubt=doubt)
            case SetDueDate():
                return await self._set_due_date(call, doubt=doubt)

    async def changes(
        self, where: Where, since: datetime, etag: str, now: datetime
    ) -> Changes | Retry | Dead:
        """The issues that were changed since. JQL knows minutes only, and in the account's zone: so they are counted back."""
        del etag
        back = max(int((now - since).total_seconds() // 60), 0) + 2
        asked = f'project = "{where.place}" AND updated >= "-{back}m" ORDER BY updated ASC'
        heard: list[Heard] = []
        page = ""
        while True:
            body = {"jql": asked, "fields": _FIELDS.split(","), "maxResults": PAGE}
            answer = await self._ask(
                "POST", "search/jql", body=body | ({"nextPageToken": page} if page else {})
            )
            if not isinstance(answer, Answer):
                return answer
            if not isinstance(answer.value, dict) or not isinstance(answer.value.get("issues"), list):
                return _BROKEN
            heard += [found for each in answer.value["issues"] if (found := _heard(each, self._site))]
            page = str(answer.value.get("nextPageToken") or "")
            if not page or answer.value.get("isLast") is True:
                return Changes(heard, now)

    async def check(self, where: Where, issue_type: str) -> str:
        """Why issues cannot be written there; empty if they can, as far as Jira tells."""
        query = {"projectKey": where.place, "permissions": "CREATE_ISSUES,TRANSITION_ISSUES,ADD_COMMENTS"}
        answer = await self._ask("GET", "mypermissions", query=query)
        if not isinstance(answer, Answer):
            return answer.reason
        may = answer.value.get("permissions") if isinstance(answer.value, dict) else None
        if not isinstance(may, dict):
            return _BROKEN.reason
        if not all(isinstance(each, dict) and each.get("havePermission") for each in may.values()):
            return "forbidden"
        found = await self._ask("GET", f"project/{where.place}")
        if not isinstance(found, Answer):
            return found.reason
        kinds = found.value.get("issueTypes") if isinstance(found.value, dict) else None
        names = {str(each.get("name")) for each in kinds or () if isinstance(each, dict)}
        return "" if issue_type in names else "invalid"

    async def _create(self, call: CreateIssue, *, doubt: bool) -> Result:
        if doubt:
            found = await self._find(call)
            if found is not None:
                return found
            if call.now - call.since < INDEXED_WITHIN:
                return Retry("not_found_yet", after=INDEXED_WITHIN - (call.now - call.since), doubt=True)
        if not call.is_wanted:
            return Delivered()
        fields: dict[str, Any] = {
            "project": {"key": call.where.place},
            "issuetype": {"name": call.issue_type},
            "summary": call.title,
            "description": to_adf(call.body),
            "labels": [*call.labels, _label(call.key)],
            "duedate": call.due_on.isoformat(),
        }
        if call.assignee:
            fields["assignee"] = {"accountId": call.assignee}
        answer = await self._ask("POST", "issue", body={"fields": fields})
        if isinstance(answer, Invalid) and (unfit := answer.fields & _OPTIONAL & fields.keys()):
            fields = {name: value for name, value in fields.items() if name not in unfit}
            answer = await self._ask("POST", "issue", body={"fields": fields})
        if not isinstance(answer, Answer):
            return answer
        if not isinstance(answer.value, dict) or "key" not in answer.value:
            return _BROKEN
        return self._receipt(str(answer.value["key"]), IssueState.OPEN, "")

    async def _find(self, call: CreateIssue) -> Result | None:
        """The issue of an earlier try; None if none is found."""
        asked = f'project = "{call.where.place}" AND labels = "{_label(call.key)}"'
        body = {"jql": asked, "fields": _FIELDS.split(","), "maxResults": 2}
        answer = await self._ask("POST", "search/jql", body=body)
        if not isinstance(answer, Answer):
            return answer
        if not isinstance(answer.value, dict) or not isinstance(answer.value.get("issues"), list):
            return _BROKEN
        known = [found for each in answer.value["issues"] if (found := _heard(each, self._site))]
        return self._receipt(known[0].issue, known[0].state, known[0].at.isoformat()) if known else None

    async def _set_state(self, call: SetIssueState) -> Result:
        """Take a step of the workflow that leads to the right category, if it is not there already."""
        there = await self._read(call.issue)
        if not isinstance(there, Heard):
            return there
        if there.state.is_open == call.state.is_open:
            return self._receipt(there.issue, call.state, there.at.isoformat())
        path = f"issue/{call.issue}/transitions"
        answer = await self._ask("GET", path)
        if not isinstance(answer, Answer):
            return answer
        steps = answer.value.get("transitions") if isinstance(answer.value, dict) else None
        if not isinstance(steps, list):
            return _BROKEN
        step = _step_to(call.state, steps)
        if not step:
            return Dead("no_transition")
        done = await self._ask("POST", path, body={"transition": {"id": step}})
        if not isinstance(done, Answer):
            return done
        after = await self._read(call.issue)
        at = after.at.isoformat() if isinstance(after, Heard) else ""
        return self._receipt(call.issue, call.state, at)

    async def _set_due_date(self, call: SetDueDate, *, doubt: bool) -> Result:
        """Set the field; where the project's screen lacks it, say it."""
        answer = await self._ask(
            "PUT", f"issue/{call.issue}", body={"fields": {"duedate": call.due_on.isoformat()}}
        )
        if isinstance(answer, Invalid) and "duedate" in answer.fields:
            return await self._comment(
                CommentOnIssue(call.where, call.issue, call.key, call.text), doubt=doubt
            )
        return Delivered() if isinstance(answer, Answer) else answer

    async def _comment(self, call: CommentOnIssue, *, doubt: bool) -> Result:
        path = f"issue/{call.issue}/comment"
        if doubt:
            query = {"orderBy": "-created", "maxResults": str(PAGE), "expand": "properties"}
            found = await self._ask("GET", path, query=query)
            if not isinstance(found, Answer):
                return found
            if not isinstance(found.value, dict) or not isinstance(found.value.get("comments"), list):
                return _BROKEN
            if any(call.key in json.dumps(each.get("properties")) for each in found.value["comments"]):
                return Delivered()
        properties = [{"key": PROPERTY, "value": {"key": call.key}}]
        answer = await self._ask("POST", path, body={"body": to_adf(call.text), "properties": properties})
        return Delivered() if isinstance(answer, Answer) else answer

    async def _read(self, issue: str) -> Heard | Retry | Dead:
        answer = await self._ask("GET", f"issue/{issue}", query={"fields": _FIELDS})
        if not isinstance(answer, Answer):
            return answer
        return _heard(answer.value, self._site) or _BROKEN

    def _receipt(self, key: str, state: IssueState, at: str) -> Result:
        return Delivered({"issue": key, "url": _address(self._site, key), "state": state.value, "at": at})


def heard(request: HttpRequest, site: str) -> Sequence[Heard]:
    """What a genuine webhook of a site says about an issue; nothing if it is about something else."""
    try:
        payload = json.loads(request.body)
        about = str(payload["webhookEvent"])
    except (ValueError, LookupError, TypeError, RecursionError):
        return ()
    if about not in ("jira:issue_updated", "jira:issue_created"):
        return ()
    found = _heard(payload.get("issue"), site, hashlib.sha256(request.body).hexdigest()[:16])
    return (found,) if found else ()


def _heard(issue: Any, site: str, digest: str = "") -> Heard | None:
    """How an issue is; None if it is not readable."""
    try:
        key, fields = str(issue["key"]), issue["fields"]
        at = datetime.strptime(str(fields["updated"]), "%Y-%m-%dT%H:%M:%S.%f%z").astimezone(UTC)
        state = _state(fields)
    except (ValueError, LookupError, TypeError):
        return None
    return Heard(Where(KEY, key.rpartition("-")[0]), key, _address(site, key), state, at, digest)


def _address(site: str, key: str) -> str:
    return f"{site}browse/{key}"


def _state(fields: Mapping[str, Any]) -> IssueState:
    if fields["status"]["statusCategory"]["key"] != DONE:
        return IssueState.OPEN
    resolution = fields.get("resolution") or {}
    words = f"{resolution.get('name', '')} {fields['status'].get('name', '')}"
    return IssueState.NOT_DOING if _NOT_DONE.search(words) else IssueState.DONE


def _step_to(state: IssueState, steps: Sequence[Any]) -> str:
    """The id of the step that fits best; empty if none leads there."""

    def category(step: Any) -> str:
        return str(step["to"]["statusCategory"]["key"])

    def fit(step: Any) -> int:
        if state.is_open:
            return 0 if category(step) == NEW else 1
        names = f"{step.get('name', '')} {step['to'].get('name', '')}"
        return 0 if bool(_NOT_DONE.search(names)) == (state is IssueState.NOT_DOING) else 1

    try:
        fitting = [step for step in steps if (category(step) != DONE) == state.is_open]
        return str(min(fitting, key=fit)["id"]) if fitting else ""
    except (LookupError, TypeError):
        return ""


def _label(key: str) -> str:
    """The label by which an issue is found again."""
    return f"warroom-{key}"
