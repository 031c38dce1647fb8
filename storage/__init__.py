"""Object stores, and what stands on them: chains, blobs, claims, outbox."""
