"""An image's lists become the one file that the responder reads."""

import gzip
import json

import pytest

from cli.knowledge.images import main

LISTS = {
    "airflow_constraints.txt": "# made by Airflow\nPandas==2.1.4\nunicodecsv==0.14.1\n",
    "essential_constraints.txt": "celery==5.4.0\n",
    "python_packages.txt": "boto3==1.35.0\nnot a pin\n",
    "system_packages.txt": "openssl-libs-3.0.8\n",
}


@pytest.fixture
def source(tmp_path):
    def made(version):
        folder = tmp_path / "source" / version
        folder.mkdir(parents=True)
        for name, text in LISTS.items():
            (folder / name).write_text(text)
        return str(folder.parent)

    return made


def test_an_image_is_what_its_lists_say(source, tmp_path):
    assert main([source("2.10.3"), "--target", str(tmp_path)]) == 0
    assert json.loads(gzip.decompress((tmp_path / "2.10.3.json.gz").read_bytes())) == {
        "python": "3.11.9",
        "pins": {"pandas": "2.1.4", "unicodecsv": "0.14.1"},
        "essential": {"celery": "5.4.0"},
        "preinstalled": {"boto3": "1.35.0"},
        "system": {"openssl-libs": "3.0.8"},
        "stubs": [{"name": "unicodecsv", "version": "0.14.1", "requires": [], "requires_python": None}],
    }


@pytest.mark.parametrize("version", ["9.9.9", "notes"])
def test_an_image_without_a_python_is_not_left_out_in_silence(source, tmp_path, capsys, version):
    with pytest.raises(SystemExit):
        main([source(version), "--target", str(tmp_path)])
    assert f"no Python for {version}" in capsys.readouterr().err
