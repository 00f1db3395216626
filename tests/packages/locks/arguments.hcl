provider "example.com/acme/x" {
}
provider "example.com/acme/a" {
 version = null
}
provider "example.com/acme/b" {
 version = "1.0"
}
provider "example.com/acme/e" {
 version = []
}
provider "example.com/acme/f" {
 version = "1.0.0"
 constraints = ">= 1"
}
provider "example.com/acme/h" {
 version = "1.0.0"
 hashes = []
}
provider "example.com/acme/i" {
 version = "1.0.0"
 hashes = "x"
}
provider "example.com/acme/j" {
 version = "1.0.0"
 hashes = ["x", 1, "a:b", ":x", "h1:"]
 other = 1
 block {
 }
}
provider "example.com/acme/k" {
 version = var.x
 constraints = null
}
provider "example.com/acme/l" {
 version = 1
 constraints = 5
}
