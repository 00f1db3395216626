resource "aws_eip_association" "v0" {
  instance_id = "i-1"
}

resource "aws_eip_association" "v1" {}

resource "aws_eip_association" "v2" {
  instance_id   = "i-1"
  allocation_id = "a"
}

resource "aws_eip_association" "v3" {
  instance_id   = "i-1"
  allocation_id = ""
}

resource "aws_eip_association" "v4" {
  instance_id   = "i-1"
  allocation_id = "é"
}

resource "aws_eip_association" "v5" {
  instance_id         = "i-1"
  allow_reassociation = true
}

resource "aws_eip_association" "v6" {
  instance_id = "i-1"
  id          = "a"
}

resource "aws_eip_association" "v7" {
  instance_id = "i-1"
  id          = ""
}

resource "aws_eip_association" "v8" {
  instance_id = "a"
}

resource "aws_eip_association" "v9" {
  instance_id = ""
}

resource "aws_eip_association" "v10" {
  instance_id = "é"
}

resource "aws_eip_association" "v11" {
  instance_id          = "i-1"
  network_interface_id = "a"
}

resource "aws_eip_association" "v12" {
  instance_id          = "i-1"
  network_interface_id = ""
}

resource "aws_eip_association" "v13" {
  instance_id        = "i-1"
  private_ip_address = "a"
}

resource "aws_eip_association" "v14" {
  instance_id        = "i-1"
  private_ip_address = ""
}

resource "aws_eip_association" "v15" {
  instance_id        = "i-1"
  private_ip_address = "é"
}

resource "aws_eip_association" "v16" {
  instance_id = "i-1"
  public_ip   = "a"
}

resource "aws_eip_association" "v17" {
  instance_id = "i-1"
  public_ip   = ""
}

resource "aws_eip_association" "v18" {
  instance_id = "i-1"
  public_ip   = "é"
}

resource "aws_eip_association" "v19" {
  instance_id = null
}
