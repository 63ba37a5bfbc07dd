import pytest
from hypothesis import given
from hypothesis import strategies as st
from responder.requirements.masking import masked

HIDES = {
    "a login": (
        "--index-url https://aws:tok.en-x_y@example.com/simple/",
        "--index-url https://****@example.com/simple/",
    ),
    "a user alone": ("-i https://token@example.com/simple", "-i https://****@example.com/simple"),
    "a query": ("--find-links https://example.com/w?sig=abc&exp=1", "--find-links https://example.com/w?****"),
    "a version control login": ("git+https://me:pw@example.com/a.git@v1", "git+https://****@example.com/a.git@v1"),
    "a named token": ("# token: abcdef", "# token: ****"),
}
LEAVES = [
    "pandas==2.1.4",
    "acme @ https://example.com/acme-1.0.whl#sha256=ab",
    "git+https://example.com/a.git@v1",
    "requests [socks] >= 2",
    "tokenizers==0.1",
]


@pytest.mark.parametrize("case", HIDES.values(), ids=HIDES)
def test_hides(case):
    assert masked(case[0]) == case[1]


@pytest.mark.parametrize("text", LEAVES)
def test_leaves_alone(text):
    assert masked(text) == text


@given(st.text(alphabet="abcXYZ019-._~!$&()*+,;=:%", min_size=6, max_size=30).filter(lambda word: "://" not in word))
def test_no_login_is_ever_shown(secret):
    assert secret not in masked(f"--extra-index-url https://user:{secret}@example.com/simple/").replace(
        "--extra-index-url https://", ""
    )
