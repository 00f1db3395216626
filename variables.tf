variable "name" {
  description = "What the agents are called."
  type        = string
  default     = "agent"
}

variable "tags" {
  description = "Tags of everything in the fleet."
  type        = map(string)
  default = {
    Project = "fleet"
  }
}

variable "initial_deploy" {
  description = "True until the regions have started: groups are empty, a schedule starts them."
  type        = bool
  default     = true
}

variable "commands" {
  description = "What an instance runs once it is up, in order."
  type        = list(string)
  default     = ["echo started"]
}
