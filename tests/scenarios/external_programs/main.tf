variable "case" {
  default = "fine"
}

variable "secret" {
  default   = "hunter2hunter2"
  sensitive = true
}

locals {
  programs = {
    fine    = ["sh", "", "-c", "sed 's/^/{\"asked\":\"/; s/[{}\"]//g; s/^asked:/{\"asked\":\"/; s/$/\",\"none\":null}/'"]
    folder  = ["sh", "-c", "printf '{\"asked\":\"%s\"}' \"$${PWD##*/}\""]
    nothing = [""]
    empty   = []
    missing = ["no-such-program", "x"]
    absent  = ["./absent"]
    plain   = ["${path.module}/main.tf"]
    fails   = ["sh", "-c", "echo \"no luck with $1\" >&2; exit 3", "sh", var.secret]
    silent  = ["sh", "-c", "exit 4"]
    killed  = ["sh", "-c", "kill -9 $$"]
    mute    = ["true"]
    text    = ["echo", "hello"]
    half    = ["echo", "{\"a\":"]
    list    = ["echo", "[1]"]
    number  = ["echo", "{\"a\": 1}"]
    unread  = ["echo", "{\"asked\": \"nothing\"}"]
  }
}

data "external" "it" {
  program     = local.programs[var.case]
  query       = { b = "1<2", a = null, c = "x" }
  working_dir = var.case == "folder" ? "inner" : null
}

output "asked" {
  value = data.external.it.result
}
