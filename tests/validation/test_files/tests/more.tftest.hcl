run "more" {
