"""MWAA Failure Responder: from an event of a failing Airflow environment to a proven remedy."""
