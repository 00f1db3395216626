x = 1
foo "a" {
}
provider {
}
provider "example.com/acme/x" "y" {
 version = "1.0.0"
}
