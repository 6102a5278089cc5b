"""What people see: a real server, reached by name on plain http, and a real browser for each of them."""
