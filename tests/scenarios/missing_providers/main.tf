resource "foo_one" "a" {}

resource "foo_two" "b" {
  count = 3
}

data "foo_three" "c" {}

resource "bar_one" "d" {}

module "inner" {
  source = "./module"
}

output "count" {
  value = length(foo_two.b)
}
