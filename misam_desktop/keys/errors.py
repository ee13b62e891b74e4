"""What can be wrong with a password or a key file; four different things, four different sentences."""

from __future__ import annotations

from misam_desktop.domain.errors import UserError, WorldError


class WrongPassword(UserError):
    """The password does not open the user's slot; an unknown user reads the same."""

    code = "wrong_password"


class PasswordTooShort(UserError):
    """A password has at least twelve characters."""

    code = "password_too_short"


class PasswordCommon(UserError):
    """The password is one of those that are tried first."""

    code = "password_common"


class RecoveryKeyMistyped(UserError):
    """A group of the recovery key does not fit its check character; ``group`` counts from 1."""

    code = "recovery_key_mistyped"


class RecoveryKeyWrong(UserError):
    """The recovery key is well formed but belongs to another store."""

    code = "recovery_key_wrong"


class UserHasSlot(UserError):
    """The login is already taken."""

    code = "user_has_slot"


class KeyFileMissing(WorldError):
    """There is no key file beside the store."""

    code = "key_file_missing"


class KeyFileForeign(WorldError):
    """The key file belongs to another store, or was changed outside the program."""

    code = "key_file_foreign"


class KeyFileDamaged(WorldError):
    """The key file cannot be read."""

    code = "key_file_damaged"


class KeyFileTooNew(WorldError):
    """A newer program has written the key file."""

    code = "key_file_too_new"
