"""Makes a bucket: the one thing that is done before a store can be opened."""

from storage.s3_faults import translated
from storage.s3_place import S3Place, client, connections

_TIMEOUT_S = 30.0


def make_bucket(place: S3Place, *, object_lock: bool) -> bool:
    """Make the bucket of `place` unless it is there; whether it was made.

    Object lock can be given to a new bucket only. Raises Unavailable as every call on S3.
    """
    http = connections(place, count=1, timeout_s=_TIMEOUT_S)
    try:
        with translated(place.bucket):
            s3 = client(place, http)
            if s3.bucket_exists(place.bucket):
                return False
            s3.make_bucket(place.bucket, object_lock=object_lock)
            return True
    finally:
        http.clear()
