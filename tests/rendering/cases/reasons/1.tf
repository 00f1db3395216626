resource "terraform_data" "counted" {
  count = 2
  input = count.index
}
resource "terraform_data" "each" {
  for_each = toset(["a", "b"])
  input    = each.key
}
resource "terraform_data" "single" {
  input = 1
}
resource "terraform_data" "gone" {
  input = { a = 1 }
}
resource "terraform_data" "tainted" {
  input = 1
}
resource "terraform_data" "asked" {
  input = 1
}
resource "terraform_data" "first" {
  input = 1
  lifecycle { create_before_destroy = true }
}
resource "terraform_data" "triggered" {
  input = 1
  lifecycle { replace_triggered_by = [terraform_data.single] }
}
