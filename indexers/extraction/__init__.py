"""Text extraction without a server: own worker processes, one route per type of file."""
