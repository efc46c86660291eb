#!/usr/bin/env bash
# Makes the calls of the engine with the AWS CLI, for each account id given.
set -euo pipefail

for account in "$@"; do
  read -r AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN < <(
    aws sts assume-root --target-principal "$account" \
      --task-policy-arn arn=arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials \
      --query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]' --output text
  )
  (
    export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
    aws iam get-account-summary --output json
    aws iam list-mfa-devices --output json
    for key in $(aws iam list-access-keys --query 'AccessKeyMetadata[].AccessKeyId' --output text); do
      aws iam get-access-key-last-used --access-key-id "$key" --output json
    done
    aws iam list-signing-certificates --output json
  )
  unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN
done
