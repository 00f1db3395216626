run "holds" {
  assert {
    condition     = terraform_data.held.output == "first"
    error_message = "It is ${terraform_data.held.output}."
  }
}
