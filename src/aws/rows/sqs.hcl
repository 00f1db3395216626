type "aws_sqs_queue" {
  service = "sqs"
  noun    = "queue"
  id      = answer.QueueUrl
  lingers = true

  # The name is free again a minute after its queue is gone.
  not_yet    = ["QueueDeletedRecently", "AWS.SimpleQueueService.QueueDeletedRecently"]
  unmodelled = ["AWS.SimpleQueueService.QueueDeletedRecently", "AWS.SimpleQueueService.NonExistentQueue"]

  generated "name" {
    prefix = "name_prefix"
    suffix = fifo_queue ? ".fifo" : ""
  }

  documents {
    policy               = "policy"
    redrive_policy       = "json"
    redrive_allow_policy = "json"
  }

  strings "Attributes" {
    arn                               = "QueueArn"
    content_based_deduplication       = "ContentBasedDeduplication"
    deduplication_scope               = "DeduplicationScope"
    delay_seconds                     = "DelaySeconds"
    fifo_queue                        = "FifoQueue"
    fifo_throughput_limit             = "FifoThroughputLimit"
    kms_data_key_reuse_period_seconds = "KmsDataKeyReusePeriodSeconds"
    kms_master_key_id                 = "KmsMasterKeyId"
    max_message_size                  = "MaximumMessageSize"
    message_retention_seconds         = "MessageRetentionPeriod"
    policy                            = "Policy"
    receive_wait_time_seconds         = "ReceiveMessageWaitTimeSeconds"
    redrive_allow_policy              = "RedriveAllowPolicy"
    redrive_policy                    = "RedrivePolicy"
    sqs_managed_sse_enabled           = "SqsManagedSseEnabled"
    visibility_timeout_seconds        = "VisibilityTimeout"
  }

  create "CreateQueue" {}

  find "GetQueueUrl" {
    gone = ["QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"]
  }

  read "GetQueueAttributes" {
    QueueUrl       = id
    AttributeNames = ["All"]
    gone           = ["QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"]
  }

  update "SetQueueAttributes" {
    when     = ["*"]
    QueueUrl = id
  }

  delete "DeleteQueue" {
    QueueUrl = id
    gone     = ["QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"]
  }

  tags {
    list     = "ListQueueTags"
    add      = "TagQueue"
    remove   = "UntagQueue"
    QueueUrl = id
  }

  values {
    name                              = basename(id)
    url                               = id
    fifo_queue                        = answer.Attributes.FifoQueue == "true"
    content_based_deduplication       = answer.Attributes.ContentBasedDeduplication == "true"
    kms_data_key_reuse_period_seconds = coalesce(answer.Attributes.KmsDataKeyReusePeriodSeconds, 300)
  }

  empty = [
    "deduplication_scope", "fifo_throughput_limit", "kms_master_key_id", "policy", "redrive_allow_policy", "redrive_policy",
    "sqs_managed_sse_enabled",
  ]

  refuse {
    when    = content_based_deduplication && !fifo_queue
    message = "content-based deduplication can only be set for FIFO queue"
  }
}
