"""``python -m bot.localapi --port N [--faults JSON] [--limits]``: the server on its own, for tests from outside."""

import argparse
import asyncio
import json
import signal
import sys

from bot.localapi.api import LocalBotApi
from bot.localapi.faults import Faults


def main() -> int:
    """Serve until SIGINT or SIGTERM; one line of JSON on standard output says the token and the address."""
    called = _parser().parse_args()
    try:
        faults = Faults.from_json(json.loads(called.faults))
    except (ValueError, TypeError, AttributeError) as error:
        print(f"python -m bot.localapi: --faults: {error}", file=sys.stderr)
        return 2
    try:
        asyncio.run(_serve(called.port, faults, limits=called.limits))
    except OSError as error:
        print(f"ERROR: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot.localapi", description="A Bot API server on 127.0.0.1.")
    parser.add_argument("--port", type=int, default=8081, help="where to listen; 0 for any free port")
    parser.add_argument("--faults", metavar="JSON", default="{}", help='such as \'{"rates": {"429": 0.01}}\'')
    parser.add_argument("--limits", action="store_true", help="refuse messages beyond Telegram's limits")
    return parser


async def _serve(port: int, faults: Faults, *, limits: bool) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    api = LocalBotApi(port=port)
    api.faults = faults
    if limits:
        api.enforce_limits()
    async with api:
        print(json.dumps({"token": api.token, "api_url": api.base_url, "root_url": api.root_url}), flush=True)
        await stop.wait()


if __name__ == "__main__":
    sys.exit(main())
