"""``python -m experiments`` is ``backchannel``."""

from experiments.command import main

if __name__ == "__main__":
    main(prog_name="backchannel")
