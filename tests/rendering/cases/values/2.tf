resource "terraform_data" "list" {
  input = ["a", "c", "x", "d", "e"]
}
resource "terraform_data" "object" {
  input = { name = "y", count = 3, nested = { deep = false, other = "same", list = [1, 3] }, "quoted key" = 4, fresh = "hello" }
}
resource "terraform_data" "map" {
  input = tomap({ a = "1", b = "3", e = "5" })
}
resource "terraform_data" "set" {
  input = toset(["one", "two", "four"])
}
resource "terraform_data" "lines" {
  input = "first\nsecond!\nthird\nfourth\nfifth\nsixth\n"
}
resource "terraform_data" "json" {
  input = jsonencode({ Version = "2012-10-17", Statement = [{ Action = ["s3:Get*", "s3:Put*"], Effect = "Allow", Resource = "*", Sid = "x" }] })
}
resource "terraform_data" "jsonlist" {
  input = "[1,{\"a\":null,\"b\":[]},3]"
}
resource "terraform_data" "secret" {
  input            = sensitive("new")
  triggers_replace = ["b", 1]
}
resource "terraform_data" "partly" {
  input = { open = "YES", closed = "no" }
}
resource "terraform_data" "kinds" {
  input = { number = 2, big = 12345678901234567891, yes = false, empty = "e", none = ["x"], nomap = { a = 1 }, escaped = "plain" }
}
resource "terraform_data" "objects" {
  input = [{ id = 1, v = "z" }, { id = 3, v = "b" }]
}
resource "terraform_data" "type" {
  input = ["1"]
}
resource "terraform_data" "unknown" {
  input = { id = terraform_data.blank.id, fixed = 2, inner = [terraform_data.secret.id, "x"] }
}
resource "terraform_data" "text" {
  input = "just one"
}
resource "terraform_data" "blank" {
  input = null
}
