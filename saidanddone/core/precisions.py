"""How exactly the day of something long ago is known; `historic` in ui/filters says it so."""

PRECISIONS = [("day", "day"), ("month", "month"), ("season", "season"), ("year", "year"),
              ("unknown", "not known")]  # fmt: skip
