"""Who can unlock the store: the key file beside it, one slot a user, a recovery key on paper, the system's keyring.

``key_file`` is the way in. Nothing here loads a heavy library on import: the unlock window must be up before that.
"""
