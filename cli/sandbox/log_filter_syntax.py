"""What the kinds of filter patterns have in common."""


class BadPattern(Exception):
    """CloudWatch Logs would not take this filter pattern; says why."""
