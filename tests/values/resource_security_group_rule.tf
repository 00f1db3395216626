resource "aws_security_group_rule" "v0" {
  from_port         = 1
  protocol          = "tcp"
  security_group_id = "a"
  to_port           = 1
  type              = "ingress"
  self              = true
}

resource "aws_security_group_rule" "v1" {
  from_port         = 1
  protocol          = "tcp"
  security_group_id = "a"
  to_port           = 1
  type              = "ingress"
}

resource "aws_security_group_rule" "v2" {}

resource "aws_security_group_rule" "v3" {
  from_port         = 1
  protocol          = "tcp"
  security_group_id = "a"
  to_port           = 1
  type              = "ingress"
  self              = true
  cidr_blocks       = ["a"]
}

resource "aws_security_group_rule" "v4" {
  from_port         = 1
  protocol          = "tcp"
  security_group_id = "a"
  to_port           = 1
  type              = "ingress"
  self              = true
  cidr_blocks       = [""]
}

resource "aws_security_group_rule" "v5" {
  from_port         = 1
  protocol          = "tcp"
  security_group_id = "a"
  to_port           = 1
  type              = "ingress"
  self              = true
  description       = "a"
}

resource "aws_security_group_rule" "v6" {
  from_port         = 1
  protocol          = "tcp"
  security_group_id = "a"
  to_port           = 1
  type              = "ingress"
  self              = true
  description       = ""
}

resource "aws_security_group_rule" "v7" {
  from_port         = 1
  protocol          = "tcp"
  security_group_id = "a"
  to_port           = 1
  type              = "ingress"
  self              = true
  description       = "x"
}

resource "aws_security_group_rule" "v8" {
  from_port         = 1
  protocol          = "tcp"
  security_group_id = "a"
  to_port           = 1
  type              = "ingress"
  self              = true
  description       = "X!"
}

resource "aws_security_group_rule" "v9" {
  from_port         = 1
  protocol          = "tcp"
  security_group_id = "a"
  to_port           = 1
  type              = "ingress"
  self              = true
  description       = "a/b"
}

resource "aws_security_group_rule" "v10" {
  from_port         = 1
  protocol          = "tcp"
  security_group_id = "a"
  to_port           = 1
  type              = "ingress"
  self              = true
  description       = "10.0.0.1/8"
}

resource "aws_security_group_rule" "v11" {
  from_port         = 1
  protocol          = "tcp"
  security_group_id = "a"
  to_port           = 1
  type              = "ingress"
  self              = true
  description       = "10.0.0.0/8"
}

resource "aws_security_group_rule" "v12" {
  from_port         = 1
  protocol          = "tcp"
  security_group_id = "a"
  to_port           = 1
  type              = "ingress"
  self              = true
  description       = "fd00::1/8"
}

resource "aws_security_group_rule" "v13" {
  from_port         = 1
  protocol          = "tcp"
  security_group_id = "a"
  to_port           = 1
  type              = "ingress"
  self              = true
  description       = "10.0.0.0/33"
}

resource "aws_security_group_rule" "v14" {
  from_port         = 1
  protocol          = "tcp"
  security_group_id = "a"
  to_port           = 1
  type              = "ingress"
  self              = true
  description       = "::1"
}

resource "aws_security_group_rule" "v15" {
  from_port         = 1
  protocol          = "tcp"
  security_group_id = "a"
  to_port           = 1
  type              = "ingress"
  self              = true
  description       = "arn:"
}

resource "aws_security_group_rule" "v16" {
  from_port         = 1
  protocol          = "tcp"
  security_group_id = "a"
  to_port           = 1
  type              = "ingress"
  self              = true
  description       = "arn:aws:iam::123456789012:role/x"
}

resource "aws_security_group_rule" "v17" {
  from_port         = 1
  protocol          = "tcp"
  security_group_id = "a"
  to_port           = 1
  type              = "ingress"
  self              = true
  description       = "arn:a!:iam:zz:12:"
}

resource "aws_security_group_rule" "v18" {
  from_port         = 1
  protocol          = "tcp"
  security_group_id = "a"
  to_port           = 1
  type              = "ingress"
  self              = true
  description       = "{\"a\":1,\"a\":2}"
}

resource "aws_security_group_rule" "v19" {
  from_port         = 1
  protocol          = "tcp"
  security_group_id = "a"
  to_port           = 1
  type              = "ingress"
  self              = true
  description       = "{\"a\""
}

resource "aws_security_group_rule" "v20" {
  from_port         = 1
  protocol          = "tcp"
  security_group_id = "a"
  to_port           = 1
  type              = "ingress"
  self              = true
  description       = "\"x\""
}

