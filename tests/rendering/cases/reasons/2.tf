resource "terraform_data" "counted" {
  count = 1
  input = count.index
}
resource "terraform_data" "each" {
  for_each = toset(["a"])
  input    = each.key
}
resource "terraform_data" "single" {
  count = 2
  input = 2
}
resource "terraform_data" "tainted" {
  input = 1
}
resource "terraform_data" "asked" {
  input = 1
}
resource "terraform_data" "first" {
  input            = 1
  triggers_replace = "x"
  lifecycle { create_before_destroy = true }
}
resource "terraform_data" "triggered" {
  input = 1
  lifecycle { replace_triggered_by = [terraform_data.single] }
}
