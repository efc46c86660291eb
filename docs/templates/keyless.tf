# AWS Root Guard without keys: the identity provider of Jenkins, a role that reads, and a role that secures.

terraform {
  required_version = ">= 1.3"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.81"
    }
  }
}

variable "issuer" {
  description = "Issuer of the tokens without https://, for example jenkins.example.com/oidc/job/team"
  type        = string
  validation {
    condition     = can(regex("^[A-Za-z0-9.-]+(/[A-Za-z0-9._~%-]+)*$", var.issuer))
    error_message = "Enter the issuer without https:// and without a slash at the end."
  }
}

variable "audience" {
  description = "Audience of the tokens"
  type        = string
  default     = "sts.amazonaws.com"
  validation {
    condition     = can(regex("^[^\\s\"\\\\$]+$", var.audience))
    error_message = "Enter the audience of the credential in Jenkins."
  }
}

variable "audit_subject" {
  description = "Subject of the job that reads, for example https://jenkins.example.com/job/team/job/aws-root-assess/"
  type        = string
  validation {
    condition     = can(regex("^[^\\s\"\\\\*?$]+$", var.audit_subject))
    error_message = "Enter the subject of one job. Wildcards are not allowed."
  }
}

variable "secure_subject" {
  description = "Subject of the only job that makes changes, for example https://jenkins.example.com/job/team/job/aws-root-secure/"
  type        = string
  validation {
    condition     = can(regex("^[^\\s\"\\\\*?$]+$", var.secure_subject))
    error_message = "Enter the subject of one job. Wildcards are not allowed."
  }
}

variable "create_provider" {
  description = "Whether to create the identity provider. Set false if the account has it."
  type        = bool
  default     = true
}

variable "organization" {
  description = "Whether the roles reach the root users of member accounts. Apply in the management account."
  type        = bool
  default     = false
}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

locals {
  provider_arn = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:oidc-provider/${var.issuer}"
  trust = {
    for role, subject in { audit = var.audit_subject, secure = var.secure_subject } : role => jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Sid       = "OneJobWithTokenOfJenkins"
        Effect    = "Allow"
        Principal = { Federated = local.provider_arn }
        Action    = "sts:AssumeRoleWithWebIdentity"
        Condition = {
          StringEquals = {
            "${var.issuer}:aud" = var.audience
            "${var.issuer}:sub" = subject
          }
        }
      }]
    })
  }
}

resource "aws_iam_openid_connect_provider" "jenkins" {
  count          = var.create_provider ? 1 : 0
  url            = "https://${var.issuer}"
  client_id_list = [var.audience]
}

resource "aws_iam_role" "audit" {
  name               = "RootGuardAudit"
  description        = "Assesses and validates the root user. Changes nothing."
  assume_role_policy = local.trust["audit"]
}

resource "aws_iam_role" "secure" {
  name               = "RootGuardSecure"
  description        = "Secures root users. Can make any IAM user an administrator and, in an organization, delete root credentials of members."
  assume_role_policy = local.trust["secure"]
  lifecycle {
    precondition {
      condition     = var.audit_subject != var.secure_subject
      error_message = "audit_subject and secure_subject must be different jobs. Otherwise the job that reads can make changes."
    }
  }
}

resource "aws_iam_role_policy" "read" {
  for_each = toset([aws_iam_role.audit.name, aws_iam_role.secure.name])
  name     = "read"
  role     = each.value
  policy   = file("${path.module}/../policies/read.json")
}

resource "aws_iam_role_policy" "secure" {
  name   = "secure"
  role   = aws_iam_role.secure.name
  policy = file("${path.module}/../policies/secure.json")
}

resource "aws_iam_role_policy" "organization" {
  for_each = toset(var.organization ? [aws_iam_role.audit.name, aws_iam_role.secure.name] : [])
  name     = "organization"
  role     = each.value
  policy   = file("${path.module}/../policies/organization.json")
}

resource "aws_iam_role_policy" "root_session_audit" {
  count  = var.organization ? 1 : 0
  name   = "root-session-audit"
  role   = aws_iam_role.audit.name
  policy = file("${path.module}/../policies/root-session-audit.json")
}

resource "aws_iam_role_policy" "privileged_root_session" {
  count  = var.organization ? 1 : 0
  name   = "privileged-root-session"
  role   = aws_iam_role.secure.name
  policy = file("${path.module}/../policies/privileged-root-session.json")
}

output "audit_role_arn" {
  description = "The roleArn of the job that reads"
  value       = aws_iam_role.audit.arn
}

output "secure_role_arn" {
  description = "The roleArn of the job that makes changes"
  value       = aws_iam_role.secure.arn
}
