"""Text extraction by Tika servers, with the embedded routes where they know more."""
