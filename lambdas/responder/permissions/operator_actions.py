"""What one operator calls from start to end, so that the next refusal can be told before it comes.

Read from the amazon provider's operators, waiters, triggers and `on_kill`
(https://airflow.apache.org/docs/apache-airflow-providers-amazon/stable/operators/). The order is that of the calls; where the operator
is not known, the first row that holds the refused action stands for it.
"""

from __future__ import annotations

OPERATORS: dict[str, tuple[str, ...]] = {
    "S3KeySensor": ("s3:GetObject", "s3:ListBucket"),
    "S3ListOperator": ("s3:ListBucket",),
    "S3CopyObjectOperator": ("s3:GetObject", "s3:PutObject"),
    "S3FileTransformOperator": ("s3:GetObject", "s3:PutObject"),
    "S3CreateBucketOperator": ("s3:ListBucket", "s3:CreateBucket"),
    "GlueJobOperator": ("glue:GetJob", "glue:StartJobRun", "glue:GetJobRun", "glue:BatchStopJobRun"),
    "GlueCrawlerOperator": ("glue:GetCrawler", "glue:StartCrawler", "glue:GetCrawlerMetrics"),
    "GlueCatalogPartitionSensor": ("glue:GetPartitions", "glue:GetPartition", "glue:GetTable"),
    "GlueDataBrewStartJobOperator": ("databrew:StartJobRun", "databrew:DescribeJobRun"),
    "AthenaOperator": (
        "athena:StartQueryExecution",
        "athena:GetQueryExecution",
        "athena:GetQueryResults",
        "athena:StopQueryExecution",
    ),
    "EmrCreateJobFlowOperator": (
        "elasticmapreduce:RunJobFlow",
        "elasticmapreduce:DescribeCluster",
        "elasticmapreduce:TerminateJobFlows",
    ),
    "EmrAddStepsOperator": (
        "elasticmapreduce:AddJobFlowSteps",
        "elasticmapreduce:DescribeStep",
        "elasticmapreduce:DescribeCluster",
    ),
    "EmrTerminateJobFlowOperator": ("elasticmapreduce:TerminateJobFlows", "elasticmapreduce:DescribeCluster"),
    "EmrServerlessStartJobOperator": (
        "emr-serverless:GetApplication",
        "emr-serverless:StartApplication",
        "emr-serverless:StartJobRun",
        "emr-serverless:GetJobRun",
        "emr-serverless:CancelJobRun",
    ),
    "EmrContainerOperator": (
        "emr-containers:StartJobRun",
        "emr-containers:DescribeJobRun",
        "emr-containers:CancelJobRun",
    ),
    "EcsRunTaskOperator": ("ecs:RunTask", "ecs:DescribeTasks", "ecs:StopTask"),
    "EcsRegisterTaskDefinitionOperator": ("ecs:RegisterTaskDefinition",),
    "BatchOperator": ("batch:SubmitJob", "batch:DescribeJobs", "batch:TerminateJob"),
    "LambdaInvokeFunctionOperator": ("lambda:InvokeFunction",),
    "LambdaCreateFunctionOperator": ("lambda:CreateFunction", "lambda:GetFunction"),
    "StepFunctionStartExecutionOperator": ("states:StartExecution", "states:DescribeExecution"),
    "SageMakerTrainingOperator": ("sagemaker:CreateTrainingJob", "sagemaker:DescribeTrainingJob"),
    "SageMakerProcessingOperator": ("sagemaker:CreateProcessingJob", "sagemaker:DescribeProcessingJob"),
    "SageMakerTransformOperator": (
        "sagemaker:CreateModel",
        "sagemaker:CreateTransformJob",
        "sagemaker:DescribeTransformJob",
    ),
    "SageMakerTuningOperator": (
        "sagemaker:CreateHyperParameterTuningJob",
        "sagemaker:DescribeHyperParameterTuningJob",
    ),
    "SageMakerEndpointOperator": (
        "sagemaker:CreateModel",
        "sagemaker:CreateEndpointConfig",
        "sagemaker:CreateEndpoint",
        "sagemaker:DescribeEndpoint",
    ),
    "SageMakerStartPipelineOperator": ("sagemaker:StartPipelineExecution", "sagemaker:DescribePipelineExecution"),
    "RedshiftDataOperator": (
        "redshift-data:ExecuteStatement",
        "redshift-data:BatchExecuteStatement",
        "redshift-data:DescribeStatement",
        "redshift-data:GetStatementResult",
        "redshift-data:CancelStatement",
    ),
    "RedshiftPauseClusterOperator": ("redshift:DescribeClusters", "redshift:PauseCluster"),
    "RedshiftResumeClusterOperator": ("redshift:DescribeClusters", "redshift:ResumeCluster"),
    "RdsStartDbOperator": ("rds:StartDBInstance", "rds:DescribeDBInstances"),
    "RdsStopDbOperator": ("rds:StopDBInstance", "rds:DescribeDBInstances"),
    "RdsCreateDbSnapshotOperator": ("rds:CreateDBSnapshot", "rds:DescribeDBSnapshots"),
    "RdsStartExportTaskOperator": ("rds:StartExportTask", "rds:DescribeExportTasks"),
    "DmsStartTaskOperator": ("dms:StartReplicationTask", "dms:DescribeReplicationTasks"),
    "DmsStopTaskOperator": ("dms:StopReplicationTask", "dms:DescribeReplicationTasks"),
    "EC2StartInstanceOperator": ("ec2:StartInstances", "ec2:DescribeInstances"),
    "EC2StopInstanceOperator": ("ec2:StopInstances", "ec2:DescribeInstances"),
    "SqsSensor": ("sqs:ReceiveMessage", "sqs:DeleteMessage"),
    "SsmRunCommandOperator": ("ssm:SendCommand", "ssm:ListCommandInvocations", "ssm:GetCommandInvocation"),
    "DynamoDBToS3Operator": ("dynamodb:Scan", "s3:PutObject"),
    "DataSyncOperator": (
        "datasync:ListTasks",
        "datasync:DescribeTask",
        "datasync:StartTaskExecution",
        "datasync:DescribeTaskExecution",
        "datasync:CancelTaskExecution",
    ),
    "AppflowRunOperator": ("appflow:DescribeFlow", "appflow:StartFlow", "appflow:DescribeFlowExecutionRecords"),
    "QuickSightCreateIngestionOperator": ("quicksight:CreateIngestion", "quicksight:DescribeIngestion"),
    "EksCreateClusterOperator": ("eks:CreateCluster", "eks:DescribeCluster"),
    "KinesisAnalyticsV2StartApplicationOperator": (
        "kinesisanalytics:StartApplication",
        "kinesisanalytics:DescribeApplication",
    ),
    "MwaaServerlessStartWorkflow": ("airflow-serverless:StartWorkflowRun", "airflow-serverless:GetWorkflowRun"),
}

