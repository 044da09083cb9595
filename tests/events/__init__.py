"""Sessions, bookings, attendance and learning."""
