"""What a request passes before a route sees it: who asks, how much, and whose turn it is."""
