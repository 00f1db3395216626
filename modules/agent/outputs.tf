output "vpc_id" {
  description = "The agent's network."
  value       = aws_vpc.agent.id
}

output "group" {
  description = "The scaling group's name."
  value       = aws_autoscaling_group.agent.name
}

output "starts" {
  description = "When the schedule starts the agent; null once it is rolled out."
  value       = var.initial_deploy ? local.start_time : null
}
