"""Who may ask: the page of this run, on this machine, and nobody else."""

import httpx
import pytest

from bot.preview.guard import KEY_HEADER
from bot.preview.running import Preview
from tests.bot.preview.conftest import CAMILLE, Client

pytestmark = pytest.mark.asyncio(loop_scope="module")

POSTED = ("types", "opens", "edits", "presses", "moves", "invents", "sends")
ELSEWHERE = "https://ailleurs.example"


async def posted(preview: Preview, act: str, **headers: str) -> int:
    async with httpx.AsyncClient(base_url=preview.address, trust_env=False) as http:
        body = {"chat": CAMILLE, "text": "merci", "payload": "p07", "to": "day", "commitment": "p07", "message": 1}
        return (await http.post(f"/preview/{act}", json=body, headers=headers)).status_code


@pytest.fixture(autouse=True)
def nothing_came_of_it(preview: Preview) -> None:
    chat = preview.api.world.chats[CAMILLE]
    assert not chat.messages and preview.clock.ahead.total_seconds() == 0


@pytest.mark.parametrize("act", POSTED)
async def test_no_other_site_may_post(preview: Preview, act: str) -> None:
    key = {KEY_HEADER: preview.key}
    port = preview.api.port
    for origin in (ELSEWHERE, "null", f"http://127.0.0.1:{port + 1}", f"https://127.0.0.1:{port}"):
        assert await posted(preview, act, Origin=origin, **key) == 403
    for site in ("cross-site", "same-site"):
        assert await posted(preview, act, **{"Sec-Fetch-Site": site}, **key) == 403


@pytest.mark.parametrize("act", POSTED)
async def test_no_other_name_leads_here(preview: Preview, act: str) -> None:
    port = preview.api.port
    for host in ("ailleurs.example", f"ailleurs.example:{port}", "127.0.0.1", f"127.0.0.1:{port + 1}", ""):
        assert await posted(preview, act, Host=host, **{KEY_HEADER: preview.key}) in {400, 403}


@pytest.mark.parametrize("act", POSTED)
async def test_a_post_has_the_key_of_the_run(preview: Preview, act: str) -> None:
    assert await posted(preview, act) == 403
    assert await posted(preview, act, **{KEY_HEADER: preview.key[:-1]}) == 403


async def test_nobody_else_listens(preview: Preview) -> None:
    async with httpx.AsyncClient(base_url=preview.address, trust_env=False) as http:
        for key, headers in (
            ("", {}),
            ("wrong", {}),
            (preview.key, {"Origin": ELSEWHERE}),
            (preview.key, {"Host": "ailleurs.example"}),
            (preview.key, {"Sec-Fetch-Site": "cross-site"}),
        ):
            answer = await http.get("/preview/stream", params={"key": key}, headers=headers)
            assert answer.status_code == 403 and answer.headers.get("Access-Control-Allow-Origin") is None


async def test_a_link_on_another_site_may_lead_to_the_page_but_cannot_read_it(client: Client) -> None:
    followed = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert (await client.get("/?start=p07", **followed)).status_code == 200
    assert (await client.get("/", **followed | {"Sec-Fetch-Mode": "cors"})).status_code == 403
    assert (await client.get("/", Origin=ELSEWHERE)).status_code == 403
    assert (await client.get("/", Host=f"ailleurs.example:{client.port}")).status_code == 403
    assert (await client.get("/preview.js", **followed)).status_code == 403


async def test_the_page_loads_nothing_from_elsewhere_and_is_framed_by_nobody(client: Client) -> None:
    page = await client.get("/")
    assert client.key in page.text and "http://" not in page.text and "https://" not in page.text
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
    assert page.headers["X-Content-Type-Options"] == "nosniff" and page.headers["Cache-Control"] == "no-store"


async def test_a_picture_on_another_site_makes_nobody_act(preview: Preview) -> None:
    """Such a request has no Origin, and the token of the local server is no secret."""
    addresses = (
        f"/local/says?chat={CAMILLE}&text=merci",
        f"/bot{preview.api.token}/sendMessage?chat_id={CAMILLE}&text=merci",
        "/preview/moves?to=day",
    )
    async with httpx.AsyncClient(base_url=preview.address, trust_env=False) as http:
        for address in addresses:
            assert (await http.get(address, headers={"Sec-Fetch-Site": "cross-site"})).status_code == 403
        assert (await http.get(addresses[0])).status_code == 400
