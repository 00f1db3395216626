variable "region" {
  description = "The AWS region of everything in this module that is not global."
  type        = string
}

variable "name" {
  description = "What the agent is called; names of its objects begin with it."
  type        = string
  default     = "agent"

  validation {
    condition     = length(var.name) > 0 && length(var.name) <= 32
    error_message = "The name must have 1 to 32 characters."
  }
}

# Network

variable "cidr_block" {
  description = "Addresses of the agent's network."
  type        = string
  default     = "10.20.30.0/24"
}

variable "zones" {
  description = "In how many availability zones to make a subnet; a region with fewer zones gets as many as it has."
  type        = number
  default     = 3
}

variable "open_ports" {
  description = "Port ranges open to everyone, by protocol."
  type        = map(string)
  default     = { tcp = "1024-65535", udp = "1024-65535" }
}

variable "allow_ssh" {
  description = "Networks that may log in."
  type        = list(string)
  default     = []
}

# Instances

variable "instance_type" {
  description = "Type of the agent's instances."
  type        = string
  default     = "t3.micro"
}

variable "volume" {
  description = "The root volume; size in GiB."
  type = object({
    size       = optional(number, 20)
    type       = optional(string, "gp3")
    throughput = optional(number)
  })
  default = {}
}

variable "commands" {
  description = "What an instance runs once it is up, in order."
  type        = list(string)
  default     = []
}

variable "desired_capacity" {
  description = "How many instances run once the agent has started."
  type        = number
  default     = 1

  validation {
    condition     = var.desired_capacity >= 0
    error_message = "The desired capacity is a number of instances: 0 or more."
  }
}

# Start

variable "initial_deploy" {
  description = "True while the agent is rolled out: the group is empty and a schedule starts it. False afterwards."
  type        = bool
  default     = true
}

variable "start_time" {
  description = "When the schedule starts the agent: \"now\" for start_offset after the first apply, or a time in RFC 3339."
  type        = string
  default     = "now"
}

variable "start_offset" {
  description = "How long after the first apply the agent starts, such as \"15 minutes\" or \"2 hours\"."
  type        = string
  default     = "15 minutes"

  validation {
    condition     = can(regex("^[0-9]+ (minutes|hours|days|months)$", var.start_offset))
    error_message = "The offset is a number and one of minutes, hours, days, months."
  }
}

# Logs

variable "logs_retention" {
  description = "For how many days logs are kept."
  type        = number
  default     = 7
}
