output "a" { value = "y" }
output "b" { value = { k = [1, 3], s = "t" } }
output "c" {
  value     = "s2"
  sensitive = true
}
output "d" { value = "same" }
output "new" { value = null }
output "longer_name" { value = 12 }
output "lines" { value = "a\nx\nc\n" }
