"""What lies on a disk or a stick: files written whole, folders entered without following links."""
