resource "terraform_data" "a" {
  input = 1
}

resource "terraform_data" "b" {
  input = 2
}

resource "terraform_data" "c" {
  count = 2
}
