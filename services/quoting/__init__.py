"""Passages as evidence: cited under an address that stays true, collected, their places told."""
