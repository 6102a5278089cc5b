"""Kanvas Mitra: a Business Model Canvas workshop tool for training centres and industry partners."""

__version__ = "0.1.0"
