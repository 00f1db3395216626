resource "terraform_data" "a" {
  input = 1
}

resource "terraform_data" "b" {
  count = 2
  input = 2
}

resource "terraform_data" "c" {
  for_each = toset(["x"])
}

module "m" {
  source = "./m"
}
