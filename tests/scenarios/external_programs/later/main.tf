resource "terraform_data" "name" {
  input = "name"
}

# Its query is not known before the name is.
data "external" "later" {
  program = ["sh", "-c", "sed 's/from/to/'"]
  query   = { from = terraform_data.name.output }
}

output "later" {
  value = data.external.later.result
}

# What hangs.
data "external" "slow" {
  count   = fileexists("hang") ? 1 : 0
  program = ["sh", "-c", "echo $$ > pid; exec tail -f /dev/null"]
}
