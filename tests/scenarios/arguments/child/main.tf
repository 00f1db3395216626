module "one" {
  source = "./grandchild"
}

module "two" {
  source = "./grandchild/"
}
