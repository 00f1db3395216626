# What Terraform has no words for: which files of regions/ join this configuration, and in which order they are changed.

rollout {
  regions = ["eu-central-1", "us-west-2"]

  wave "canary" {
    regions = ["eu-central-1"]
  }

  wave "rest" {
    max_concurrent = 4
  }
}
