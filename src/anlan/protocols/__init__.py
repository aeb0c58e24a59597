"""How devices and systems speak; bytes in, messages out, no sockets."""
