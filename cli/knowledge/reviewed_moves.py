"""Renames that Airflow and its providers made without leaving a redirect behind; each was looked up in their change logs.

https://airflow.apache.org/docs/apache-airflow/stable/release_notes.html and each provider's changelog page. The builder
refuses an entry whose new place is in no image.
"""

from __future__ import annotations

_AWS = "airflow.providers.amazon.aws"
_STANDARD = "airflow.providers.standard"

REVIEWED_MOVES = {
    "airflow.hooks.dbapi": "airflow.providers.common.sql.hooks.sql",
    "airflow.hooks.dbapi.DbApiHook": "airflow.providers.common.sql.hooks.sql.DbApiHook",
    "airflow.hooks.subprocess": f"{_STANDARD}.hooks.subprocess",
    "airflow.operators.dummy": f"{_STANDARD}.operators.empty",
    "airflow.operators.dummy.DummyOperator": f"{_STANDARD}.operators.empty.EmptyOperator",
    "airflow.operators.subdag": "airflow.sdk",
    "airflow.operators.subdag.SubDagOperator": "airflow.sdk.TaskGroup",
    "airflow.utils.task_group.TaskGroup": "airflow.sdk.TaskGroup",
    "airflow.utils.trigger_rule.TriggerRule": "airflow.sdk.TriggerRule",
    "airflow.utils.weekday": f"{_STANDARD}.utils.weekday",
    "airflow.utils.weekday.WeekDay": f"{_STANDARD}.utils.weekday.WeekDay",
    "airflow.hooks.base.BaseHook": "airflow.sdk.BaseHook",
    "airflow.sensors.base.BaseSensorOperator": "airflow.sdk.BaseSensorOperator",
    "airflow.models.dag.DAG": "airflow.sdk.DAG",
    "airflow.datasets": "airflow.sdk",
    "airflow.datasets.Dataset": "airflow.sdk.Asset",
    "airflow.providers.http.operators.http.SimpleHttpOperator": "airflow.providers.http.operators.http.HttpOperator",
    f"{_AWS}.operators.ecs.ECSOperator": f"{_AWS}.operators.ecs.EcsRunTaskOperator",
    f"{_AWS}.operators.ecs.EcsOperator": f"{_AWS}.operators.ecs.EcsRunTaskOperator",
    f"{_AWS}.operators.glue.AwsGlueJobOperator": f"{_AWS}.operators.glue.GlueJobOperator",
    f"{_AWS}.operators.glue_crawler.AwsGlueCrawlerOperator": f"{_AWS}.operators.glue_crawler.GlueCrawlerOperator",
    f"{_AWS}.operators.athena.AWSAthenaOperator": f"{_AWS}.operators.athena.AthenaOperator",
    f"{_AWS}.operators.batch.AwsBatchOperator": f"{_AWS}.operators.batch.BatchOperator",
    f"{_AWS}.operators.lambda_function.AwsLambdaInvokeFunctionOperator": f"{_AWS}.operators.lambda_function.LambdaInvokeFunctionOperator",
    f"{_AWS}.operators.aws_lambda": f"{_AWS}.operators.lambda_function",
    f"{_AWS}.operators.emr_containers": f"{_AWS}.operators.emr",
    f"{_AWS}.operators.emr_containers.EMRContainerOperator": f"{_AWS}.operators.emr.EmrContainerOperator",
    f"{_AWS}.operators.emr_add_steps": f"{_AWS}.operators.emr",
    f"{_AWS}.operators.emr_create_job_flow": f"{_AWS}.operators.emr",
    f"{_AWS}.operators.emr_terminate_job_flow": f"{_AWS}.operators.emr",
    f"{_AWS}.operators.redshift": f"{_AWS}.operators.redshift_cluster",
    f"{_AWS}.operators.redshift_sql": f"{_AWS}.operators.redshift_data",
    f"{_AWS}.operators.s3_bucket": f"{_AWS}.operators.s3",
    f"{_AWS}.operators.s3_copy_object": f"{_AWS}.operators.s3",
    f"{_AWS}.operators.s3_delete_objects": f"{_AWS}.operators.s3",
    f"{_AWS}.operators.s3_file_transform": f"{_AWS}.operators.s3",
    f"{_AWS}.operators.s3_list": f"{_AWS}.operators.s3",
    f"{_AWS}.sensors.s3_key": f"{_AWS}.sensors.s3",
    f"{_AWS}.sensors.s3_key.S3KeySensor": f"{_AWS}.sensors.s3.S3KeySensor",
    f"{_AWS}.sensors.s3_prefix": f"{_AWS}.sensors.s3",
    f"{_AWS}.sensors.emr_base": f"{_AWS}.sensors.emr",
    f"{_AWS}.sensors.emr_job_flow": f"{_AWS}.sensors.emr",
    f"{_AWS}.sensors.emr_step": f"{_AWS}.sensors.emr",
    f"{_AWS}.hooks.base_aws.AwsHook": f"{_AWS}.hooks.base_aws.AwsBaseHook",
    f"{_AWS}.hooks.glue.AwsGlueJobHook": f"{_AWS}.hooks.glue.GlueJobHook",
    f"{_AWS}.hooks.athena.AWSAthenaHook": f"{_AWS}.hooks.athena.AthenaHook",
    "airflow.providers.cncf.kubernetes.operators.kubernetes_pod": "airflow.providers.cncf.kubernetes.operators.pod",
    "airflow.providers.cncf.kubernetes.operators.kubernetes_pod.KubernetesPodOperator": "airflow.providers.cncf.kubernetes.operators.pod.KubernetesPodOperator",
    "airflow.providers.snowflake.operators.snowflake.SnowflakeOperator": "airflow.providers.common.sql.operators.sql.SQLExecuteQueryOperator",
    "airflow.providers.postgres.operators.postgres": "airflow.providers.common.sql.operators.sql",
    "airflow.providers.postgres.operators.postgres.PostgresOperator": "airflow.providers.common.sql.operators.sql.SQLExecuteQueryOperator",
    "airflow.providers.mysql.operators.mysql": "airflow.providers.common.sql.operators.sql",
    "airflow.providers.mysql.operators.mysql.MySqlOperator": "airflow.providers.common.sql.operators.sql.SQLExecuteQueryOperator",
    "airflow.providers.sqlite.operators.sqlite.SqliteOperator": "airflow.providers.common.sql.operators.sql.SQLExecuteQueryOperator",
    "airflow.providers.microsoft.mssql.operators.mssql.MsSqlOperator": "airflow.providers.common.sql.operators.sql.SQLExecuteQueryOperator",
    "airflow.providers.oracle.operators.oracle.OracleOperator": "airflow.providers.common.sql.operators.sql.SQLExecuteQueryOperator",
}
