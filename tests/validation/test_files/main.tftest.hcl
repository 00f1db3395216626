variables {
  size = 2
}

run "first" {
  command = plan

  plan_options {
    moode = normal
  }

  module {
  }

  assert {
    condition = output.size == 2
  }
}

run "first" {
  comand = plan
}

run {
}

run "second" "label" {
}

mock_provider {
}

variables "x" {
}

asert {
}
