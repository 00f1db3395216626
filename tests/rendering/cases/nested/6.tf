variable "s" {
  sensitive = true
  default   = "m"
}
resource "test_thing" "a" {
  name    = "a"
  behave  = "maybe"
  empty   = ""
  objects = { x = { a = "1" }, long = { a = "2" }, same = { a = "s" } }
  one     = { name = var.s, token = "t", note = "", tags = { a = "b", c = "d" } }
  each    = [{ name = "x" }, { name = var.s }, { name = "z" }, { name = "u" }, { name = "v" }]
  keyed   = { k = { name = var.s }, longer = { note = "y" }, same = { name = "s" } }
  some    = [{ name = "x", size = 1 }, { name = var.s, size = 2 }, { name = "z" }]
  deep    = [{ name = "d", inner = { name = "i", token = "t" } }, { name = "e", inner = { name = "i", token = "t" } }]
  guarded = [{ name = "g", token = "t" }]
  hidden  = { name = "h" }
  entry {
    text = ""
    size = 1
  }
}
