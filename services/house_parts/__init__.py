"""Use cases that belong together, as the house holds them: no room knows how they are bundled."""
