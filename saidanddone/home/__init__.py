"""Where areas meet on one page: the front page, my day, search, status. It reads and never writes."""
