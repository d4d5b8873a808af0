"""One file = one `/incident` command that looks back at many incidents."""
