"""Settings, wiring and the command line: the only importer of adapters."""
