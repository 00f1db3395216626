a = "tests-tfvars"
