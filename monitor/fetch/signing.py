"""AWS's Signature Version 4: what a request carries so that AWS knows its sender. botocore is known here alone, and need not be there."""

import importlib.util
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx

from monitor.domain.pages import AwsKeys


def can_sign() -> bool:
    """Whether botocore is installed (`modelwatch[bedrock]`)."""
    return importlib.util.find_spec("botocore") is not None


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs GET requests to one service in one region. Only the parts of botocore that compute: no files, no network, no clock."""

    keys: AwsKeys
    service: str
    region: str

    def headers(self, url: httpx.URL, now: datetime) -> dict[str, str]:
        """The headers that sign a request sent at *now*; AWS takes them for a few minutes."""
        from botocore.auth import SigV4Auth  # noqa: PLC0415  an extra, and slow to import
        from botocore.awsrequest import AWSRequest  # noqa: PLC0415
        from botocore.credentials import Credentials  # noqa: PLC0415

        instant = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        sent = {"X-Amz-Date": instant}
        if self.keys.session_token:
            sent["X-Amz-Security-Token"] = self.keys.session_token
        request = AWSRequest("GET", str(url.copy_with(userinfo=b"", fragment=None)), headers=sent)
        request.context["timestamp"] = instant
        # Step by step, for `add_auth` reads the clock, and writes what it signs to the log.
        auth = SigV4Auth(Credentials(self.keys.access_key, self.keys.secret_key), self.service, self.region)
        signature = auth.signature(auth.string_to_sign(request, auth.canonical_request(request)), request)
        names = auth.signed_headers(auth.headers_to_sign(request))
        return {**sent, "Authorization": f"AWS4-HMAC-SHA256 Credential={auth.scope(request)}, SignedHeaders={names}, Signature={signature}"}
