"""The help: what is done how, task by task."""
