"""What can be wrong with a password, a recovery key or a key file: one class a cause, one sentence a class."""

from __future__ import annotations

from misam_desktop.domain.errors import UserError, WorldError


class WrongPassword(UserError):
    """The password does not open the user's slot; an unknown user reads the same."""

    code = "wrong_password"


class PasswordTooShort(UserError):
    """The password has fewer characters than ``least``."""

    code = "password_too_short"


class PasswordCommon(UserError):
    """The password is made of what is tried first."""

    code = "password_common"


class RecoveryKeyMistyped(UserError):
    """A group of the recovery key does not fit its check symbol; ``group`` counts from 1."""

    code = "recovery_key_mistyped"


class RecoveryKeyWrong(UserError):
    """The recovery key is well formed but belongs to another store, or has been replaced."""

    code = "recovery_key_wrong"


class UserHasSlot(UserError):
    """The login, or the user, is already in the key file."""

    code = "user_has_slot"


class KeyFileMissing(WorldError):
    """There is no key file beside the store; ``file`` is the name it should have."""

    code = "key_file_missing"


class KeyFileForeign(WorldError):
    """The key file belongs to another store, or was changed by somebody without the store key."""

    code = "key_file_foreign"


class KeyFileDamaged(WorldError):
    """The content is not, or no longer, what the program wrote."""

    code = "key_file_damaged"


class KeyFileTooNew(WorldError):
    """A newer program has written the key file."""

    code = "key_file_too_new"


class KeyFileUnreadable(WorldError):
    """The key file is there, but the disk or its permissions do not let it be read."""

    code = "key_file_unreadable"


class KeyFileNotWritten(WorldError):
    """The disk did not take the key file for certain; the old one or the new one lies there, whole."""

    code = "key_file_not_written"


class KeyFileChanged(WorldError):
    """Another key file lies there than the one the change was made from; it is untouched."""

    code = "key_file_changed"


class MemoryShort(WorldError):
    """The machine has not the ``mib`` mebibytes free that checking a password takes."""

    code = "memory_short"
