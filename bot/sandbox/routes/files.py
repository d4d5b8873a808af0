"""`/files/…`: uploading and downloading bytes."""

from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from bot.sandbox.network import fault_effects
from bot.sandbox.network.faults import Faults
from bot.sandbox.network.traffic import Traffic
from bot.sandbox.state.workspace import Workspace

LARGEST = 64 * 1024 * 1024
OK = 200


@dataclass(frozen=True, slots=True)
class FileRoutes:
    """The handlers of upload and download URLs.

    Attributes:
        workspace: returns the present workspace; a reset replaces it.
    """

    workspace: Callable[[], Workspace]
    traffic: Traffic
    faults: Faults

    def add_to(self, app: web.Application) -> None:
        """Add both routes."""
        app.router.add_post("/files/upload/{file}", self.upload)
        app.router.add_get("/files/download/{file}/{name}", self.download)

    async def upload(self, request: web.Request) -> web.Response:
        """Accept a file's bytes, as the body or as the only part of a form, unless a fault applies."""
        answer = await fault_effects.with_faults(self.faults, "upload_url", request, self._upload)
        error = None if answer.status == OK else f"http_{answer.status}"
        self.traffic.note("upload", "upload_url", response=answer.text, error=error)
        return answer

    async def _upload(self, request: web.Request) -> web.Response:
        file = self.workspace().files.get(request.match_info["file"])
        if file is None or file.complete:
            return web.Response(status=404, text="no such upload")
        content = await _content(request)
        if len(content) != file.length:
            return web.Response(status=400, text=f"expected {file.length} bytes, got {len(content)}")
        file.content = content
        return web.Response(text=f"OK - {len(content)}")

    async def download(self, request: web.Request) -> web.Response:
        """Return a file's bytes."""
        file = self.workspace().files.get(request.match_info["file"])
        if file is None or file.content is None or file.deleted or not file.complete:
            return web.Response(status=404, text="no such file")
        headers = {"Content-Disposition": "attachment", "X-Content-Type-Options": "nosniff"}
        return web.Response(body=file.content, content_type="application/octet-stream", headers=headers)


async def _content(request: web.Request) -> bytes:
    if request.content_type != "multipart/form-data":
        return await request.read()
    form = await request.post()
    for part in form.values():
        if isinstance(part, web.FileField):
            return part.file.read()
    return b""
