"""Checks a notebook against the format's schema, and runs it from top to bottom in Deno's kernel.

Usage: run_notebook.py NOTEBOOK FOLDER
  NOTEBOOK  the file
  FOLDER    folder to run it in: that of the repository
"""

import sys

import nbformat
from nbclient import NotebookClient

ATTEMPTS = 3


def run(path, folder):
    """Runs the notebook; returns the number of its cells, and what a cell lacks of its outputs, or None."""
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    written = [[output.output_type for output in cell.outputs] for cell in code]
    resources = {"metadata": {"path": folder}}
    NotebookClient(notebook, timeout=600, kernel_name="deno", resources=resources).execute()
    for cell, types in zip(code, written):
        out = [output.output_type for output in cell.outputs]
        # What is printed in several calls may come in one output or in several, and what the kernel sends of a
        # value after it has said that the cell is done is not waited for.
        if not set(types) - {"execute_result"} <= set(out) <= set(types):
            return len(code), f"a cell put out {out}, the file has {types}:\n{cell.source}"
    return len(code), None


path, folder = sys.argv[1:]
for attempt in range(ATTEMPTS):
    # An error of a cell ends this at once. On a busy machine the kernel may say that a cell is done before it has
    # sent what the cell printed, which is then lost: the same run prints it the next time.
    cells, lack = run(path, folder)
    if lack is None:
        sys.exit(print(f"{path}: {cells} cells run"))
    print(f"{path}: {lack}", file=sys.stderr)
sys.exit(f"{path}: not all of its outputs came in {ATTEMPTS} runs")