# Operators that do the same as another one under a second name
ALIASES = {
    "AwsGlueJobOperator": "GlueJobOperator",
    "AwsGlueCrawlerOperator": "GlueCrawlerOperator",
    "AWSAthenaOperator": "AthenaOperator",
    "AwsBatchOperator": "BatchOperator",
    "AwsLambdaInvokeFunctionOperator": "LambdaInvokeFunctionOperator",
    "ECSOperator": "EcsRunTaskOperator",
    "EcsOperator": "EcsRunTaskOperator",
    "EMRContainerOperator": "EmrContainerOperator",
}

# What a service asks for with the caller's rights behind a call, in words, because the log does not name the thing:
# https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html
BEHIND: dict[str, str] = {
    "s3:GetObject": "If the object is encrypted with a customer managed key, kms:Decrypt on that key is asked for next.",
    "s3:PutObject": "If the bucket encrypts with a customer managed key, kms:GenerateDataKey (and kms:Decrypt for large files) on that key is asked for next; for files above 8 MB s3:AbortMultipartUpload cleans up after a failure.",
    "sns:Publish": "If the topic is encrypted with a customer managed key, kms:GenerateDataKey and kms:Decrypt on that key are asked for next.",
    "sqs:SendMessage": "If the queue is encrypted with a customer managed key, kms:GenerateDataKey and kms:Decrypt on that key are asked for next.",
    "sqs:ReceiveMessage": "If the queue is encrypted with a customer managed key, kms:Decrypt on that key is asked for next.",
    "kinesis:PutRecord": "If the stream is encrypted with a customer managed key, kms:GenerateDataKey on that key is asked for next.",
    "kinesis:PutRecords": "If the stream is encrypted with a customer managed key, kms:GenerateDataKey on that key is asked for next.",
    "kinesis:GetRecords": "If the stream is encrypted with a customer managed key, kms:Decrypt on that key is asked for next.",
    "dynamodb:Scan": "If the table is encrypted with a customer managed key, kms:Decrypt on that key is asked for next.",
    "dynamodb:GetItem": "If the table is encrypted with a customer managed key, kms:Decrypt on that key is asked for next.",
    "dynamodb:PutItem": "If the table is encrypted with a customer managed key, kms:Decrypt on that key is asked for next.",
    "secretsmanager:GetSecretValue": "If the secret is encrypted with a customer managed key, kms:Decrypt on that key is asked for next.",
    "ssm:GetParameter": "For a SecureString under a customer managed key, kms:Decrypt on that key is asked for next.",
    "redshift-data:ExecuteStatement": "The statement then needs credentials: redshift:GetClusterCredentialsWithIAM, redshift-serverless:GetCredentials or secretsmanager:GetSecretValue, depending on how it logs in.",
    "redshift-data:BatchExecuteStatement": "The statements then need credentials: redshift:GetClusterCredentialsWithIAM, redshift-serverless:GetCredentials or secretsmanager:GetSecretValue, depending on how they log in.",
    "athena:StartQueryExecution": "Athena works with this role's rights: the Glue catalog's database and tables, the data's bucket (s3:GetObject, s3:ListBucket, s3:GetBucketLocation) and the results' bucket (s3:PutObject besides) are asked for next.",
    "ecs:RunTask": "iam:PassRole on the task's role and on its execution role is asked for next, one after the other.",
    "ecs:RegisterTaskDefinition": "iam:PassRole on the task's role and on its execution role is asked for next, one after the other.",
    "elasticmapreduce:RunJobFlow": "iam:PassRole on the cluster's service role and on its EC2 role is asked for next, one after the other.",
    "emr-serverless:StartJobRun": "iam:PassRole on the job's execution role is asked for next.",
    "glue:CreateJob": "The operator creates a job when none has the name: check the name's spelling first. iam:PassRole on the job's role is asked for next.",
    "sagemaker:CreateTrainingJob": "iam:PassRole on the job's role is asked for next.",
    "sagemaker:CreateProcessingJob": "iam:PassRole on the job's role is asked for next.",
    "sagemaker:CreateModel": "iam:PassRole on the model's role is asked for next.",
    "lambda:CreateFunction": "iam:PassRole on the function's role is asked for next.",
    "eks:DescribeCluster": "Inside the cluster Kubernetes decides: the role needs an access entry (or a line in aws-auth) as well.",
    "batch:SubmitJob": "Batch asks for the job definition and for the job queue; allow both.",
    "glue:GetTable": "Where Lake Formation governs the table, a grant there is needed besides.",
}  # fmt: skip
