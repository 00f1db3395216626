module "a" {
}
module "b" {
}
