resource "terraform_data" "long" {
  input = [for i in range(30) : i == 15 ? "changed" : "item ${i}"]
}
resource "terraform_data" "json" {
  input = jsonencode({ a = terraform_data.long.id })
}
