a = "auto"
