"""The builder against a small index of our own on loopback."""

import gzip
import hashlib
import io
import json
import sqlite3
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from cli.knowledge import build, import_table
from cli.knowledge.wheels import NoWheel, Wheels


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


def wheel(files: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return content.getvalue()


def pigar_data(folder: Path, rows: list[tuple[str, str]]) -> bytes:
    file = folder / "data.sqlite3"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE distributions (id INTEGER PRIMARY KEY, name VARCHAR)")
        connection.execute(
            "CREATE TABLE top_level_module_names (id INTEGER PRIMARY KEY, distribution_id INTEGER, name VARCHAR)"
        )
        for number, (name, module) in enumerate(rows):
            connection.execute("INSERT INTO distributions VALUES (?, ?)", (number, name))
            connection.execute("INSERT INTO top_level_module_names VALUES (?, ?, ?)", (number, number, module))
    return file.read_bytes()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "index"
    folder.mkdir()
    return folder


@pytest.fixture
def index(root: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root)))
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def publish(
    root: Path,
    name: str,
    files: dict[str, bytes],
    *,
    tag: str = "py3-none-any",
    version: str = "1.0",
    sha256: str | None = None,
) -> None:
    content = wheel(files)
    file = f"{name.replace('-', '_')}-{version}-{tag}.whl"
    folder = root / name
    folder.mkdir(exist_ok=True)
    (folder / file).write_bytes(content)
    page = folder / "index.html"
    link = f'<a href="{file}#sha256={sha256 or hashlib.sha256(content).hexdigest()}">{file}</a>'
    page.write_text((page.read_text() if page.exists() else "") + link)


def test_reads_what_a_wheel_holds_without_installing_it(root: Path, index: str, tmp_path: Path) -> None:
    publish(root, "acme-tools", {"acme/__init__.py": b"", "acme/x.py": b""})
    wheels = Wheels(index, tmp_path / "kept")
    assert wheels.listing(wheels.newest("acme-tools")) == ["acme/__init__.py", "acme/x.py"]


def test_takes_the_newest_final_wheel_that_an_image_can_install(root: Path, index: str, tmp_path: Path) -> None:
    for version, tag in [
        ("1.0", "py3-none-any"),
        ("1.9", "cp312-cp312-manylinux_2_28_x86_64"),
        ("2.0rc1", "py3-none-any"),
        ("2.0", "cp312-cp312-win_amd64"),
        ("3.0", "cp313-cp313-manylinux_2_28_x86_64"),
    ]:
        publish(root, "acme", {"a.py": b""}, version=version, tag=tag)
    assert Wheels(index, tmp_path / "kept").newest("acme").version == "1.9"


def test_a_wheel_that_is_not_what_the_index_says_is_refused(root: Path, index: str, tmp_path: Path) -> None:
    publish(root, "acme", {"a.py": b""}, sha256="0" * 64)
    wheels = Wheels(index, tmp_path / "kept")
    with pytest.raises(NoWheel, match="not what the index says"):
        wheels.whole(wheels.newest("acme"))


def test_the_import_table_is_made_of_wanted_distributions_only(root: Path, index: str, tmp_path: Path) -> None:
    rows = [
        ("pandas", "pandas"),
        ("pandas", "tests"),
        ("evil-pandas", "pandas"),
        ("polars", "polars"),
        ("Google-Cloud-Bigquery", "google"),
        ("stranger", "stranger"),
    ]
    publish(root, "pigar", {"pigar/.db.sqlite3": pigar_data(tmp_path, rows)})
    publish(
        root,
        "google-cloud-bigquery",
        {"google/cloud/bigquery/__init__.py": b"", "google/cloud/bigquery/client.py": b""},
    )
    modules = import_table.build(Wheels(index, tmp_path / "kept"), "2026-11-24")["modules"]
    assert modules["pandas"] == {"d": ["pandas"]}
    assert modules["polars"] == {"d": ["polars"]}
    assert modules["google.cloud.bigquery"] == {"d": ["google-cloud-bigquery"]}
    assert modules["google"] == {"d": ["google-cloud-bigquery"], "n": 1}
    assert not {"tests", "stranger"} & set(modules)


def test_an_index_without_the_packages_is_one_sentence_and_status_2(
    index: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build.main(["refresh", "--index", index, "--target", str(tmp_path), "--cache", str(tmp_path / "kept")]) == 2
    assert "is not on the index" in capsys.readouterr().err
    assert not list(tmp_path.glob("*.gz"))


@pytest.mark.online
def test_the_shipped_import_table_can_be_made_again(tmp_path: Path) -> None:
    from pypi_simple import PYPI_SIMPLE_ENDPOINT
    from responder.knowledge import imports

    try:
        made = import_table.build(Wheels(PYPI_SIMPLE_ENDPOINT, tmp_path), "2026-11-24")["modules"]
    except OSError as error:
        pytest.skip(f"the package index cannot be reached: {type(error).__name__}")
    shipped = json.loads(gzip.decompress((Path(imports.__file__).parent / imports.TABLE).read_bytes()))["modules"]
    assert len(set(shipped) & set(made)) > 0.9 * len(shipped)
