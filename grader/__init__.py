"""The grader: text in, marks out. No clock, environment, files, network, Flask or database."""
