"""Official providers that no image's constraints name any more, or not yet.

https://airflow.apache.org/docs/ lists them with their last releases.
"""

from __future__ import annotations

PAST_PROVIDERS = {
    f"apache-airflow-providers-{name}"
    for name in (
        "apache-beam", "apache-cassandra", "apache-drill", "apache-druid", "apache-flink", "apache-hdfs", "apache-hive",
        "apache-iceberg", "apache-impala", "apache-kafka", "apache-kylin", "apache-livy", "apache-pig", "apache-pinot",
        "apache-spark", "apache-sqoop", "apache-tinkerpop", "common-ai", "common-messaging", "daskexecutor", "edge3",
        "git", "ibm-mq", "informatica", "keycloak", "plexus", "qdrant", "qubole", "vertica", "weaviate", "ydb", "zendesk",
    )
}  # fmt: skip
