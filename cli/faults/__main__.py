import sys

from cli.faults.matrix import main

sys.exit(main(sys.argv[1:]))
