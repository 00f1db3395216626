variables {
  zones = ["file"]
  more  = "other"
}

run "in_terms_of_the_file" {
  variables {
    zones = concat(var.zones, ["run"])
    more  = "${var.more} and run"
  }
  assert {
    condition     = output.zones == tolist(["file", "run"])
    error_message = jsonencode(output.zones)
  }
  assert {
    condition     = var.more == "other and run"
    error_message = var.more
  }
}

run "of_a_module_without_it" {
  module {
    source = "./m"
  }
  variables {
    zones = var.zones
    more  = var.more
  }
  assert {
    condition     = output.one == 1 && var.more == "other"
    error_message = var.more
  }
}

run "in_terms_of_itself" {
  variables {
    own = "${var.own}x"
  }
}
