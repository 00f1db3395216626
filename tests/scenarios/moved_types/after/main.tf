resource "terraform_data" "plain" {}

resource "terraform_data" "each" {
  for_each         = toset(["a", "b"])
  triggers_replace = { name = each.key }
}

moved {
  from = null_resource.plain
  to   = terraform_data.plain
}

moved {
  from = null_resource.each
  to   = terraform_data.each
}
