"""An Instagram account as a wall. "Instagram Platform › Content Publishing" (Meta, v23): a container is made for each
picture, which Meta fetches by itself from an address that anybody can open (JPEG, sides from 4:5 to 1.91:1); when its
`status_code` is FINISHED it is published. A post without a picture can't be. 100 posts in 24 hours.

"› IG Media", deleting: `DELETE /<media>` takes a post away where the account is connected by Facebook Login and the
token has `instagram_manage_contents`; elsewhere a person does it. A caption can't be changed.
"""

import asyncio
from typing import Any

import httpx

from services.notifier.posting import LostError, NotNowError, NotPosted, Post, Posted
from services.notifier.senders.page.wall import GONE, LOOK_BACK, Graph, code_of, id_of, listed

CAPTION_LIMIT = 2200
MOST_PICTURES = 10
READY_SECONDS = 20.0
"""How long the fetching of pictures is waited for; what is not ready then is begun anew later. Nothing stands yet."""
_MAY_NOT = frozenset({"3", "10", "200"})
"""The token lacks a permission: waiting changes nothing, and the post must not stand any longer."""
_LIMIT = (9, 2207042)
"""So many posts a day."""


class InstagramWall:
    def __init__(
        self, client: httpx.AsyncClient, api_url: str, account_id: str, access_token: str, *, look: float = 1.0
    ) -> None:
        """`look`: seconds between two looks at a container."""
        self._graph = Graph(client, api_url, access_token)
        self._account = account_id
        self._look = look

    async def post(self, post: Post) -> Posted | NotPosted:
        if not post.links:
            return NotPosted("needs_picture")
        caption = {"caption": post.text[:CAPTION_LIMIT]}
        links = post.links[:MOST_PICTURES]
        if len(links) == 1:
            container = await self._container({"image_url": links[0], **caption})
        else:
            children = [await self._container({"image_url": one, "is_carousel_item": True}) for one in links]
            if any(child is None for child in children):
                return NotPosted("picture_refused")
            container = await self._container({"media_type": "CAROUSEL", "children": children, **caption})
        if container is None:
            return NotPosted("picture_refused")
        answer = await self._graph.ask("POST", f"{self._account}/media_publish", json={"creation_id": container})
        if "error" in answer:
            if code_of(answer) == _LIMIT:
                raise NotNowError("daily_limit")
            return NotPosted("refused")
        name = id_of(answer)
        return Posted(name, await self._link(name))

    async def _container(self, what: dict[str, Any]) -> str | None:
        """Once it is ready; None: Meta does not take the picture. Nothing stands yet: a lost answer does no harm."""
        try:
            answer = await self._graph.ask("POST", f"{self._account}/media", json=what)
            if "error" in answer:
                return None
            name = id_of(answer)
            async with asyncio.timeout(READY_SECONDS):
                while True:
                    status = await self._graph.ask("GET", name, params={"fields": "status_code"})
                    code = status.get("status_code")
                    if code in ("FINISHED", "PUBLISHED"):
                        return name
                    if code != "IN_PROGRESS":
                        return None
                    await asyncio.sleep(self._look)
        except (LostError, TimeoutError) as error:
            raise NotNowError(type(error).__name__) from error

    async def _link(self, media: str) -> str | None:
        """It stands already: without its address the fact is still one."""
        try:
            answer = await self._graph.ask("GET", media, params={"fields": "permalink"})
        except (LostError, NotNowError):
            return None
        link = answer.get("permalink")
        return link if isinstance(link, str) and link.startswith("https://") else None

    async def find(self, post: Post) -> Posted | None:
        wanted = {"fields": "id,caption,permalink", "limit": LOOK_BACK}
        answer = await self._graph.ask("GET", f"{self._account}/media", params=wanted)
        for one in listed(answer):
            if one.get("caption") == post.text[:CAPTION_LIMIT]:
                return Posted(id_of(one), one.get("permalink"))
        return None

    async def withdraw(self, post: str, text: str) -> str:
        del text
        try:
            answer = await self._graph.ask("DELETE", post)
        except NotNowError as error:
            if str(error) in _MAY_NOT:
                return "by_hand"
            raise
        return "deleted" if "error" not in answer or code_of(answer) == GONE else "by_hand"
