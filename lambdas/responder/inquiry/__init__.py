"""Questions to the world outside: one source a file, each within its time budget."""
