"""Sessions that practitioners book: places, waiting lists, attendance, certificates, learning."""
