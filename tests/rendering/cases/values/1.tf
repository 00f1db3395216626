resource "terraform_data" "list" {
  input = ["a", "b", "c", "d"]
}
resource "terraform_data" "object" {
  input = { name = "x", count = 3, nested = { deep = true, other = "same", list = [1, 2, 3] }, "quoted key" = null, gone = "bye" }
}
resource "terraform_data" "map" {
  input = tomap({ a = "1", b = "2", "c.d" = "3" })
}
resource "terraform_data" "set" {
  input = toset(["one", "two", "three"])
}
resource "terraform_data" "lines" {
  input = "first\nsecond\nthird\nfourth\nfifth\n"
}
resource "terraform_data" "json" {
  input = jsonencode({ Version = "2012-10-17", Statement = [{ Action = ["s3:Get*", "s3:List*"], Effect = "Allow", Resource = "*" }] })
}
resource "terraform_data" "jsonlist" {
  input = "[1,2,{\"a\":null}]"
}
resource "terraform_data" "secret" {
  input            = sensitive("old")
  triggers_replace = ["a", 1]
}
resource "terraform_data" "partly" {
  input = { open = "yes", closed = sensitive("no") }
}
resource "terraform_data" "kinds" {
  input = { number = 1.50, big = 12345678901234567890, yes = true, empty = "", none = [], nomap = {}, escaped = "a\"b\\c$${d}\t" }
}
resource "terraform_data" "objects" {
  input = [{ id = 1, v = "a" }, { id = 2, v = "b" }]
}
resource "terraform_data" "type" {
  input = "1"
}
resource "terraform_data" "unknown" {
  input = { id = terraform_data.list.id, fixed = 1, inner = [terraform_data.map.id, "x"] }
}
resource "terraform_data" "text" {
  input = "just one\nline more"
}
resource "terraform_data" "blank" {
}
