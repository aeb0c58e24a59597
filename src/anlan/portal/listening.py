"""Listening sockets: bound before anything is prepared, so that a taken port is said at once."""

import contextlib
import resource
import socket

from anlan.portal.cli.language import _
from anlan.portal.cli.trouble import Trouble


def bound(host: str, port: int) -> socket.socket:
    """A listening socket; a taken port is one clear line."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(1024)
    except OSError as fault:
        listener.close()
        line = _("port {port} on {host} cannot be used: {fault}; choose another one")
        raise Trouble(
            line.format(port=port, host=host, fault=fault.strerror or str(fault))
        ) from None
    except OverflowError:
        listener.close()
        raise Trouble(_("a port is a number from 0 to 65535"), 2) from None
    listener.setblocking(False)
    return listener


def allow_many_files() -> None:
    """As many open connections as the machine lets this process have, not the cautious default."""
    _soft, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def address(web: socket.socket) -> str:
    """The URL at which the pages answer."""
    host, port = web.getsockname()[:2]
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"
