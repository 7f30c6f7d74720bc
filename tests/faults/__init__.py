"""Power cuts, failing disks and damaged files, at every place where the store writes."""
