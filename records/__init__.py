"""The domain, pure: records, kinds, workflow, access, queries, errors and ports."""
