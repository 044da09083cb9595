"""The states of a file that was read from a public register: verb → from, to."""

# Register file
READ = "read"
IMPORTED = "imported"
UNDONE = "undone"

REGISTER_FILE = {
    "import_register": ({READ}, IMPORTED),
    "undo_register": ({IMPORTED}, UNDONE),
}
