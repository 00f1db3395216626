# Runs beside an apply: whatever is done without the lock leaves state and journal as they are.
files() { cat terraform.tfstate terraform.tfstate.journal; }
files > before
check() {
  "$@" > said 2>&1
  code=$?
  files > after
  cmp before after && echo "exit $code: $*"
  grep -e '^Error' -e '^Plan:' -e '^No changes' -e '^  Operation' said
}
exec > report
check rforge plan -lock=false -no-color
check rforge plan -lock=false -no-color -out=early
check rforge show -no-color
check rforge output -no-color
check rforge state list
check rforge state pull
check rforge graph -type=plan
check rforge plan -no-color
check rforge apply -auto-approve -lock=false -no-color
check rforge refresh -lock=false -no-color
check rforge state rm -lock=false terraform_data.slow
check rforge taint -lock=false terraform_data.slow
check rforge import -lock=false terraform_data.other x
check rforge apply -lock=false -no-color early
echo terraform_data.slow.id | check rforge console -lock=false
echo terraform_data.slow.id | check rforge console -plan -lock=false
true
