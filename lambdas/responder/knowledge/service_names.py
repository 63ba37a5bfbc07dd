"""What people call the services that clients and logs name in their own way.

boto3's client names: https://docs.aws.amazon.com/boto3/latest/reference/services/index.html; the others are those of `evidence/remote_job.py`.
"""

from __future__ import annotations

_NAMES = {
    "airbyte": "Airbyte",
    "appflow": "Amazon AppFlow",
    "athena": "Amazon Athena",
    "azure": "Azure",
    "batch": "AWS Batch",
    "bedrock": "Amazon Bedrock",
    "bedrock-runtime": "Amazon Bedrock",
    "bigquery": "BigQuery",
    "cloudformation": "AWS CloudFormation",
    "codebuild": "AWS CodeBuild",
    "comprehend": "Amazon Comprehend",
    "databricks": "Databricks",
    "dataflow": "Dataflow",
    "dataproc": "Dataproc",
    "datasync": "AWS DataSync",
    "dbt-cloud": "dbt Cloud",
    "dms": "AWS DMS",
    "docker": "Docker",
    "dynamodb": "DynamoDB",
    "ec2": "Amazon EC2",
    "ecr": "Amazon ECR",
    "ecs": "Amazon ECS",
    "eks": "Amazon EKS",
    "elasticmapreduce": "Amazon EMR",
    "emr": "Amazon EMR",
    "emr-containers": "EMR on EKS",
    "emr-serverless": "EMR Serverless",
    "events": "EventBridge",
    "fivetran": "Fivetran",
    "glue": "AWS Glue",
    "iam": "IAM",
    "kinesis": "Kinesis Data Streams",
    "kms": "AWS KMS",
    "kubernetes": "Kubernetes",
    "lambda": "AWS Lambda",
    "livy": "Livy",
    "logs": "CloudWatch Logs",
    "quicksight": "QuickSight",
    "rds": "Amazon RDS",
    "rds-data": "the RDS Data API",
    "redshift": "Amazon Redshift",
    "redshift-data": "the Redshift Data API",
    "s3": "Amazon S3",
    "sagemaker": "SageMaker AI",
    "secretsmanager": "Secrets Manager",
    "ses": "Amazon SES",
    "sesv2": "Amazon SES",
    "sns": "Amazon SNS",
    "spark": "Spark",
    "sqs": "Amazon SQS",
    "ssm": "Systems Manager",
    "states": "Step Functions",
    "stepfunctions": "Step Functions",
    "sts": "AWS STS",
    "tableau": "Tableau",
}


def service_name(client: str) -> str | None:
    """`glue` as "AWS Glue"; None for what is not in the table."""
    return _NAMES.get(client)
