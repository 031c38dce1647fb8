"""A store behind TLS with an authority of one's own."""

import shutil
import ssl
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from records.errors import Unavailable
from records.identity import ObjectKey
from storage.minio_store import MinioObjectStore
from storage.s3_place import S3Place
from tests.s3.proxy import proxy_before

KEY = ObjectKey("a/key")


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate for this machine that signs itself, and its key."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=store"]
    names = ["-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run([openssl, *made, *names, *files], check=True, capture_output=True)
    return certificate, key


def test_an_authority_of_ones_own_is_trusted_and_no_other(
    place: S3Place, certificate: tuple[Path, Path]
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    with proxy_before(f"http://{place.endpoint}", tls=context) as proxy:
        safe = replace(place, endpoint=proxy.endpoint, secure=True)
        trusting = MinioObjectStore(replace(safe, ca=certificate[0]))
        trusting.create(KEY, b"sealed")
        assert trusting.read(KEY) == b"sealed"
        trusting.close()
        wary = MinioObjectStore(safe)
        with pytest.raises(Unavailable, match="store_untrusted"):
            wary.read(KEY)
        with pytest.raises(Unavailable, match="store_untrusted"):
            wary.create(ObjectKey("a/other"), b"never sent")
        wary.close()
