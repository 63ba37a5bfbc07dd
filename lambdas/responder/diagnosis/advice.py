"""Phrases and documentation links that many causes share, so that the same thing is worded once."""

from __future__ import annotations

from typing import NamedTuple

from responder.model import Link, Proof, ProofLevel


class Told(NamedTuple):
    """A remedy's words."""

    summary: str
    explanation: str
    steps: tuple[str, ...]


MWAA_DOCS = "https://docs.aws.amazon.com/mwaa/latest/userguide"
AIRFLOW_DOCS = "https://airflow.apache.org/docs/apache-airflow/stable"

FROM_TEXT = Proof(ProofLevel.SUSPECTED, "read from the log's text alone")

# https://docs.aws.amazon.com/mwaa/latest/userguide/working-dags-dependencies.html
SELECT_REQUIREMENTS = (
    "Upload the new requirements.txt to the environment's bucket, then choose its new object version: MWAA console > the environment > Edit > "
    "Requirements file > version. A file that was only uploaded is not used; the update takes 10 to 30 minutes."
)
# https://docs.aws.amazon.com/mwaa/latest/userguide/configuring-dag-import-plugins.html
SELECT_PLUGINS = "upload the new plugins.zip, then choose its new object version: MWAA console > the environment > Edit > Plugins file > version."
# https://docs.aws.amazon.com/mwaa/latest/userguide/using-startup-script.html
STARTUP_SCRIPT = (
    "The startup script runs on scheduler, workers and web server when they start: upload the new one, then choose its object version "
    "(MWAA console > the environment > Edit > Startup script file > version)."
)
# https://docs.aws.amazon.com/mwaa/latest/userguide/configuring-dag-folder.html
DEPLOY_DAG = (
    "Upload the corrected file to the environment's DAGs folder in S3; it is read again within about half a minute."
)
# https://docs.aws.amazon.com/mwaa/latest/userguide/configuring-env-variables.html
OPTIONS = "MWAA console > the environment > Edit > Airflow configuration options"
SET_OPTION = f"{OPTIONS} > Add custom configuration"
READ_INSTALL_LOG = "Read the newest stream requirements_install* in the environment's Scheduler, Worker and WebServer log groups: it says whether the last installation worked."
# https://airflow.apache.org/docs/apache-airflow/stable/howto/connection.html
EDIT_CONNECTION = "Airflow UI > Admin > Connections"
EDIT_VARIABLE = "Airflow UI > Admin > Variables"

REQUIREMENTS_DOCS = Link("Installing Python dependencies on MWAA", f"{MWAA_DOCS}/working-dags-dependencies.html")
OPTIONS_DOCS = Link("Airflow configuration options on MWAA", f"{MWAA_DOCS}/configuring-env-variables.html")
ROLE_DOCS = Link("The execution role of MWAA", f"{MWAA_DOCS}/mwaa-create-role.html")
NETWORK_DOCS = Link("Networking of MWAA", f"{MWAA_DOCS}/networking-about.html")
CLASS_DOCS = Link("Environment classes of MWAA", f"{MWAA_DOCS}/environment-class.html")
SECRETS_DOCS = Link("Connections and variables in Secrets Manager", f"{MWAA_DOCS}/connections-secrets-manager.html")
STARTUP_DOCS = Link("The startup script of MWAA", f"{MWAA_DOCS}/using-startup-script.html")
TROUBLESHOOTING_DOCS = Link("Troubleshooting MWAA", f"{MWAA_DOCS}/troubleshooting.html")
