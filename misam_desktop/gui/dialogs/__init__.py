"""One file a dialog that several screens open: its declared form, and the command it ends in."""
