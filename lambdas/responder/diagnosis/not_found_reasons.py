"""Why pip says that it cannot get something, in words for a person, by the kind of its complaint."""

from __future__ import annotations

from responder.evidence.pip_output import (
    CONSTRAINT_URL,
    INDEX,
    METADATA,
    MISSING_FILE,
    NO_NAME,
    NO_VERSION,
    PLATFORM,
    REPOSITORY,
    SAME_PIN,
    YANKED,
)

WHY = {
    NO_NAME: "pip found no usable file of that name on the index that it asked: the name or the version does not exist there, or all its files are for other Pythons or platforms.",
    NO_VERSION: "The name exists, the version does not.",
    YANKED: "The release was withdrawn by its authors; pip takes such a one only for an exact pin.",
    SAME_PIN: "Both sides of the conflict name the same version: no file of it fits the environment's Python and platform, or --no-index hides it.",
    PLATFORM: "The wheel was built for another Python or platform than the environment's.",
    METADATA: "The release exists, but pip refuses its metadata.",
    MISSING_FILE: "The file has a line that names a file which is not there: a file that requirements.txt names has to come with plugins.zip or the DAGs.",
    CONSTRAINT_URL: "The constraints file cannot be fetched: its address names an Airflow or Python version that does not exist, or the environment has no route to it.",
    REPOSITORY: "The file takes a distribution from a repository, which could not be fetched: it is not there, or the branch, tag or commit after the @ is not in it. A private one looks the same without a login.",
    INDEX: "The file uses another index or folder: pip says the same when that one refuses or cannot be read, so look at access first and at the name second.",
}
