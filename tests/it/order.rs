//! Steps wait for everything that they need, through values, modules and `depends_on`, and deletions the other way round:
//! made-up trees of modules are applied and destroyed, and each object's provisioners look for the marks of the others.

use std::fmt::Write;

use rforge::plan::{Step, StepKind, saved};

use crate::{fuzz::random::Random, workspace::Workspace};

const TREES: u64 = 12;

/// How deep modules call modules.
const DEPTH: usize = 2;

/// Makes the mark of an object, and fails if one of those that it needs has none.
const CREATE: &str = r#"for it in ${join(" ", self.input.needs)}; do test -e $it.made || exit 1; echo ${self.input.name} >> $it.needed; done; touch ${self.input.name}.made"#;

/// Takes the mark away, and fails if something that needs the object still has one, unless objects are being replaced: then
/// what needs them may stay.
const DESTROY: &str = r#"for it in $(cat ${self.input.name}.needed 2>/dev/null); do test -e replacing || test ! -e $it.made || exit 1; done; rm ${self.input.name}.made"#;

#[test]
fn nothing_goes_before_what_it_needs() {
    for seed in 0..TREES {
        let workspace = Workspace::new(None);
        let mut random = Random::new(seed);
        let objects = Tree { random: &mut random, workspace: &workspace }.module(".", DEPTH).all;
        let made = |name: &String| workspace.path().join(format!("root{name}.made")).exists();
        let what = format!("tree {seed}, in {}", workspace.path().display());
        workspace.rforge(&["init", "-no-color"]).expect(0, &what);
        workspace.rforge(&["apply", "-auto-approve", "-no-color"]).expect(0, &what);
        assert!(objects.iter().all(made), "{what}: everything is made");

        // What stays as it is has no step, but what is behind it may have one.
        workspace.write("replacing", "");
        let listed = workspace.rforge(&["state", "list"]).expect(0, &what).stdout;
        let replaced = listed.lines().filter(|_| random.below(2) == 0).map(|it| format!("-replace={it}"));
        let replaced: Vec<String> = replaced.collect();
        let mut apply = vec!["apply", "-auto-approve", "-no-color"];
        apply.extend(replaced.iter().map(String::as_str));
        workspace.rforge(&apply).expect(0, &what);
        assert!(objects.iter().all(made), "{what}: everything is made again");
        std::fs::remove_file(workspace.path().join("replacing")).unwrap();

        workspace.rforge(&["destroy", "-auto-approve", "-no-color"]).expect(0, &what);
        assert!(!objects.iter().any(made), "{what}: nothing is left");
    }
}

/// In one instance of a module the nearest step is behind an object that stays, in the other it is not.
#[test]
fn what_stays_is_no_gap() {
    const MODULE: &str = r#"
resource "terraform_data" "far" {}
resource "terraform_data" "near" {
  depends_on = [terraform_data.far]
}
output "id" {
  value = terraform_data.near.id
}
"#;
    const ROOT: &str = r#"
module "m" {
  source = "./m"
  count  = 2
}
resource "terraform_data" "last" {
  input = [module.m[0].id, module.m[1].id]
}
"#;
    let workspace = Workspace::new(None);
    workspace.write("m/main.tf", MODULE);
    workspace.write("main.tf", ROOT);
    workspace.rforge(&["init", "-no-color"]).expect(0, "init");
    workspace.rforge(&["apply", "-auto-approve", "-no-color"]).expect(0, "apply");
    let replaced = ["-replace=module.m[0].terraform_data.near", "-replace=module.m[1].terraform_data.far"];
    workspace.rforge(&[&["plan", "-no-color", "-out=plan"][..], &replaced].concat()).expect(0, "plan");
    let plan = saved::decode(&std::fs::read(workspace.path().join("plan")).unwrap()).unwrap().plan;
    let makes = |address: &str| {
        let makes = |step: &Step| {
            !matches!(step.kind, StepKind::Delete { .. }) && plan.changes[step.change].address.to_string() == address
        };
        plan.steps.nodes.iter().position(makes).unwrap_or_else(|| panic!("{address} has a step"))
    };
    let mut before = vec![makes("terraform_data.last")];
    for at in 0.. {
        let Some(step) = before.get(at).copied() else { break };
        let nearest = plan.steps.edges.iter().filter(|(_, after)| *after == step).map(|(before, _)| *before);
        let new: Vec<usize> = nearest.filter(|it| !before.contains(it)).collect();
        before.extend(new);
    }
    for address in ["module.m[0].terraform_data.near", "module.m[1].terraform_data.far"] {
        assert!(before.contains(&makes(address)), "terraform_data.last waits for {address}");
    }
}

