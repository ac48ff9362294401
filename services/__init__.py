"""Use cases: functions over a session that call the grader; they flush and never commit."""
