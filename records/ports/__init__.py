"""The ports: what the domain and the use cases need of the world, one protocol per module."""
