"""From evidence to one root cause: a catalogue of rules, one cause a file, and the order among them."""
