provider "chanse" { native = false }

provider "null" {
  native = ["null_resource", "null_resorce", "nonsense"]
}

provider "tls" { native = true }
