use super::*;

fn parse(line: &str, environment: &[(&str, &str)]) -> Result<Arguments, Refusal> {
    let find = |name: &str| environment.iter().find(|it| it.0 == name).map(|it| it.1.to_owned());
    Arguments::parse(line::split(line).unwrap().into_iter().map(OsString::from), &find)
}

fn check(line: &str, environment: &[(&str, &str)], holds: fn(&Arguments) -> bool) {
    match parse(line, environment) {
        Ok(arguments) => assert!(holds(&arguments), "{line}: {arguments:#?}"),
        Err(error) => panic!("{line}: {error:?}"),
    }
}

fn plan(arguments: &Arguments) -> &Plan {
    let Command::Plan(plan) = &arguments.command else { panic!("not a plan") };
    plan
}

#[test]
fn habits_of_terraform() {
    check("rforge -chdir=a plan", &[], |it| it.global.chdir == Some("a".into()));
    check("rforge plan -detailed-exitcode", &[], |it| plan(it).detailed_exitcode);
    check("rforge plan --detailed-exitcode", &[], |it| plan(it).detailed_exitcode);
    check("rforge plan -refresh=false", &[], |it| !plan(it).planning.refresh);
    check("rforge plan -lock=false -input=false", &[], |it| !plan(it).place.locking.lock && !plan(it).variables.input);
    check("rforge plan -out=p -target=a.b -target a.c", &[], |it| {
        plan(it).out == Some("p".into()) && plan(it).planning.part.target == ["a.b", "a.c"]
    });
    check("rforge plan", &[("TF_CLI_ARGS_plan", "-refresh=false -var 'a=b c'")], |it| {
        !plan(it).planning.refresh && it.global.given == [Given::Variable("a=b c".into())]
    });
    check("rforge plan", &[("TF_CLI_ARGS", "-no-color"), ("TF_CLI_ARGS_apply", "-x")], |it| it.global.no_color);
    check("rforge plan -var a=-1 -var-file=f -var=b=2", &[], |it| {
        it.global.given == [Given::Variable("a=-1".into()), Given::File("f".into()), Given::Variable("b=2".into())]
    });
    check("rforge plan -var -x=1", &[], |it| it.global.given == [Given::Variable("-x=1".into())]);
    check(
        "rforge apply -auto-approve tfplan",
        &[],
        |it| matches!(&it.command, Command::Apply(it) if it.auto_approve && it.plan_file == Some("tfplan".into())),
    );
    check(
        "rforge -chdir=a state list",
        &[("TF_CLI_ARGS_state_list", "-id=x"), ("TF_CLI_ARGS_state", "-nonsense")],
        |it| matches!(&it.command, Command::State(State { command: StateCommand::List(it) }) if it.id == Some("x".into())),
    );
    check("rforge -version", &[], |it| matches!(it.command, Command::Version(_)));
    check("rforge plan -compact-warnings", &[], |it| it.global.compact_warnings);
    check("rforge state list", &[], |it| it.global.native);
    check("rforge plan -native=false -native", &[], |it| it.global.native);
    check("rforge init", &[("TF_CLI_ARGS", "--native=false")], |it| !it.global.native);
    check(
        "rforge state list -id=x module.a",
        &[],
        |it| matches!(&it.command, Command::State(State { command: StateCommand::List(it) }) if it.id.is_some()),
    );
}

#[test]
fn mistakes_are_refused() {
    for line in [
        "rforge plan -nonsense",
        "rforge plan -native=x",
        "rforge",
        "rforge plan -destroy -refresh-only",
        "rforge frobnicate",
    ] {
        assert!(parse(line, &[]).is_err(), "{line}");
    }
}

/// Every command says what it and each of its options is for.
#[test]
fn help_is_complete() {
    fn check(command: &clap::Command) {
        assert!(command.get_about().is_some(), "{}", command.get_name());
        for argument in command.get_arguments().filter(|it| !it.is_hide_set()) {
            let named = argument.get_value_names().is_some_and(|it| !it.is_empty() && it[0] == it[0].to_uppercase());
            assert!(
                if argument.get_long().is_some() { argument.get_help().is_some() } else { named },
                "{} of {}",
                argument.get_id(),
                command.get_name()
            );
        }
        command.get_subcommands().for_each(check);
    }
    let mut program = Arguments::command();
    program.build();
    check(&program);
}
