"""Users, organisations, posts and roles: who somebody is, and for whom they act today."""
