resource "aws_subnet" "v0" {
  vpc_id = "a"
}

resource "aws_subnet" "v1" {}

resource "aws_subnet" "v2" {
  vpc_id                          = "a"
  assign_ipv6_address_on_creation = true
}

resource "aws_subnet" "v3" {
  vpc_id            = "a"
  availability_zone = "a"
}

resource "aws_subnet" "v4" {
  vpc_id            = "a"
  availability_zone = ""
}

resource "aws_subnet" "v5" {
  vpc_id            = "a"
  availability_zone = "é"
}

resource "aws_subnet" "v6" {
  vpc_id               = "a"
  availability_zone_id = "a"
}

resource "aws_subnet" "v7" {
  vpc_id               = "a"
  availability_zone_id = ""
}

resource "aws_subnet" "v8" {
  vpc_id               = "a"
  availability_zone_id = "é"
}

resource "aws_subnet" "v9" {
  vpc_id     = "a"
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "v10" {
  vpc_id     = "a"
  cidr_block = ""
}

resource "aws_subnet" "v11" {
  vpc_id     = "a"
  cidr_block = "x"
}

resource "aws_subnet" "v12" {
  vpc_id     = "a"
  cidr_block = "X!"
}

resource "aws_subnet" "v13" {
  vpc_id     = "a"
  cidr_block = "a/b"
}

resource "aws_subnet" "v14" {
  vpc_id     = "a"
  cidr_block = "10.0.0.1/8"
}

resource "aws_subnet" "v15" {
  vpc_id     = "a"
  cidr_block = "10.0.0.0/8"
}

resource "aws_subnet" "v16" {
  vpc_id     = "a"
  cidr_block = "fd00::1/8"
}

resource "aws_subnet" "v17" {
  vpc_id     = "a"
  cidr_block = "10.0.0.0/33"
}

resource "aws_subnet" "v18" {
  vpc_id     = "a"
  cidr_block = "::1"
}

resource "aws_subnet" "v19" {
  vpc_id     = "a"
  cidr_block = "arn:"
}

resource "aws_subnet" "v20" {
  vpc_id     = "a"
  cidr_block = "arn:aws:iam::123456789012:role/x"
}

resource "aws_subnet" "v21" {
  vpc_id     = "a"
  cidr_block = "arn:a!:iam:zz:12:"
}

resource "aws_subnet" "v22" {
  vpc_id     = "a"
  cidr_block = "{\"a\":1,\"a\":2}"
}

resource "aws_subnet" "v23" {
  vpc_id     = "a"
  cidr_block = "{\"a\""
}

resource "aws_subnet" "v24" {
  vpc_id     = "a"
  cidr_block = "[]"
}

resource "aws_subnet" "v25" {
  vpc_id     = "a"
  cidr_block = "\"x\""
}

resource "aws_subnet" "v26" {
  vpc_id     = "a"
  cidr_block = "-1"
}

resource "aws_subnet" "v27" {
  vpc_id     = "a"
  cidr_block = "0"
}

resource "aws_subnet" "v28" {
  vpc_id     = "a"
  cidr_block = "1.5"
}

resource "aws_subnet" "v29" {
  vpc_id     = "a"
  cidr_block = "1h"
}

resource "aws_subnet" "v30" {
  vpc_id     = "a"
  cidr_block = "TCP"
}

resource "aws_subnet" "v31" {
  vpc_id     = "a"
  cidr_block = "a b"
}

resource "aws_subnet" "v32" {
  vpc_id     = "a"
  cidr_block = "é"
}

resource "aws_subnet" "v33" {
  vpc_id     = "a"
  cidr_block = "2020-01-01"
}

resource "aws_subnet" "v34" {
  vpc_id     = "a"
  cidr_block = "lt-A!"
}

resource "aws_subnet" "v35" {
  vpc_id     = "a"
  cidr_block = "sg-1"
}

resource "aws_subnet" "v36" {
  vpc_id     = "a"
  cidr_block = "[a"
}

resource "aws_subnet" "v37" {
  vpc_id     = "a"
  cidr_block = "aws:foo"
}

resource "aws_subnet" "v38" {
  vpc_id     = "a"
  cidr_block = "true"
}

resource "aws_subnet" "v39" {
  vpc_id     = "a"
  cidr_block = "t"
}

resource "aws_subnet" "v40" {
  vpc_id     = "a"
  cidr_block = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_subnet" "v41" {
  vpc_id     = "a"
  cidr_block = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
}

resource "aws_subnet" "v42" {
  vpc_id                   = "a"
  customer_owned_ipv4_pool = "a"
}

resource "aws_subnet" "v43" {
  vpc_id                   = "a"
  customer_owned_ipv4_pool = ""
}

resource "aws_subnet" "v44" {
  vpc_id       = "a"
  enable_dns64 = true
}

resource "aws_subnet" "v45" {
  vpc_id                     = "a"
  enable_lni_at_device_index = 1
}

resource "aws_subnet" "v46" {
  vpc_id                     = "a"
  enable_lni_at_device_index = -2
}

resource "aws_subnet" "v47" {
  vpc_id                     = "a"
  enable_lni_at_device_index = -1
}

resource "aws_subnet" "v48" {
  vpc_id                     = "a"
  enable_lni_at_device_index = 0
}

resource "aws_subnet" "v49" {
  vpc_id                     = "a"
  enable_lni_at_device_index = 0.5
}

resource "aws_subnet" "v50" {
  vpc_id = "a"
  id     = "a"
}

resource "aws_subnet" "v51" {
  vpc_id = "a"
  id     = ""
}

resource "aws_subnet" "v52" {
  vpc_id          = "a"
  ipv6_cidr_block = "a"
}

resource "aws_subnet" "v53" {
  vpc_id          = "a"
  ipv6_cidr_block = ""
}

resource "aws_subnet" "v54" {
  vpc_id          = "a"
  ipv6_cidr_block = "x"
}

resource "aws_subnet" "v55" {
  vpc_id          = "a"
  ipv6_cidr_block = "X!"
}

resource "aws_subnet" "v56" {
  vpc_id          = "a"
  ipv6_cidr_block = "a/b"
}

resource "aws_subnet" "v57" {
  vpc_id          = "a"
  ipv6_cidr_block = "10.0.0.1/8"
}

resource "aws_subnet" "v58" {
  vpc_id          = "a"
  ipv6_cidr_block = "10.0.0.0/8"
}

resource "aws_subnet" "v59" {
  vpc_id          = "a"
  ipv6_cidr_block = "fd00::1/8"
}

resource "aws_subnet" "v60" {
  vpc_id          = "a"
  ipv6_cidr_block = "10.0.0.0/33"
}

resource "aws_subnet" "v61" {
  vpc_id          = "a"
  ipv6_cidr_block = "::1"
}

resource "aws_subnet" "v62" {
  vpc_id          = "a"
  ipv6_cidr_block = "arn:"
}

resource "aws_subnet" "v63" {
  vpc_id          = "a"
  ipv6_cidr_block = "arn:aws:iam::123456789012:role/x"
}

resource "aws_subnet" "v64" {
  vpc_id          = "a"
  ipv6_cidr_block = "arn:a!:iam:zz:12:"
}

resource "aws_subnet" "v65" {
  vpc_id          = "a"
  ipv6_cidr_block = "{\"a\":1,\"a\":2}"
}

resource "aws_subnet" "v66" {
  vpc_id          = "a"
  ipv6_cidr_block = "{\"a\""
}

resource "aws_subnet" "v67" {
  vpc_id          = "a"
  ipv6_cidr_block = "[]"
}

resource "aws_subnet" "v68" {
  vpc_id          = "a"
  ipv6_cidr_block = "\"x\""
}

resource "aws_subnet" "v69" {
  vpc_id          = "a"
  ipv6_cidr_block = "-1"
}

resource "aws_subnet" "v70" {
  vpc_id          = "a"
  ipv6_cidr_block = "0"
}

resource "aws_subnet" "v71" {
  vpc_id          = "a"
  ipv6_cidr_block = "1.5"
}

resource "aws_subnet" "v72" {
  vpc_id          = "a"
  ipv6_cidr_block = "1h"
}

resource "aws_subnet" "v73" {
  vpc_id          = "a"
  ipv6_cidr_block = "TCP"
}

resource "aws_subnet" "v74" {
  vpc_id          = "a"
  ipv6_cidr_block = "a b"
}

resource "aws_subnet" "v75" {
  vpc_id          = "a"
  ipv6_cidr_block = "é"
}

resource "aws_subnet" "v76" {
  vpc_id          = "a"
  ipv6_cidr_block = "2020-01-01"
}

resource "aws_subnet" "v77" {
  vpc_id          = "a"
  ipv6_cidr_block = "lt-A!"
}

resource "aws_subnet" "v78" {
  vpc_id          = "a"
  ipv6_cidr_block = "sg-1"
}

resource "aws_subnet" "v79" {
  vpc_id          = "a"
  ipv6_cidr_block = "[a"
}

resource "aws_subnet" "v80" {
  vpc_id          = "a"
  ipv6_cidr_block = "aws:foo"
}

resource "aws_subnet" "v81" {
  vpc_id          = "a"
  ipv6_cidr_block = "true"
}

resource "aws_subnet" "v82" {
  vpc_id          = "a"
  ipv6_cidr_block = "t"
}

resource "aws_subnet" "v83" {
  vpc_id                          = "a"
  map_customer_owned_ip_on_launch = true
}

resource "aws_subnet" "v84" {
  vpc_id      = "a"
  outpost_arn = "a"
}

resource "aws_subnet" "v85" {
  vpc_id      = "a"
  outpost_arn = "x"
}

resource "aws_subnet" "v86" {
  vpc_id      = "a"
  outpost_arn = "arn:"
}

resource "aws_subnet" "v87" {
  vpc_id      = "a"
  outpost_arn = "arn:a!:iam:zz:12:"
}

resource "aws_subnet" "v88" {
  vpc_id                              = "a"
  private_dns_hostname_type_on_launch = "a"
}

resource "aws_subnet" "v89" {
  vpc_id                              = "a"
  private_dns_hostname_type_on_launch = ""
}

resource "aws_subnet" "v90" {
  vpc_id               = "a"
  availability_zone    = "a"
  availability_zone_id = "a"
}

resource "aws_subnet" "v91" {
  vpc_id                          = "a"
  availability_zone               = "a"
  map_customer_owned_ip_on_launch = true
}

resource "aws_subnet" "v92" {
  vpc_id                          = "a"
  customer_owned_ipv4_pool        = "a"
  map_customer_owned_ip_on_launch = true
}

resource "aws_subnet" "v93" {
  vpc_id                          = "a"
  availability_zone               = "a"
  availability_zone_id            = "a"
  customer_owned_ipv4_pool        = "a"
  map_customer_owned_ip_on_launch = true
}
