resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
  tags       = { Name = "main" }
}
resource "aws_vpc" "other" {
  cidr_block = "10.1.0.0/16"
}
output "dns" {
  value = aws_vpc.main.enable_dns_hostnames
}
output "tags" {
  value = aws_vpc.main.tags
}
