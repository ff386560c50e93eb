"""The methods of the Bot API by family. Each family gives a table from method to function."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from bot.localapi.calls import Call

Method: TypeAlias = Callable[[Call], Any | Awaitable[Any]]
Methods: TypeAlias = dict[str, Method]