resource "aws_security_group_rule" "v21" {
  from_port         = 1
  protocol          = "tcp"
  security_group_id = "a"
  to_port           = 1
  type              = "ingress"
  self              = true
  description       = "é"
}

resource "aws_security_group_rule" "v22" {
  from_port         = 1
  protocol          = "tcp"
  security_group_id = "a"
  to_port           = 1
  type              = "ingress"
  self              = true
  description       = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_security_group_rule" "v23" {
  from_port         = 1
  protocol          = "tcp"
  security_group_id = "a"
  to_port           = 1
  type              = "ingress"
  self              = true
  description       = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_security_group_rule" "v24" {
  from_port         = 0.5
  protocol          = "tcp"
  security_group_id = "a"
  to_port           = 1
  type              = "ingress"
  self              = true
}

resource "aws_security_group_rule" "v25" {
  from_port         = 1
  protocol          = "tcp"
  security_group_id = "a"
  to_port           = 1
  type              = "ingress"
  self              = true
  id                = "a"
}

resource "aws_security_group_rule" "v26" {
  from_port         = 1
  protocol          = "tcp"
  security_group_id = "a"
  to_port           = 1
  type              = "ingress"
  self              = true
  id                = ""
}

resource "aws_security_group_rule" "v27" {
  from_port         = 1
  protocol          = "tcp"
  security_group_id = "a"
  to_port           = 1
  type              = "ingress"
  self              = true
  ipv6_cidr_blocks  = ["a"]
}

resource "aws_security_group_rule" "v28" {
  from_port         = 1
  protocol          = "tcp"
  security_group_id = "a"
  to_port           = 1
  type              = "ingress"
  self              = true
  ipv6_cidr_blocks  = [""]
}

resource "aws_security_group_rule" "v29" {
  from_port         = 1
  protocol          = "tcp"
  security_group_id = "a"
  to_port           = 1
  type              = "ingress"
  self              = true
  prefix_list_ids   = [""]
}

resource "aws_security_group_rule" "v30" {
  from_port                = 1
  protocol                 = "tcp"
  security_group_id        = "a"
  to_port                  = 1
  type                     = "ingress"
  self                     = true
  source_security_group_id = "a"
}

resource "aws_security_group_rule" "v31" {
  from_port                = 1
  protocol                 = "tcp"
  security_group_id        = "a"
  to_port                  = 1
  type                     = "ingress"
  self                     = true
  source_security_group_id = ""
}

resource "aws_security_group_rule" "v32" {
  from_port         = 1
  protocol          = "tcp"
  security_group_id = "a"
  to_port           = 0.5
  type              = "ingress"
  self              = true
}

resource "aws_security_group_rule" "v33" {
  from_port         = 1
  protocol          = "tcp"
  security_group_id = "a"
  to_port           = 1
  type              = ""
  self              = true
}

resource "aws_security_group_rule" "v34" {
  from_port         = 1
  protocol          = "tcp"
  security_group_id = "a"
  to_port           = 1
  type              = "x"
  self              = true
}

resource "aws_security_group_rule" "v35" {
  from_port         = 1
  protocol          = "tcp"
  security_group_id = "a"
  to_port           = 1
  type              = "ingress"
  cidr_blocks       = ["a"]
  ipv6_cidr_blocks  = ["a"]
}

resource "aws_security_group_rule" "v36" {
  from_port         = 1
  protocol          = "tcp"
  security_group_id = "a"
  to_port           = 1
  type              = "ingress"
  cidr_blocks       = ["a"]
  prefix_list_ids   = ["a"]
}

resource "aws_security_group_rule" "v37" {
  from_port                = 1
  protocol                 = "tcp"
  security_group_id        = "a"
  to_port                  = 1
  type                     = "ingress"
  cidr_blocks              = ["a"]
  source_security_group_id = "a"
}

resource "aws_security_group_rule" "v38" {
  from_port                = 1
  protocol                 = "tcp"
  security_group_id        = "a"
  to_port                  = 1
  type                     = "ingress"
  ipv6_cidr_blocks         = ["a"]
  source_security_group_id = "a"
}

resource "aws_security_group_rule" "v39" {
  from_port         = 1
  protocol          = "tcp"
  security_group_id = "a"
  to_port           = 1
  type              = "ingress"
  self              = null
}

resource "aws_security_group_rule" "v40" {
  from_port                = 1
  protocol                 = "tcp"
  security_group_id        = "a"
  to_port                  = 1
  type                     = "ingress"
  cidr_blocks              = ["a"]
  ipv6_cidr_blocks         = ["a"]
  prefix_list_ids          = ["a"]
  self                     = true
  source_security_group_id = "a"
}
