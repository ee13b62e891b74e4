"""MISAM Desktop: samverkan between authorities around one person, on an encrypted local store."""

__version__ = "0.1.0"
