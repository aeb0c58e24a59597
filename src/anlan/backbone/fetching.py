"""Asking a foreign web server, which is distrusted: bounded in time, bytes, hops and places.

Only http and https. A name that resolves to an address of a private, local or otherwise special
network is not asked, neither at first nor after a redirect, unless the operator has named the host:
otherwise an address typed into a form would reach what only this machine can reach. The address
that was checked is the one that is connected to. A secret header goes to its own origin alone.
"""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import httpx

from anlan.vocabulary.words import N_

WITHIN_S = 30.0
STEP_S = 10.0
MOST_BYTES = 8 * 1024 * 1024
MOST_HOPS = 3
PORTS = {"http": 80, "https": 443}


SLOW = N_("no answer within %(s)d s")
FAULT = N_("the server cannot be asked: %(why)s")
HOPS = N_("more than %(n)d redirects")
NO_WEB = N_("only http and https addresses without a user name are asked")
PRIVATE = N_("%(host)s lies in a private network (%(address)s) and is not in ANLAN_FEED_HOSTS")
STATUS = N_("the server answered %(status)d %(reason)s")
PACKED = N_("the answer is compressed although that was not asked for")
LARGE = N_("the answer is larger than %(n)d MiB")


class Unreachable(Exception):
    """The server could not be asked, or did not answer as it should.

    `message` says why, to be translated with its parameters.
    """

    def __init__(self, message: str, **parameters: str | int) -> None:
        super().__init__(message % parameters if parameters else message)
        self.message = message
        self.parameters = parameters


class ForbiddenPlace(Unreachable):
    """The address lies where nothing is asked unless the operator allows the host."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: `body` None when nothing has changed since the validators."""

    body: bytes | None
    etag: str
    last_modified: str


def fetch(
    url: str, headers: Mapping[str, str], secret: Mapping[str, str], allowed: Collection[str],
    within_s: float = WITHIN_S,
) -> Answer:  # fmt: skip
    """GET a URL in so many seconds and 8 MiB, over at most three redirects. Blocks its thread.

    `allowed`: hosts (``name`` or ``name:port``) that may lie in a private network. Raises
    `Unreachable`.
    """
    try:
        return asyncio.run(asyncio.wait_for(_fetch(url, headers, secret, allowed), within_s))
    except TimeoutError:
        raise Unreachable(SLOW, s=round(within_s)) from None
    except httpx.TimeoutException:
        raise Unreachable(SLOW, s=round(STEP_S)) from None
    except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as fault:
        raise Unreachable(FAULT, why=str(fault)[:160] or type(fault).__name__) from None


async def _fetch(
    url: str, headers: Mapping[str, str], secret: Mapping[str, str], allowed: Collection[str]
) -> Answer:
    here = httpx.URL(url)
    home = _origin(here)
    # The machine's own store of certificates: a district's services often have its own authority.
    trust = ssl.create_default_context()
    async with httpx.AsyncClient(timeout=STEP_S, trust_env=False, verify=trust) as client:
        for _hop in range(MOST_HOPS + 1):
            request = await _request(client, here, headers, allowed)
            if _origin(here) == home:
                request.headers.update(secret)
            answer = await client.send(request, stream=True)
            try:
                if answer.has_redirect_location:
                    here = here.join(answer.headers["Location"])
                    continue
                return await _read(answer)
            finally:
                await answer.aclose()
    raise Unreachable(HOPS, n=MOST_HOPS)


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


async def _request(
    client: httpx.AsyncClient, url: httpx.URL, headers: Mapping[str, str], allowed: Collection[str]
) -> httpx.Request:
    """A request to the address that was looked at, under the name that was asked."""
    if url.scheme not in PORTS or not url.host or url.userinfo:
        raise ForbiddenPlace(NO_WEB)
    port = url.port or PORTS[url.scheme]
    addresses = await _addresses(url.host, port)
    if not {url.host, f"{url.host}:{port}"} & set(allowed):
        for address in addresses:
            if not is_public(address):
                raise ForbiddenPlace(PRIVATE, host=url.host, address=address)
    sent = {"Accept-Encoding": "identity", "User-Agent": "Anlan", **headers,
            "Host": url.netloc.decode()}  # fmt: skip
    return client.build_request(
        "GET", url.copy_with(host=addresses[0]), headers=sent,
        extensions={"sni_hostname": url.host},
    )  # fmt: skip


async def _addresses(host: str, port: int) -> list[str]:
    """Every address of a host; those of IPv4 first, which reach further in most offices."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(one[4][0]) for one in sorted(found, key=lambda one: one[0] != socket.AF_INET)]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the internet at large."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return ip.is_global and not ip.is_multicast


async def _read(answer: httpx.Response) -> Answer:
    etag = answer.headers.get("ETag", "")[:200]
    modified = answer.headers.get("Last-Modified", "")[:60]
    if answer.status_code == httpx.codes.NOT_MODIFIED:
        return Answer(None, etag, modified)
    if answer.status_code != httpx.codes.OK:
        reason = answer.reason_phrase[:60]
        raise Unreachable(STATUS, status=answer.status_code, reason=reason)
    if answer.headers.get("Content-Encoding", "identity") != "identity":
        raise Unreachable(PACKED)
    body = bytearray()
    async for chunk in answer.aiter_raw():
        body += chunk
        if len(body) > MOST_BYTES:
            raise Unreachable(LARGE, n=MOST_BYTES // 2**20)
    return Answer(bytes(body), etag, modified)
