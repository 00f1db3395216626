resource "aws_launch_template" "subject" {
  name                   = "launch-template-subject"
  description            = "second version"
  image_id               = data.aws_ami.support.id
  instance_type          = "t3.small"
  update_default_version = true
  user_data              = base64encode("#!/bin/sh\necho hello\n")

  block_device_mappings {
    device_name = "/dev/sda1"

    ebs {
      volume_size = 30
    }
  }

  tags = { Name = "template" }
}
