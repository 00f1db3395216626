resource "test_thing" "a" {
  name    = "b"
  objects = { x = { a = "2" }, new = { a = "2" }, same = { a = "s" } }
  one     = { name = "m", token = "u", key = "k", tags = { a = "c" } }
  each    = [{ name = "x" }, { name = "Y", size = 2 }, { name = "z" }, { name = "u" }]
  keyed   = { k = { name = "X" }, new = { note = "y" }, same = { name = "s" } }
  some    = [{ name = "x", note = "new" }, { name = "w" }, { name = "z" }]
  deep    = [{ name = "d", inner = { name = "j", token = "t" } }, { name = "e", inner = { name = "i", token = "u" } }]
  guarded = [{ name = "g", token = "u" }]
  hidden  = { name = "i" }
  entry { text = "x" }
}
