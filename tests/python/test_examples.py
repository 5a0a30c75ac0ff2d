# SPDX-License-Identifier: Apache-2.0
"""Each example runs as it stands, and the lines of Python that the README and docs/integrations.md show."""
import os
import re
import shutil
import subprocess
import sys

import pytest

from conftest import ROOT

EXAMPLES = sorted(p for p in (ROOT / "examples/python").glob("*.py"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.name)
def test_example(path, tmp_path):
    out = subprocess.run([sys.executable, str(path)], cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert out.returncode == 0, out.stderr
    assert out.stdout.strip()


@pytest.mark.parametrize("page", ["README.md", "docs/integrations.md", "python/README.md"])
def test_lines_of_a_page(page, tmp_path):
    """The python blocks of a page, one after the other, as a reader would type them, beside the examples' articles."""
    blocks = re.findall(r"^```python\n(.*?)^```", (ROOT / page).read_text(encoding="utf-8"), re.S | re.M)
    assert blocks or page == "README.md"
    shutil.copytree(ROOT / "examples/storyline", tmp_path / "articles")
    program = tmp_path / "page.py"
    program.write_text("\n".join(b for b in blocks if "needs pyspark" not in b), encoding="utf-8")
    out = subprocess.run([sys.executable, str(program)], cwd=tmp_path, capture_output=True, text=True, timeout=300, env=dict(os.environ))
    assert out.returncode == 0, out.stderr
