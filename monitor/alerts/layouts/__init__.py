"""A message as each service lays it out itself; pure."""
