"""``python -m experiments.bench``: take every measurement and print it beside the goals."""

import typer

from experiments.bench.command import bench

if __name__ == "__main__":
    typer.run(bench)
