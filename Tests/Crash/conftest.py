"""The fixtures are those of the end-to-end tests."""

import importlib.util
from pathlib import Path

_path = Path(__file__).resolve().parents[1] / "EndToEnd" / "conftest.py"
_spec = importlib.util.spec_from_file_location("end_to_end_conftest", _path)
_module = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_module)
globals().update({name: value for name, value in vars(_module).items() if not name.startswith("_")})
