provider "example.com/acme/x" {
 version = "1.0.0"
}
provider "example.com/acme/x" {
 version = "1.0.0"
}
