"""What people type in this area: words, answers about them, replies and judgements."""
