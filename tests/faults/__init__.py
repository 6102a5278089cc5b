"""Faults injected from outside: a real server, real sockets, nothing of the product imported."""