/// Every instance of one resource waits for every instance of another, and the plan says so without naming the pairs.
#[test]
fn plans_grow_with_the_number_of_instances() {
    const ROOT: &str = r#"
locals {
  all = terraform_data.a[*].id
}
resource "terraform_data" "a" {
  count = COUNT
}
resource "terraform_data" "indexed" {
  count = COUNT
  input = terraform_data.a[count.index].id
}
resource "terraform_data" "listed" {
  count = COUNT
  input = local.all[count.index]
}
resource "terraform_data" "each" {
  for_each = { for at, it in terraform_data.a : at => it }
  input    = each.value.id
}
resource "terraform_data" "chained" {
  for_each = terraform_data.each
  input    = terraform_data.each[each.key].id
}
resource "terraform_data" "behind" {
  count      = COUNT
  depends_on = [terraform_data.chained, module.m]
}
module "m" {
  source = "./m"
  count  = COUNT
  value  = terraform_data.indexed[count.index].id
}
resource "terraform_data" "through" {
  count = COUNT
  input = module.m[count.index].id
}
"#;
    const MODULE: &str = r#"
variable "value" {}
resource "terraform_data" "first" {
  count = 2
  input = var.value
}
resource "terraform_data" "second" {
  depends_on = [terraform_data.first]
}
output "id" {
  value = terraform_data.second.id
}
"#;
    let workspace = Workspace::new(None);
    workspace.write("m/main.tf", MODULE);
    let sizes = |count: usize| {
        workspace.write("main.tf", &ROOT.replace("COUNT", &count.to_string()));
        workspace.rforge(&["init", "-no-color"]).expect(0, "init");
        let planned = |arguments: &[&str]| {
            workspace.rforge(&[&["plan", "-no-color", "-out=plan"], arguments].concat()).expect(0, "plan");
            let bytes = std::fs::read(workspace.path().join("plan")).unwrap();
            (saved::decode(&bytes).unwrap().plan.steps.edges.len(), bytes.len())
        };
        let first = planned(&[]);
        workspace.rforge(&["apply", "-no-color", "plan"]).expect(0, "apply");
        let last = planned(&["-destroy"]);
        workspace.rforge(&["destroy", "-auto-approve", "-no-color"]).expect(0, "destroy");
        [first, last]
    };
    let [few, more, many] = [10, 20, 40].map(sizes);
    for ((few, more), many) in few.into_iter().zip(more).zip(many) {
        assert_eq!(many.0 - more.0, 2 * (more.0 - few.0), "edges: {}, {}, {}", few.0, more.0, many.0);
        assert!(many.1 - more.1 < 3 * (more.1 - few.1), "bytes: {}, {}, {}", few.1, more.1, many.1);
    }
}

struct Tree<'t> {
    random: &'t mut Random,
    workspace: &'t Workspace,
}

/// A block that later ones of its module may need.
struct Item {
    address: String,
    /// An expression for the names of its objects, and of all that these need.
    names: String,
    /// Its objects, by what their names have behind that of their module.
    all: Vec<String>,
    /// Those that its value needs: of a module those behind its output.
    reached: Vec<String>,
    /// What it needs in this module itself, directly or not.
    before: Vec<String>,
}

/// The objects of a module, by what their names have behind its own.
struct Objects {
    all: Vec<String>,
    /// Those that the output needs.
    reached: Vec<String>,
}

