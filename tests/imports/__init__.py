"""The import as people run it: the command line, on folders of real and hostile files."""
