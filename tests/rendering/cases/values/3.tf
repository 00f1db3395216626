resource "terraform_data" "list" {
  input = null
}
resource "terraform_data" "json" {
  input = "not json"
}
resource "terraform_data" "lines" {
  input = "first\n  second!\nthird"
}
resource "terraform_data" "secret" {
  input = "open"
}
resource "terraform_data" "set" {
  input = toset([for x in ["one", "two"] : "${x}-${terraform_data.secret.id}"])
}
resource "terraform_data" "long" {
  input = [for i in range(30) : "item ${i}"]
}
