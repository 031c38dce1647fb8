"""The addresses of those who keep the house."""
