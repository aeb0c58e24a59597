"""A loudspeaker post speaks what its key signed, once, and answers with a receipt."""

import asyncio
import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime
from typing import Any

import httpx
import pytest

from anlan.simulators.loudspeaker import LARGEST_BODY, LoudspeakerPost
from anlan.vocabulary import clock
from anlan.vocabulary.clock import CHINA, DrillClock
from anlan.vocabulary.levels import Standing

NOW = datetime(2020, 8, 19, 20, 10, tzinfo=CHINA)
KEY = "post 17"
TEXT = "洪水预警:请立即转移。"


def signed(*parts: str) -> str:
    return hmac.new(KEY.encode(), "\n".join(parts).encode(), hashlib.sha256).hexdigest()


def order(**changed: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {"id": "m-1", "text": TEXT, "standing": "Exercise"} | changed
    said = (str(fields["id"]), str(fields["standing"]), str(fields["text"]))
    return {"signature": signed(*said)} | fields


Ask = Callable[[str, Callable[[httpx.AsyncClient], Any]], Any]


def at_post(
    asks: list[Callable[[httpx.AsyncClient], Any]], post: LoudspeakerPost | None = None
) -> tuple[LoudspeakerPost, list[httpx.Response]]:
    clock.use(DrillClock(NOW))
    post = post or LoudspeakerPost("17", KEY)

    async def run() -> list[httpx.Response]:
        await post.listen()
        base = f"http://127.0.0.1:{post.port}"
        async with httpx.AsyncClient(base_url=base, trust_env=False) as client:
            answers = [await ask(client) for ask in asks]
        post.close()
        return answers

    return post, asyncio.run(run())


def play(**changed: Any) -> Callable[[httpx.AsyncClient], Any]:
    return lambda client: client.post("/play", json=order(**changed))


def test_a_signed_order_is_spoken_and_receipted() -> None:
    post, (answer,) = at_post([play()])
    assert answer.status_code == 200
    receipt = answer.json()
    assert receipt["id"] == "m-1"
    assert receipt["played_at"] == NOW.isoformat()
    assert receipt["seconds"] == round(len(TEXT) / 4, 1)
    said = (receipt["id"], receipt["played_at"], str(receipt["seconds"]))
    assert receipt["signature"] == signed(*said)
    assert [(p.text, p.standing) for p in post.played.values()] == [(TEXT, Standing.EXERCISE)]


def test_the_same_order_again_is_spoken_once_and_receipted_again() -> None:
    post, (first, second) = at_post([play(), play()])
    assert first.json() == second.json()
    assert len(post.played) == 1


@pytest.mark.parametrize(
    ("ask", "status"),
    [
        (play(signature="0" * 64), 403),
        (play(signature="ü"), 403),
        (play(standing="Real"), 422),
        (play(text=7), 400),
        (lambda client: client.post("/play", content=b"{"), 400),
        (lambda client: client.post("/play", json=[1]), 400),
        (lambda client: client.post("/play", content=b"x" * (LARGEST_BODY + 1)), 413),
        (lambda client: client.post("/stop", json=order()), 404),
        (lambda client: client.get("/play"), 405),
    ],
)
def test_what_is_not_a_signed_order_is_not_spoken(
    ask: Callable[[httpx.AsyncClient], Any], status: int
) -> None:
    post, (answer,) = at_post([ask])
    assert answer.status_code == status
    assert "error" in answer.json()
    assert post.played == {}


def test_an_id_that_was_another_text_is_a_conflict() -> None:
    post, (_, answer) = at_post([play(), play(text="别的")])
    assert answer.status_code == 409
    assert [p.text for p in post.played.values()] == [TEXT]


def test_a_post_for_the_real_thing_does_not_speak_an_exercise() -> None:
    real = LoudspeakerPost("17", KEY, frozenset({Standing.ACTUAL}))
    post, (answer,) = at_post([play()], real)
    assert answer.status_code == 422
    assert post.played == {}


def test_a_client_that_leaves_in_the_middle_does_no_harm() -> None:
    async def half(client: httpx.AsyncClient) -> None:
        host, port = client.base_url.host, client.base_url.port
        _, writer = await asyncio.open_connection(host, port)
        writer.write(b"POST /play HTTP/1.1\r\nContent-Length: 50\r\n\r\n{")
        await writer.drain()
        writer.close()

    _, (_, answer) = at_post([half, play()])
    assert answer.status_code == 200
