"""What `WireTests` wrote for botocore's protocol cases is read by botocore's own parsers as it was meant."""

import importlib.machinery
import importlib.util
from pathlib import Path

TOOL = Path(__file__).resolve().parents[2] / "Tools" / "protocol-tests"


def test_botocore_reads_every_answer_as_it_was_meant():
    loader = importlib.machinery.SourceFileLoader("protocol_tests", str(TOOL))
    tool = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(tool)
    assert tool.ANSWERS.exists(), "the Swift tests write the answers: Tools/devtool swift-test"
    assert list(tool.failures()) == []
