"""What children and families say, the issues it makes, the replies they get, and what they judge."""
