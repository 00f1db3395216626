resource "test_thing" "a" {
  behave = "told"
}
