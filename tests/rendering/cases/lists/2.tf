resource "aws_vpc_dhcp_options" "x" {
  domain_name_servers  = ["10.0.0.9", "10.0.0.1", "10.0.0.2"]
  ntp_servers          = ["10.0.0.1", "10.0.0.5", "10.0.0.3"]
  netbios_name_servers = ["10.0.0.1", "10.0.0.3"]
}
resource "terraform_data" "text" {
  input = join("\n", concat([for i in range(20) : i == 10 ? "changed" : "line ${i}"], [""]))
}
resource "terraform_data" "spaces" {
  input = "{\"a\":1}"
}
resource "terraform_data" "kinds" {
  input = [[1, 3, 4], { a = 2 }, "y", true]
}
resource "terraform_data" "mixed" {
  input = [{ a = 1 }, { a = 5 }, { a = 3 }, { a = 4 }]
}
