"""How every register of the house is listed, searched, typed in and taken out: one declaration."""
