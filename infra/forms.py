"""What the names, addresses and numbers in cdk.json may be."""

from __future__ import annotations

import re

# https://docs.aws.amazon.com/mwaa/latest/API/API_Environment.html, Name
ENVIRONMENT_NAME = re.compile(r"[a-zA-Z][0-9a-zA-Z_-]{0,79}")
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
ACCOUNT = re.compile(r"[0-9]{12}")
REGION = re.compile(r"[a-z]{2}(-[a-z]+)+-[0-9]")
ROLE = re.compile(r"arn:aws[a-z-]*:iam::[0-9]{12}:role/[\w+=,.@/-]{1,576}", re.ASCII)
KEY = re.compile(r"arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[0-9a-zA-Z-]+")
# With the six characters that AWS puts behind the name; a policy that names an ARN without them allows nothing:
# https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen
SECRET = re.compile(r"arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[\w/+=.@-]+-[A-Za-z0-9]{6}", re.ASCII)
WHOLE_ARN = "a secret's whole ARN, with the six characters at its end"  # what SECRET is, in a complaint
LOG_GROUP = re.compile(r"[\w./#-]{1,512}", re.ASCII)
AIRFLOW = re.compile(r"[23]\.[0-9]+\.[0-9]+")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
SLACK_CHANNEL = re.compile(r"[CGD][A-Z0-9]{6,}")
BUS = re.compile(r"[\w./-]{1,256}", re.ASCII)
INDEX = re.compile(r"https?://[^\s/@]+(/[^\s@]*)?")

# SQS delays a message by at most 15 minutes: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-delay-queues.html
LONGEST_DELAY = 900
# https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: all environment variables share 4 kB
MOST_ROUTES = 20
# The categories of a diagnosis, for which a route can be; unknown is one of them.
CATEGORIES = ("environment", "permissions", "dag-code", "configuration", "network", "capacity", "dependency", "unknown")
# Some of https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
RETENTIONS = (7, 14, 30, 60, 90, 180, 365, 731)
