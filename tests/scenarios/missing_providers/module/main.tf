resource "terraform_data" "here" {}

resource "foo_one" "e" {}

check "c" {
  data "foo_three" "f" {}

  assert {
    condition     = data.foo_three.f.id == "x"
    error_message = "Never."
  }
}
