"""What serves developers: the demonstration, its database, the programs that start and stop it."""
