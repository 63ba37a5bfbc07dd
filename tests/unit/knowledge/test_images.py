import pytest
from responder.knowledge.images import image, nearest, versions
from responder.knowledge.popular import popular


def test_the_eight_images_oldest_first():
    assert versions() == ("2.9.2", "2.10.1", "2.10.3", "2.11.0", "2.11.2", "3.0.6", "3.2.1", "3.3.1")


@pytest.mark.parametrize("version", versions())
def test_an_image_is_whole(version):
    found = image(version)
    assert found.python in ("3.11", "3.12")
    assert len(found.pins) > 600
    assert 20 <= len(found.essential) <= 30
    assert len(found.preinstalled) > 150
    assert "gcc" in found.system
    assert found.essential["apache-airflow"] == version


@pytest.mark.parametrize("version", versions())
def test_what_is_pinned_twice_is_pinned_to_the_same(version):
    """Else nothing could ever be installed there."""
    found = image(version)
    assert {name for name, pin in found.essential.items() if found.pins.get(name, pin) != pin} == set()


NEAREST = {
    "2.10.3": "2.10.3",
    "2.10.5": "2.10.3",
    "2.10.2": "2.10.1",
    "2.8.1": "2.9.2",
    "3.0.3": "3.0.6",
    "3.1.0": "3.2.1",
    "3.9.9": "3.3.1",
}


@pytest.mark.parametrize("version", NEAREST)
def test_the_nearest_image_stands_in_and_that_is_said(version):
    found = nearest(version)
    assert found.image.airflow == NEAREST[version]
    assert (found.note == "") is (version == NEAREST[version])


@pytest.mark.parametrize("version", ["", "x", "1.10.12", "4.0.0", "2.x", "-1"])
def test_no_image_stands_in_for_what_is_no_version_or_of_another_major(version):
    assert nearest(version) is None


def test_popular_names_are_found_however_they_are_spelt():
    assert popular("Smart_Open") == popular("smart.open") == "smart-open"
    assert popular("dagfactory") == "dag-factory"
    assert popular("my-company-etl-utils-xyz") is None
