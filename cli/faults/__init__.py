"""What happens to messages when things break: `mwaa-responder faults` plays failures while services and the function fail."""
