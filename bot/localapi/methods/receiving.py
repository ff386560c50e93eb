"""How the bot hears: getUpdates, or a webhook."""

import re
from urllib.parse import urlsplit

from bot.localapi.calls import Call
from bot.localapi.entities import Json
from bot.localapi.errors import BadRequestError
from bot.localapi.methods import Methods
from bot.localapi.updates import Updates
from bot.localapi.webhook import Webhook

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


class Receiving:
    """The methods by which updates reach the bot."""

    def __init__(self, updates: Updates, webhook: Webhook) -> None:
        self._updates = updates
        self._webhook = webhook

    def methods(self) -> Methods:
        """Return the table of this family."""
        return {
            "getUpdates": self._updates.poll,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._get_webhook_info,
        }

    def _set_webhook(self, call: Call) -> bool:
        url, secret = call.text("url"), call.text("secret_token")
        if not url:
            return self._delete_webhook(call)
        parts = urlsplit(url)
        if parts.scheme != "https" and parts.hostname != "127.0.0.1":
            raise BadRequestError("bad webhook: An HTTPS URL must be provided for webhook")
        if secret and not _SECRET.fullmatch(secret):
            raise BadRequestError("secret token contains unallowed characters")
        self._updates.allow(call.nested("allowed_updates"))
        self._forget_if_asked(call)
        self._webhook.max_connections = call.integer("max_connections", 40)
        self._webhook.start(url, secret)
        return True

    def _delete_webhook(self, call: Call) -> bool:
        self._forget_if_asked(call)
        self._webhook.stop()
        return True

    def _forget_if_asked(self, call: Call) -> None:
        if call.flag("drop_pending_updates"):
            self._updates.drop()

    def _get_webhook_info(self, call: Call) -> Json:
        del call
        info: Json = {
            "url": self._updates.webhook_url,
            "has_custom_certificate": False,
            "pending_update_count": self._updates.pending,
        }
        if self._updates.webhook_url:
            info["max_connections"] = self._webhook.max_connections
        if self._updates.allowed:
            info["allowed_updates"] = sorted(self._updates.allowed)
        if self._webhook.last_error:
            info["last_error_message"] = self._webhook.last_error
        return info
