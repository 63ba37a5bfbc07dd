import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st
from responder.requirements.decoding import Unreadable
from responder.requirements.lines import Form, parse, read

READS = {
    "a pin": ("pandas==2.1.4\n", [(1, Form.REQUIREMENT, "pandas")]),
    "spaces, extras, a marker": ("requests [socks] >= 2.0 , < 3 ; python_version >= '3.8'\n", [(1, Form.REQUIREMENT, "requests")]),
    "a comment behind": ("pandas==2.1.4\t# newest\n", [(1, Form.REQUIREMENT, "pandas")]),
    "a hash sign inside an address is no comment": ("acme @ https://example.com/acme-1.0.tar.gz#sha256=abc\n", [(1, Form.REFERENCE, "acme")]),
    "lines joined by a backslash": ("pandas \\\n  ==2.1.4\nrequests\n", [(1, Form.REQUIREMENT, "pandas"), (3, Form.REQUIREMENT, "requests")]),
    "a comment ends a joined line": ("pandas==2.1.4 \\\n# why \\\nrequests\n", [(1, Form.REQUIREMENT, "pandas"), (3, Form.REQUIREMENT, "requests")]),
    "a constraint": ('--constraint "https://example.com/c.txt"\n', [(1, Form.OPTION, "--constraint")]),
    "an option's short form": ("-c c.txt\n-ic:/x\n-e .\n", [(1, Form.OPTION, "--constraint"), (2, Form.OPTION, "--index-url"), (3, Form.OPTION, "--editable")]),
    "an option with an equals sign": ("--extra-index-url=https://example.com/simple\n", [(1, Form.OPTION, "--extra-index-url")]),
    "two options on one line": ("-i https://example.com/simple --trusted-host example.com\n", [(1, Form.OPTION, "--index-url")]),
    "an option that lacks its value": ("--constraint\n-r\n", [(1, Form.INVALID, None), (2, Form.INVALID, None)]),
    "a quote that is not closed": ('-c "c.txt\n', [(1, Form.INVALID, None)]),
    "what pip passes over": ("- pandas\n", [(1, Form.INVALID, "-")]),
    "addresses that pip does not fetch": ("s3://bucket/x-1.0-py3-none-any.whl\nx @ ssh://git@example.com/x.git\n", [(1, Form.INVALID, None), (2, Form.INVALID, None)]),
    "a repository without git+": ("https://example.com/team/x.git@v1\ngit@example.com:team/x.git\nhttps://github.com/team/x\n", [(1, Form.INVALID, None), (2, Form.INVALID, None), (3, Form.INVALID, None)]),
    "an archive in a repository": ("https://github.com/team/x/archive/v1.zip\nx @ https://example.com/x.git/v1.zip\n", [(1, Form.REFERENCE, None), (2, Form.REFERENCE, "x")]),
    "a comment of another language": ("// clients\n/* clients */\nread and/or write\n", [(1, Form.INVALID, None), (2, Form.INVALID, None), (3, Form.INVALID, None)]),
    "an option that pip has only on its command line": ("--upgrade\n", [(1, Form.INVALID, None)]),
    "a version control address": ("git+https://example.com/acme.git@v1\n", [(1, Form.REFERENCE, None)]),
    "a wheel": ("/usr/local/airflow/plugins/acme-1.0-py3-none-any.whl\n./x.whl\nacme-1.0.tar.gz\n", [(1, Form.PATH, None), (2, Form.PATH, None), (3, Form.PATH, None)]),
    "no requirement": ("<<<<<<< HEAD\n", [(1, Form.INVALID, None)]),
    "one equals sign": ("pandas=2.1.4\n", [(1, Form.INVALID, None)]),
    "a bad marker": ("pandas; python_verion > '3'\n", [(1, Form.INVALID, None)]),
    "thousands of digits": (f"pandas=={'9' * 5000}\n", [(1, Form.INVALID, None)]),
    "blank lines": ("\n  \n# only this\n", [(1, Form.BLANK, None), (2, Form.BLANK, None), (3, Form.BLANK, None)]),
    "no newline at the end": ("pandas", [(1, Form.REQUIREMENT, "pandas")]),
}  # fmt: skip


@pytest.mark.parametrize("case", READS.values(), ids=READS)
def test_reads(case):
    text, expected = case
    assert [(line.number, line.form, line.name or line.option) for line in parse(text).lines] == expected


def test_hashes_belong_to_their_requirement():
    """They may stand on lines of their own, joined by backslashes."""
    (line,) = parse("acme==1.0 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n").lines
    assert (line.name, line.hashes, str(line.requirement.specifier)) == ("acme", True, "==1.0")


DECODES = {
    "a byte order mark": (codecs.BOM_UTF8 + b"pandas\n", "utf-8"),
    "UTF-16": (codecs.BOM_UTF16_LE + "pandas\n".encode("utf-16-le"), "utf-16-le"),
    "UTF-32": (codecs.BOM_UTF32_LE + "pandas\n".encode("utf-32-le"), "utf-32-le"),
    "a coding comment": ("# -*- coding: latin-1 -*-\npandas # für\n".encode("latin-1"), "latin-1"),
    "nothing said": ("pandas # für\n".encode(), "utf-8"),
}


@pytest.mark.parametrize("case", DECODES.values(), ids=DECODES)
def test_decodes_as_pip_does_and_writes_the_same_bytes(case):
    data, encoding = case
    file = read(data)
    assert (file.encoding, [line.name for line in file.of_form(Form.REQUIREMENT)], file.encoded()) == (
        encoding,
        ["pandas"],
        data,
    )


@pytest.mark.parametrize(
    "data",
    [b"\xff\xfe\x00", b"pandas\x00", b"\x80abc", b"# coding: none-such\n", b"x" * 1_000_001],
    ids=["half a mark", "zeros", "no text", "an unknown coding", "too long"],
)
def test_what_is_no_text_is_refused_with_a_reason(data):
    with pytest.raises(Unreadable):
        read(data)


@given(st.text())
def test_every_text_comes_back_as_it_was(text):
    """Whatever the lines are, together they are the file."""
    assert parse(text).text == text


@given(
    st.lists(
        st.sampled_from(
            [
                "pandas==1 ",
                "\\\n",
                "\n",
                "\r\n",
                "# -c x",
                " --hash=sha256:a",
                "-c ",
                "http://a@b/",
                "\t",
                "\f",
                "; ",
                "é",
            ]
        )
    ).map("".join)
)
def test_every_mix_of_what_files_hold_comes_back(text):
    assert parse(text).text == text
