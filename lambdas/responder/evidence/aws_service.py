"""Which service an error of AWS comes from, where its text does not say.

The name is the one that IAM actions, ARNs and signatures use (`states`, `elasticmapreduce`), not boto3's
(https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from responder.model import AwsError, Record, Said

# boto3's client, or the module of Airflow's amazon provider -> the name in IAM, where they differ.
PREFIXES = {
    "stepfunctions": "states",
    "step_function": "states",
    "emr": "elasticmapreduce",
    "emr_containers": "emr-containers",
    "emr_serverless": "emr-serverless",
    "cloudwatch": "monitoring",
    "mwaa": "airflow",
    "lambda_function": "lambda",
    "redshift_cluster": "redshift",
    "redshift_data": "redshift-data",
    "redshiftserverless": "redshift-serverless",
    "glue_catalog": "glue",
    "glue_crawler": "glue",
    "glue_databrew": "databrew",
    "batch_client": "batch",
    "batch_waiters": "batch",
    "elasticache_replication_group": "elasticache",
    "opensearch_serverless": "aoss",
    "opensearchserverless": "aoss",
    "quicksight": "quicksight",
    "athena_sql": "athena",
    "ssm": "ssm",
    "secrets_manager": "secretsmanager",
    "systems_manager": "ssm",
    "sagemaker_unified_studio": "sagemaker",
    "bedrock-runtime": "bedrock",
    "opensearch": "es",
    "events": "events",
    "eventbridge": "events",
    "elbv2": "elasticloadbalancing",
    "elb": "elasticloadbalancing",
    "dms": "dms",
    "sesv2": "ses",
    "efs": "elasticfilesystem",
    "config": "config",
}
# Operations whose names are those of one service, as its callers in DAGs use them.
OPERATIONS = {
    "ListObjects": "s3",
    "ListObjectsV2": "s3",
    "HeadObject": "s3",
    "HeadBucket": "s3",
    "GetObject": "s3",
    "PutObject": "s3",
    "CopyObject": "s3",
    "DeleteObject": "s3",
    "DeleteObjects": "s3",
    "CreateBucket": "s3",
    "ListBuckets": "s3",
    "CreateMultipartUpload": "s3",
    "CompleteMultipartUpload": "s3",
    "UploadPart": "s3",
    "UploadPartCopy": "s3",
    "PutObjectTagging": "s3",
    "GetObjectTagging": "s3",
    "GetBucketLocation": "s3",
    "AssumeRole": "sts",
    "AssumeRoleWithWebIdentity": "sts",
    "GetCallerIdentity": "sts",
    "StartJobRun": "glue",
    "GetJob": "glue",
    "GetJobRun": "glue",
    "StartCrawler": "glue",
    "GetTable": "glue",
    "GetPartitions": "glue",
    "StartExecution": "states",
    "DescribeExecution": "states",
    "SubmitJob": "batch",
    "DescribeJobs": "batch",
    "RunTask": "ecs",
    "DescribeTasks": "ecs",
    "RegisterTaskDefinition": "ecs",
    "Invoke": "lambda",
    "Scan": "dynamodb",
    "Query": "dynamodb",
    "GetItem": "dynamodb",
    "PutItem": "dynamodb",
    "UpdateItem": "dynamodb",
    "BatchWriteItem": "dynamodb",
    "SendMessage": "sqs",
    "ReceiveMessage": "sqs",
    "GetQueueAttributes": "sqs",
    "GetQueueUrl": "sqs",
    "Publish": "sns",
    "GetSecretValue": "secretsmanager",
    "GetParameter": "ssm",
    "GetParameters": "ssm",
    "GetParametersByPath": "ssm",
    "StartQueryExecution": "athena",
    "GetQueryExecution": "athena",
    "GetQueryResults": "athena",
    "RunJobFlow": "elasticmapreduce",
    "AddJobFlowSteps": "elasticmapreduce",
    "DescribeStep": "elasticmapreduce",
    "DescribeCluster": "elasticmapreduce",
    "CreateTrainingJob": "sagemaker",
    "CreateProcessingJob": "sagemaker",
    "CreateTransformJob": "sagemaker",
    "DescribeTrainingJob": "sagemaker",
    "ExecuteStatement": "redshift-data",
    "DescribeStatement": "redshift-data",
    "GetLogEvents": "logs",
    "FilterLogEvents": "logs",
    "DescribeLogStreams": "logs",
    "PutRecord": "kinesis",
    "PutRecords": "kinesis",
    "GetEnvironment": "airflow",
    "Decrypt": "kms",
    "GenerateDataKey": "kms",
    "PutEvents": "events",
    "PutMetricData": "cloudwatch",
    "InvokeModel": "bedrock",
    "Converse": "bedrock",
    "GetAuthorizationToken": "ecr",
}
# More than one service has these: a hint decides before the table above does.
_SHARED = frozenset(
    {
        "StartJobRun",
        "GetJobRun",
        "DescribeCluster",
        "SubmitJob",
        "Query",
        "ExecuteStatement",
        "PutRecord",
        "GetTable",
        "SendMessage",
    }
)

_PERFORM = re.compile(r"perform: ?\"?([a-z0-9-]{2,40}):(\w{1,100})")
_CLIENT = re.compile(r"(?:client|resource)\(\s*(?:service_name ?= ?)?[\"']([a-z0-9-]{2,40})[\"']")
_MODULE = re.compile(
    r"/airflow/providers/amazon/aws/(?:hooks|operators|sensors|triggers|transfers|secrets)/(\w{2,60})\.py$"
)
_ENDPOINT = re.compile(r"Found endpoint for ([a-z0-9-]{2,40}) via")
_GENERAL = frozenset({"base_aws", "base", "dms_task", "sql"})


def with_service(error: AwsError, said: Said, records: Sequence[Record]) -> AwsError:
    """The error with its service, where anything tells it."""
    if error.service:
        return error._replace(service=PREFIXES.get(error.service, error.service))
    action = _PERFORM.search(error.message)
    if action and (action[2].lower() == (error.operation or "").lower() or action[1] == "sts"):
        return error._replace(service=action[1])
    known = OPERATIONS.get(error.operation or "")
    if known and error.operation not in _SHARED:
        return error._replace(service=known)
    hint = next(_hints(said, records), None)
    return error._replace(service=PREFIXES.get(hint, hint) if hint else known)


def _hints(said: Said, records: Sequence[Record]) -> Iterator[str]:
    """Clients and modules that the traceback shows, the innermost first; then the endpoint that botocore looked up last."""
    for frame in reversed(said.raised.frames if said.raised else ()):
        if match := _CLIENT.search(frame.code or ""):
            yield match[1]
        if (match := _MODULE.search(frame.file)) and match[1] not in _GENERAL:
            yield match[1]
    for record in reversed(records[-200:]):
        if match := _ENDPOINT.match(record.text):
            yield match[1]
