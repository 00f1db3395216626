resource "aws_vpc_dhcp_options" "x" {
  domain_name_servers  = ["10.0.0.1", "10.0.0.2", "10.0.0.3"]
  ntp_servers          = ["10.0.0.1", "10.0.0.2", "10.0.0.3"]
  netbios_name_servers = ["10.0.0.1", "10.0.0.2", "10.0.0.3"]
}
resource "terraform_data" "text" {
  input = join("\n", concat([for i in range(20) : "line ${i}"], [""]))
}
resource "terraform_data" "spaces" {
  input = "{\"a\": 1}"
}
resource "terraform_data" "kinds" {
  input = [[1, 2], { a = 1 }, "x"]
}
resource "terraform_data" "mixed" {
  input = [{ a = 1 }, { a = 2 }, { a = 3 }]
}
