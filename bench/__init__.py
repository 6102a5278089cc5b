"""Measurements against a real server in a process of its own. See bench/README.md."""
