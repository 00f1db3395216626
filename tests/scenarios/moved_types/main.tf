resource "null_resource" "plain" {}

resource "null_resource" "each" {
  for_each = toset(["a", "b"])
  triggers = { name = each.key }
}

resource "null_resource" "other" {}
