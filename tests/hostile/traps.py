"""Names that a program in the same folder, or one started from it, would run, load or obey."""

from hostile.case import Trap

_TOUCH = "open('@RAN@', 'w').close()\n"
_RAISE = "raise SystemExit('a stranger ran')\n"
_SHELL = "#!/bin/sh\ntouch '@RAN@'\nexit 1\n"
_JINJA = "{{ cycler.__init__.__globals__.os.popen('touch @RAN@').read() }}"
_CONFIG = f"{_TOUCH}c = get_config()\nc.InteractiveShellApp.exec_lines = [\"open('@RAN@', 'w')\"]\n"

# Modules that Python, its libraries or the kit import; `__init__.py` where the name is that of a package.
MODULES = (
    "sitecustomize", "usercustomize", "multiprocessing", "pickle", "runpy", "json", "socket", "signal", "random",
    "threading", "tempfile", "numpy", "pandas", "matplotlib", "papermill", "typst", "IPython", "ipykernel",
    "ipykernel_launcher", "nbformat", "nbclient", "traitlets", "openpyxl", "docx", "pydantic", "ruamel", "typer",
    "kit", "brief",
)  # fmt: skip
PACKAGES = ("kit", "jupyter", "lab")
PROGRAMS = (
    "python", "python3", "typst", "fc-list", "latex", "git", "sh", "uname", "file", "gcc", "ldconfig", "ipython",
)  # fmt: skip
_NOTEBOOK = (
    '{"cells": [{"cell_type": "code", "id": "a", "metadata": {"tags": ["parameters"]}, "outputs": [], '
    '"execution_count": null, "source": "brief = \\"brief.yaml\\"; open(\'@RAN@\', \'w\')"}], '
    '"metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
)
_SETTINGS = {
    "ipython_config.py": _CONFIG,
    "ipython_kernel_config.py": _CONFIG,
    "profile_default/ipython_config.py": _CONFIG,
    "profile_default/startup/00.py": _TOUCH,
    ".ipython/profile_default/startup/00.py": _TOUCH,
    "jupyter_config.py": _CONFIG,
    "jupyter_nbconvert_config.py": _CONFIG,
    "jupyter_config.json": '{"Exporter": {"template_name": "lab"}}',
    "lab/index.html.j2": _JINJA,
    "lab/conf.json": "{",
    "base/index.html.j2": _JINJA,
    "jupyter/kernels/python3/kernel.json": '{"argv": ["touch", "@RAN@"], "display_name": "x", "language": "python"}',
    "kernels/python3/kernel.json": '{"argv": ["touch", "@RAN@"], "display_name": "x", "language": "python"}',
    "templates/lab/index.html.j2": _JINJA,
    ".env": "PYTHONSTARTUP=@RAN@\nMPLBACKEND=module://brief\n",
    "matplotlibrc": "backend: module://brief\ntext.usetex: True\ntext.latex.preamble: \\input{@SECRET@}\n",
    "pyvenv.cfg": "home = @RAN@\n",
    "python311._pth": "@RAN@\n",
    "brief.typ": '#read("@SECRET@")',
    "fonts/coverage.json": "{",
    "papermill.cfg": "@RAN@",
    "conftest.py": _TOUCH,
    "setup.cfg": "[options]\n",
    "brief.ipynb": _NOTEBOOK,
    "1_business_goal.ipynb": _NOTEBOOK,
    "Makefile": "all:\n\ttouch @RAN@\n",
    "kit-0.dist-info/entry_points.txt": "[nbconvert.exporters]\nframing-pdf = brief:x\n",
    "papermill-9.dist-info/entry_points.txt": "[papermill.engine]\nframing = brief:x\n",
}


def _named(kind: str, path: str, text: str) -> Trap:
    plain = path.strip(".").replace("/", "-").replace(".", "-").lower()
    return Trap(name=f"trap-{kind}-{plain}", kind=kind, path=path, text=text)


TRAPS: tuple[Trap, ...] = (
    *(_named("module", f"{name}.py", _TOUCH + _RAISE) for name in MODULES),
    *(_named("package", f"{name}/__init__.py", _TOUCH + _RAISE) for name in PACKAGES),
    *(_named("program", name, _SHELL) for name in PROGRAMS),
    *(_named("settings", path, text) for path, text in _SETTINGS.items()),
)
