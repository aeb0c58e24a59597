"""The ratchets of size: a file past 400 lines asks for a new room, a function past 50 for a name.

Numeric kernels (compiled by Numba) may be 120 lines: they read like their paper.
"""

import ast
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "anlan"
FILE_LINES, FUNCTION_LINES, KERNEL_LINES, PARAMETERS = 400, 50, 120, 7
NUMERIC = ("hazards", "impact", "logistics", "terrain")
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "services", "managers", "misc"}


def files():
    return [p for p in sorted(SOURCE.rglob("*.py")) if "migrations" not in p.parts]


def functions():
    for path in files():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, node


def length_without_docstring(node):
    doc = node.body[0] if ast.get_docstring(node) else None
    doc_lines = (doc.end_lineno - doc.lineno + 1) if doc else 0
    return node.end_lineno - node.lineno + 1 - doc_lines


def is_kernel(path, node):
    names = {n.id for d in node.decorator_list for n in ast.walk(d) if isinstance(n, ast.Name)}
    attributes = {
        n.attr for d in node.decorator_list for n in ast.walk(d) if isinstance(n, ast.Attribute)
    }
    compiled = bool((names | attributes) & {"njit", "jit", "cuda", "numba", "kernel"})
    return path.relative_to(SOURCE).parts[0] in NUMERIC and compiled


def test_no_file_is_longer_than_400_lines():
    long = {
        str(p.relative_to(SOURCE)): n
        for p in files()
        if (n := len(p.read_text(encoding="utf-8").splitlines())) > FILE_LINES
    }
    assert long == {}


def test_no_function_is_longer_than_50_lines():
    long = [
        f"{path.relative_to(SOURCE)}:{node.lineno} {node.name}: {lines}"
        for path, node in functions()
        if (lines := length_without_docstring(node))
        > (KERNEL_LINES if is_kernel(path, node) else FUNCTION_LINES)
    ]
    assert long == []


def test_no_function_takes_more_than_7_parameters():
    many = []
    for path, node in functions():
        a = node.args
        taken = [p.arg for p in (*a.posonlyargs, *a.args, *a.kwonlyargs)]
        if len([t for t in taken if t not in {"self", "cls"}]) > PARAMETERS:
            many.append(f"{path.relative_to(SOURCE)}:{node.lineno} {node.name}")
    assert many == []


def test_folders_are_the_glossary():
    vague = [str(p) for p in SOURCE.rglob("*") if p.stem in FORBIDDEN_NAMES]
    assert vague == []
