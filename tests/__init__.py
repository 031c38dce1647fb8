"""Tests; what several of them share lies in packages beside them."""
