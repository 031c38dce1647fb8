"""Makes a bucket: the one thing that is done before a store can be opened."""

from records.errors import Refused
from storage.object_lock import ObjectLock
from storage.s3_faults import translated
from storage.s3_place import S3Place, client, connections

_TIMEOUT_S = 30.0


def make_bucket(place: S3Place, *, object_lock: bool) -> bool:
    """Make the bucket of `place` unless it is there; whether it was made.

    Object lock can be given to a new bucket only: raises Refused (``store_no_object_lock``) for one
    that is there without. Raises Unavailable as every call on S3.
    """
    http = connections(place, count=1, timeout_s=_TIMEOUT_S)
    try:
        with translated(place.bucket):
            s3 = client(place, http)
            if not s3.bucket_exists(place.bucket):
                s3.make_bucket(place.bucket, object_lock=object_lock)
                return True
        if object_lock and not ObjectLock(place, s3).is_on:
            raise Refused("store_no_object_lock", bucket=place.bucket)
        return False
    finally:
        http.clear()