impl Tree<'_> {
    /// Writes the module of a folder.
    fn module(&mut self, folder: &str, depth: usize) -> Objects {
        let mut text = String::from(
            "variable \"name\" {\n  default = \"root\"\n}\nvariable \"needs\" {\n  default = []\n}\nvariable \"waits\" \
             {\n  default = []\n}\n",
        );
        let mut items: Vec<Item> = Vec::new();
        for at in 0..2 + self.random.below(3) {
            let (referred, awaited) = (self.some(&items), self.some(&items));
            let reached = referred.iter().flat_map(|it| it.reached.iter().chain(&it.before));
            let behind: Vec<String> = awaited.iter().flat_map(|it| it.all.iter().chain(&it.before)).cloned().collect();
            let before: Vec<String> = reached.chain(&behind).cloned().collect();
            let values: Vec<&str> = referred.iter().map(|it| it.names.as_str()).collect();
            let waits: Vec<&str> = awaited.iter().map(|it| it.address.as_str()).collect();
            let awaited: Vec<String> = behind.iter().map(|it| format!("\"${{var.name}}{it}\"")).collect();
            let values = format!("distinct(concat(var.needs, {}))", or_none(&values));
            // Through a local value, or at once.
            let values = if self.random.below(2) == 0 {
                writeln!(text, "locals {{\n  l{at} = {values}\n}}").unwrap();
                format!("local.l{at}")
            } else {
                values
            };
            let waiting = format!("concat(var.waits, [{}])", awaited.join(", "));
            let (count, keys): (_, &[&str]) =
                if self.random.below(2) == 0 { ("", &[""]) } else { ("  count = 2\n", &["-0", "-1"]) };
            let index = if count.is_empty() { "" } else { "-${count.index}" };
            let depends_on = format!("  depends_on = [{}]\n", waits.join(", "));
            let is_call = depth > 0 && self.random.below(2) == 0;
            let (address, names, inner) = if is_call {
                let inner = self.module(&format!("{folder}/m{at}"), depth - 1);
                writeln!(
                    text,
                    "module \"m{at}\" {{\n  source = \"./m{at}\"\n{count}  name = \"${{var.name}}-m{at}{index}\"\n  needs \
                     = {values}\n  waits = {waiting}\n{depends_on}}}"
                )
                .unwrap();
                let names = if count.is_empty() {
                    format!("module.m{at}.made")
                } else {
                    format!("concat(module.m{at}[0].made, module.m{at}[1].made)")
                };
                (format!("module.m{at}"), names, inner)
            } else {
                let (create, destroy) = (command(CREATE), command(DESTROY));
                writeln!(
                    text,
                    "resource \"terraform_data\" \"r{at}\" {{\n{count}  input = {{\n    name = \
                     \"${{var.name}}-r{at}{index}\"\n    needs = distinct(concat({values}, {waiting}))\n  }}\n{depends_on}  provisioner \
                     \"local-exec\" {{\n    command = {create}\n  }}\n  provisioner \"local-exec\" {{\n    when = \
                     destroy\n    command = {destroy}\n  }}\n}}"
                )
                .unwrap();
                let address = format!("terraform_data.r{at}");
                let all = if count.is_empty() { format!("[{address}]") } else { address.clone() };
                let names = format!("flatten([for it in {all} : concat([it.output.name], it.output.needs)])");
                (address, names, Objects { all: vec![String::new()], reached: vec![String::new()] })
            };
            let letter = if is_call { 'm' } else { 'r' };
            let of_each = |inner: &[String]| -> Vec<String> {
                keys.iter().flat_map(|key| inner.iter().map(move |it| format!("-{letter}{at}{key}{it}"))).collect()
            };
            let (all, reached) = (of_each(&inner.all), of_each(&inner.reached));
            items.push(Item { address, names, all, reached, before });
        }
        // The others are only reached through it.
        let last = items.last().map_or("[]", |it| it.names.as_str());
        writeln!(text, "output \"made\" {{\n  value = {last}\n}}").unwrap();
        self.workspace.write(&format!("{folder}/main.tf"), &text);
        let reached = items.last().map_or(Vec::new(), |it| it.reached.iter().chain(&it.before).cloned().collect());
        Objects { all: items.into_iter().flat_map(|it| it.all).collect(), reached }
    }

    /// About every third of them.
    fn some<'i>(&mut self, items: &'i [Item]) -> Vec<&'i Item> {
        items.iter().filter(|_| self.random.below(3) == 0).collect()
    }
}

fn or_none(lists: &[&str]) -> String {
    if lists.is_empty() { "[]".to_owned() } else { lists.join(", ") }
}

/// A shell command as a string of the language, whose interpolations stay.
fn command(text: &str) -> String {
    format!("<<-EOT\n      {}\n    EOT", text.replace("; ", "\n      "))
}
