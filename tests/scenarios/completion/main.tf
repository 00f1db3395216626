resource "terraform_data" "a" {}

resource "terraform_data" "b" {
  for_each = toset(["x y"])
}

output "url" {
  value = "u"
}
