"""Questions put together once for every engine, over one algebra of conditions."""
