resource "test_thing" "a" {
  name    = "b"
  replace = "one,each,keyed,some,name,deep,objects"
  objects = { x = { a = "2" }, new = { a = "2" }, same = { a = "s" } }
  one     = { name = "m", key = "k", tags = { a = "c" } }
  each    = [{ name = "x" }, { name = "Y", size = 2 }, { name = "z" }, { name = "u" }]
  keyed   = { k = { name = "X" }, new = { note = "y" }, same = { name = "s" } }
  some    = [{ name = "x", note = "new" }, { name = "w" }, { name = "z" }]
  deep    = [{ name = "d", inner = { name = "j" } }, { name = "e", inner = { name = "i" } }]
  entry { text = "x" }
}
