terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.0" }
  }
}
provider "aws" { region = "us-east-1" }
resource "aws_instance" "a" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
}
resource "aws_instance" "n" {
  count         = 2
  ami           = "ami-12345678"
  instance_type = "t3.micro"
}
data "aws_region" "r" {}
output "o1" { value = aws_instance.a.zzz }
output "o2" { value = aws_instance.a.amii }
output "o3" { value = aws_instance.a.cpu_core_count }
output "o4" { value = aws_instance.a.root_block_device.volume_size }
output "o5" { value = aws_instance.a.root_block_device[0].zzz }
output "o6" { value = aws_instance.a.ebs_block_device[0].volume_id }
output "o7" { value = aws_instance.a.ebs_block_device.volume_id }
output "o8" { value = aws_instance.n[0].zzz }
output "o9" { value = aws_instance.n[*].zzz }
output "o10" { value = data.aws_region.r.zzz }
output "o11" { value = aws_instance.a.tags.x }
output "o12" { value = aws_instance.a.ami.x }
output "o14" { value = [for x in aws_instance.n : x.zzz] }
output "o15" { value = aws_instance.n[0].cpu_core_count }
output "o17" { value = aws_instance.a.root_block_device.0.zzz }
output "o19" { value = aws_instance.a.timeouts.zzz }
output "o20" { value = aws_instance.a.timeouts.create }
