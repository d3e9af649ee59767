"""Checks a notebook against the format's schema, and runs it from top to bottom in Deno's kernel.

Usage: run_notebook.py NOTEBOOK FOLDER
  NOTEBOOK  the file
  FOLDER    folder to run it in: that of the repository
"""

import sys

import nbformat
from nbclient import NotebookClient

path, folder = sys.argv[1:]
notebook = nbformat.read(path, as_version=4)
nbformat.validate(notebook)
code = [cell for cell in notebook.cells if cell.cell_type == "code"]
written = [[output.output_type for output in cell.outputs] for cell in code]
resources = {"metadata": {"path": folder}}
NotebookClient(notebook, timeout=600, kernel_name="deno", resources=resources).execute()
for cell, types in zip(code, written):
    run = [output.output_type for output in cell.outputs]
    # What is printed in several calls may come in one output or in several, and what the kernel sends of a value
    # after it has said that the cell is done is not waited for.
    if not set(types) - {"execute_result"} <= set(run) <= set(types):
        sys.exit(f"{path}: a cell put out {run}, the file has {types}:\n{cell.source}")
print(f"{path}: {len(code)} cells run")
