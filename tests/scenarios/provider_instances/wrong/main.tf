variable "nothing" { default = null }
variable "secret" {
  default   = "a"
  sensitive = true
}

provider "local" {
  alias    = "each"
  for_each = { a = 1, b = 2 }
}

provider "random" {
  alias    = "none"
  for_each = {}
}

resource "random_id" "later" { byte_length = 1 }

resource "random_id" "none" {
  provider    = random.none["a"]
  byte_length = 1
}

resource "local_file" "missing" {
  count    = 2
  provider = local.each[["a", "c"][count.index]]
  filename = "missing"
  content  = ""
}

resource "local_file" "unknown" {
  provider = local.each[random_id.later.id]
  filename = "unknown"
  content  = ""
}

resource "local_file" "null" {
  provider = local.each[var.nothing]
  filename = "null"
  content  = ""
}

resource "local_file" "secret" {
  provider = local.each[var.secret]
  filename = "secret"
  content  = ""
}

resource "local_file" "list" {
  provider = local.each[[]]
  filename = "list"
  content  = ""
}
