resource "test_thing" "a" {
  name    = "a"
  empty   = ""
  objects = { x = { a = "1" }, long = { a = "2" } }
  one     = { name = "n", note = "", token = "t", key = "k", tags = { a = "b" } }
  each    = [{ name = "x" }, { name = "y", size = 2 }]
  keyed   = { k = { name = "x" }, longer = { note = "y" } }
  some    = [{ name = "x" }, { name = "y", size = 2 }]
  deep    = [{ name = "d", inner = { name = "i", token = "t" } }]
  guarded = [{ name = "g", token = "t" }]
  hidden  = { name = "h" }
  entry { text = "" }
}
