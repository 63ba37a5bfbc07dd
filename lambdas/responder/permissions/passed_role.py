"""Which service a role is handed to: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html."""

from __future__ import annotations

from responder.permissions.actions import prefix_of

# The operation that hands the role over, in lower case, to the service that will use it
_BY_OPERATION = {
    "runtask": "ecs-tasks.amazonaws.com",
    "registertaskdefinition": "ecs-tasks.amazonaws.com",
    "createservice": "ecs-tasks.amazonaws.com",
    "createjob": "glue.amazonaws.com",
    "updatejob": "glue.amazonaws.com",
    "createcrawler": "glue.amazonaws.com",
    "updatecrawler": "glue.amazonaws.com",
    "createsession": "glue.amazonaws.com",
    "createfunction": "lambda.amazonaws.com",
    "updatefunctionconfiguration": "lambda.amazonaws.com",
    "createtrainingjob": "sagemaker.amazonaws.com",
    "createprocessingjob": "sagemaker.amazonaws.com",
    "createtransformjob": "sagemaker.amazonaws.com",
    "createhyperparametertuningjob": "sagemaker.amazonaws.com",
    "createmodel": "sagemaker.amazonaws.com",
    "createautomljob": "sagemaker.amazonaws.com",
    "createautomljobv2": "sagemaker.amazonaws.com",
    "createnotebookinstance": "sagemaker.amazonaws.com",
    "createpipeline": "sagemaker.amazonaws.com",
    "createendpointconfig": "sagemaker.amazonaws.com",
    "createstatemachine": "states.amazonaws.com",
    "updatestatemachine": "states.amazonaws.com",
    "startexporttask": "export.rds.amazonaws.com",
    "createcluster": "eks.amazonaws.com",
    "createschedule": "scheduler.amazonaws.com",
    "putrule": "events.amazonaws.com",
    "puttargets": "events.amazonaws.com",
    "createreplicationtask": "dms.amazonaws.com",
    "createendpoint": "dms.amazonaws.com",
    "createbot": "lexv2.amazonaws.com",
    "runinstances": "ec2.amazonaws.com",
    "createdeliverystream": "firehose.amazonaws.com",
    "createmodelcustomizationjob": "bedrock.amazonaws.com",
    "createmodelinvocationjob": "bedrock.amazonaws.com",
    "createagent": "bedrock.amazonaws.com",
    "createknowledgebase": "bedrock.amazonaws.com",
    "createnamespace": "redshift.amazonaws.com",
    "createworkflow": "airflow-serverless.amazonaws.com",
    "updateworkflow": "airflow-serverless.amazonaws.com",
    "createdataset": "databrew.amazonaws.com",
    "createprofilejob": "databrew.amazonaws.com",
    "createrecipejob": "databrew.amazonaws.com",
    "sendcommand": "ssm.amazonaws.com",
    "startjobrun": "emr-serverless.amazonaws.com",  # Glue's and EMR on EKS's StartJobRun hand no role over
    "createdatasource": "comprehend.amazonaws.com",
}
# Where two services share an operation's name
_BY_SERVICE = {
    ("redshift", "createcluster"): "redshift.amazonaws.com",
    ("ecs", "createcluster"): "ecs.amazonaws.com",
    ("kafka", "createcluster"): "kafka.amazonaws.com",
    ("dax", "createcluster"): "dax.amazonaws.com",
    ("sagemaker", "createcluster"): "sagemaker.amazonaws.com",
    ("dms", "createendpoint"): "dms.amazonaws.com",
    ("comprehend", "createendpoint"): "comprehend.amazonaws.com",
    ("codebuild", "createproject"): "codebuild.amazonaws.com",
    ("datasync", "createlocations3"): "datasync.amazonaws.com",
    ("cloudformation", "createstack"): "cloudformation.amazonaws.com",
}


# Calls that hand over several roles, to several services; the refusal does not say which
_SEVERAL = {
    "runjobflow": ("elasticmapreduce.amazonaws.com", "ec2.amazonaws.com"),
    "createcomputeenvironment": ("batch.amazonaws.com", "ec2.amazonaws.com"),
    "createnodegroup": ("eks.amazonaws.com", "ec2.amazonaws.com"),
    "createfargateprofile": ("eks.amazonaws.com", "eks-fargate-pods.amazonaws.com"),
    "createenvironment": ("airflow.amazonaws.com", "airflow-env.amazonaws.com"),
    "createdbinstance": ("monitoring.rds.amazonaws.com", "rds.amazonaws.com"),
}


def passed_to(service: str | None, operation: str | None) -> tuple[str, ...]:
    """The service principals; () where the text does not tell the operation, or it is none that hands a role over."""
    if not operation:
        return ()
    name = operation.lower()
    if name in _SEVERAL:
        return _SEVERAL[name]
    one = _BY_SERVICE.get((prefix_of(service) or "", name)) or _BY_OPERATION.get(name)
    return (one,) if one else ()
