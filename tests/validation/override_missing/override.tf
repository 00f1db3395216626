resource "terraform_data" "a" { depends_on = [terraform_data.b] }
resource "terraform_data" "z" {}
data "terraform_remote_state" "z" {}
variable "z" {}
output "z" { value = 1 }
module "z" { source = "./m" }
locals { z = 1 }
provider "terraform" { alias = "z" }
