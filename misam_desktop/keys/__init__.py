"""Who can unlock the store: the key file beside it, one slot a user, a recovery key on paper, the system's keyring."""
