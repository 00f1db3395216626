type "aws_cloudwatch_log_group" {
  service = "logs"
  noun    = "log_group"
  id      = name
  kept    = ["skip_destroy"]

  generated "name" {
    prefix = "name_prefix"
  }

  create "CreateLogGroup" {
    deletionProtectionEnabled = deletion_protection_enabled ? true : null
  }

  read "DescribeLogGroups" {
    batch = 50
    by    = it.logGroupName
    at    = "logGroups"

    # A single name is looked up by its prefix, which every version of the API knows.
    logGroupNamePrefix  = length(ids) == 1 ? ids[0] : null
    logGroupIdentifiers = length(ids) == 1 ? null : ids
  }

  update "PutRetentionPolicy" {
    when         = ["retention_in_days"]
    only_if      = retention_in_days > 0
    logGroupName = id
  }
  update "DeleteRetentionPolicy" {
    when         = ["retention_in_days"]
    only_if      = !(retention_in_days > 0)
    logGroupName = id
  }
  update "PutLogGroupDeletionProtection" {
    when               = ["deletion_protection_enabled"]
    logGroupIdentifier = id
  }
  update "AssociateKmsKey" {
    when         = ["kms_key_id"]
    only_if      = kms_key_id != null && kms_key_id != ""
    logGroupName = id
  }
  update "DisassociateKmsKey" {
    when         = ["kms_key_id"]
    only_if      = kms_key_id == null || kms_key_id == ""
    logGroupName = id
  }

  delete "DeleteLogGroup" {
    only_if      = !skip_destroy
    logGroupName = id
    gone         = ["ResourceNotFoundException"]
  }

  tags {
    list        = "ListTagsForResource"
    add         = "TagResource"
    remove      = "UntagResource"
    arn         = now.arn
    resourceArn = now.arn
    gone        = ["ResourceNotFoundException"]
  }

  values {
    # That of AWS ends in `:*`, which stands for the streams.
    arn                         = trimsuffix(coalesce(answer.logGroupArn, answer.arn), ":*")
    deletion_protection_enabled = answer.deletionProtectionEnabled == true
  }

  empty = ["kms_key_id", "log_group_class", "retention_in_days"]
}
