"""Every setting that a deployer can set, set."""

EVERYTHING = {
    "environments": {
        "analytics": {
            "airflow_version": "2.10.3",
            "bucket": "analytics-airflow",
            "execution_role_arn": "arn:aws:iam::123456789012:role/service-role/analytics-execution",
            "kms_key_arn": "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555",
            "logs": {
                kind: f"airflow-analytics-{kind}"
                for kind in ("Task", "DAGProcessing", "Scheduler", "Worker", "WebServer")
            },
        },
        "billing": {
            "airflow_version": "3.0.6",
            "bucket": "billing-airflow",
            "execution_role_arn": "arn:aws:iam::123456789012:role/billing-execution",
            "logs": {"Task": "airflow-billing-Task"},
        },
    },
    "emails": ["on-call@example.com"],
    "alarm_emails": ["platform@example.com"],
    "amazon_q": True,
    "slack_webhook_secret_arn": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:slack/webhook-AbCdEf",
    "slack_bot_secret_arn": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:slack/bot-AbCdEf",
    "slack_channel": "C0123456789",
    "event_bus": "default",
    "index_secret_arn": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:index-AbCdEf",
    "secrets_key_arn": "arn:aws:kms:eu-west-1:123456789012:key/99999999-2222-3333-4444-555555555555",
    "simulated_role_arns": ["arn:aws:iam::123456789012:role/glue-job"],
    "routes": [{"channels": ["slack-bot"], "environment": "billing"}, {"channels": ["sns", "slack-webhook"]}],
    "bundle": "this-machine",
}
