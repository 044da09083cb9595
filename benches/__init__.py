"""What ./bench measures, each against its stated limit."""
