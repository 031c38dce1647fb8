"""OFD (GB/T 33190) read and drawn."""
