"""Her case: admission, stays, tasks, papers."""
