"""``python -m anlan.portal.cli`` is ``anlan``."""

import sys

from anlan.portal.cli import main

sys.exit(main())
