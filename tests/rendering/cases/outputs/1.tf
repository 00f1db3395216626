output "a" { value = "x" }
output "b" { value = { k = [1, 2], s = "t" } }
output "c" {
  value     = "s"
  sensitive = true
}
output "d" { value = "same" }
output "lines" { value = "a\nb\nc\n" }
