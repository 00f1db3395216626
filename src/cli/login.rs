//! `login`: gets a token for a host from whoever sits there, and keeps it.

use super::{FAILURE, SUCCESS, args::Login as Options, terminal::Terminal};
use crate::{
    diagnostic::Diagnostic,
    install::{
        Authorization, Host, Kept, LoginService, Place, browse, by_password, host_name, is_token, owner_of, tokens_page,
    },
    product::{COMMAND, PRODUCT},
};

/// The only host that takes passwords, as for Terraform: others have no business with them.
const TAKES_PASSWORDS: &str = "app.terraform.io";
const RULE: &str = "\n---------------------------------------------------------------------------------\n\n";

/// A token, and how whoever waits is told that it is kept.
struct Obtained {
    token: String,
    success: String,
}

pub(super) fn run(options: &Options, terminal: &Terminal) -> u8 {
    match log_in(options, terminal) {
        Ok(()) => SUCCESS,
        Err(error) => {
            terminal.diagnostics(&[error], &Default::default());
            FAILURE
        }
    }
}

fn log_in(options: &Options, terminal: &Terminal) -> Result<(), Diagnostic> {
    if !options.input {
        return Err(Diagnostic::error(
            "Login is an interactive command",
            format!(
                "The \"{COMMAND} login\" command uses interactive prompts to obtain and record credentials, so it can't \
                 be run with input disabled.\n\nTo configure credentials in a non-interactive context, write existing \
                 credentials directly to a CLI configuration file."
            ),
        ));
    }
    let host = Host::new(name(&options.host)?);
    let shown = &host.name;
    let (service, tokens) = host
        .offers()
        .map_err(|why| Diagnostic::error(format!("Service discovery failed for {shown}"), format!("{why}.")))?;
    if host.kept() == Kept::Configured {
        return Err(Diagnostic::error(
            format!("Credentials for {shown} are manually configured"),
            format!(
                "The \"{COMMAND} login\" command cannot log in because credentials for this host are already configured \
                 in a CLI configuration file.\n\nTo log in, first revoke the existing credentials and remove that block \
                 from the CLI configuration."
            ),
        ));
    }
    let service = service.unwrap_or_else(|why| {
        let detail = format!("The given hostname {shown:?} cannot support \"{COMMAND} login\": {why}.");
        terminal.diagnostics(
            &[Diagnostic::warning(format!("Host does not support {PRODUCT} login"), detail)],
            &Default::default(),
        );
        None
    });
    // Before there is a token that could be lost.
    host.check().map_err(|why| {
        Diagnostic::error("Unable to save API token", format!("The token of {shown} could not be saved: {why}."))
            .hint("Mend or remove the file, then log in again.")
    })?;
    let obtained = match (service, tokens) {
        (Some(service), _) if service.takes_codes => by_code(&host, &service, terminal)?,
        (Some(service), _) if service.takes_passwords && shown == TAKES_PASSWORDS => {
            with_password(&host, &service, terminal)?
        }
        (Some(_), _) => {
            let detail = format!(
                "The given hostname {shown:?} does not allow any OAuth grant types that are supported by this version \
                 of {PRODUCT}."
            );
            return Err(Diagnostic::error(format!("Host does not support {PRODUCT} login"), detail));
        }
        (None, Some(tokens)) => by_hand(&host, &tokens, terminal)?,
        (None, None) => {
            let detail =
                format!("The given hostname {shown:?} does not support creating {PRODUCT} authorization tokens.");
            return Err(Diagnostic::error(format!("Host does not support {PRODUCT} tokens API"), detail));
        }
    };
    host.store(&obtained.token).map_err(|why| {
        let detail = format!("The given host returned an API token, but {PRODUCT} failed to save it: {why}.");
        Diagnostic::error("Failed to save API token", detail)
    })?;
    terminal.print(&format!("{RULE}{}\n", obtained.success));
    Ok(())
}

pub(super) fn name(text: &str) -> Result<String, Diagnostic> {
    let wrong =
        |why| Diagnostic::error("Invalid hostname", format!("The given hostname {text:?} is not valid: {why}."));
    host_name(text).map_err(wrong)
}

/// Has a browser ask whether this program may have a token, and waits for the answer.
fn by_code(host: &Host, service: &LoginService, terminal: &Terminal) -> Result<Obtained, Diagnostic> {
    confirm(
        host,
        "OAuth",
        "This will work only if you are able to use a web browser on this computer to\ncomplete a login process. If not, \
         you must obtain an API token by another\nmeans and configure it in the CLI configuration manually.\n\n",
        terminal,
    )?;
    let authorization = Authorization::begin(service).ok_or_else(|| {
        let (first, last) = service.ports;
        let detail = format!(
            "The login process uses OAuth, which requires starting a temporary HTTP server on localhost. However, no TCP \
             port numbers between {first} and {last} are available to create such a server."
        );
        Diagnostic::error("Can't start temporary login server", detail)
    })?;
    open(host, "login", &authorization.url, terminal);
    terminal.print(&format!("{PRODUCT} will now wait for the host to signal that login was successful.\n\n"));
    let token = authorization.token(service).map_err(|why| {
        let detail = format!("The remote server did not assign an auth token: {why}.");
        Diagnostic::error("Failed to obtain auth token", detail)
    })?;
    Ok(obtained(host, token))
}

fn with_password(host: &Host, service: &LoginService, terminal: &Terminal) -> Result<Obtained, Diagnostic> {
    confirm(host, "OAuth", "", terminal)?;
    terminal.print(&format!(
        "{RULE}{PRODUCT} must temporarily use your password to request an API token.\nThis password will NOT be saved \
         locally.\n\n"
    ));
    let name = ask(&format!("Username for {}:", host.name), "username", false, terminal)?;
    let password = ask(&format!("Password for {}:", host.name), "password", true, terminal)?;
    let token = by_password(service, &name, &password).map_err(|why| {
        let detail = format!("The remote host did not issue an API token: {why}.");
        Diagnostic::error("Failed to retrieve API token", detail)
    })?;
    Ok(obtained(host, token))
}

/// Shows where a person can make a token, and takes it.
fn by_hand(host: &Host, tokens: &str, terminal: &Terminal) -> Result<Obtained, Diagnostic> {
    confirm(host, "your browser", "", terminal)?;
    terminal.print(RULE.trim_end_matches('\n'));
    terminal.print("\n");
    open(host, "tokens", &tokens_page(tokens), terminal);
    let kept = match host.place() {
        Place::File(path) => format!(
            "{PRODUCT} will store the token in plain text in the following file\nfor use by subsequent commands:\n    {}\n",
            path.display()
        ),
        Place::Helper(name) => format!(
            "{PRODUCT} will store the token in the configured {name:?} credentials helper\nfor use by subsequent \
             commands.\n"
        ),
    };
    terminal
        .print(&format!("{RULE}Generate a token using your browser, and copy-paste it into this prompt.\n\n{kept}\n"));
    let token = ask(&format!("Token for {}:", host.name), "token", true, terminal)?;
    let token = token.trim();
    if !is_token(token) {
        let what = if token.is_empty() { "missing API token" } else { "the token has characters that no token has" };
        return Err(Diagnostic::error(format!("Failed to create API client: {what}"), ""));
    }
    let owner =
        owner_of(tokens, token).map_err(|why| Diagnostic::error(why.replace(token, "(sensitive value)"), ""))?;
    terminal.print(&format!("\nRetrieved token for user {owner}\n\n"));
    let success = match obtained(host, String::new()).success {
        hosted if host.name == TAKES_PASSWORDS => hosted,
        _ => format!("Success! Logged in to Terraform Enterprise ({})\n", host.name),
    };
    Ok(Obtained { token: token.to_owned(), success })
}

fn obtained(host: &Host, token: String) -> Obtained {
    let success = if host.name == TAKES_PASSWORDS {
        "Success! Logged in to HCP Terraform\n".to_owned()
    } else {
        format!(
            "Success! {PRODUCT} has obtained and saved an API token.\n\nThe new API token will be used for any future \
             {PRODUCT} command that must make\nauthenticated requests to {}.\n",
            host.name
        )
    };
    Obtained { token, success }
}

/// Says what is going to happen, and asks whether it may.
fn confirm(host: &Host, by: &str, more: &str, terminal: &Terminal) -> Result<(), Diagnostic> {
    let kept = match host.place() {
        Place::File(path) => {
            format!("in plain text in\nthe following file for use by subsequent commands:\n    {}\n", path.display())
        }
        Place::Helper(name) => {
            format!("in the configured\n{name:?} credentials helper for use by subsequent commands.\n")
        }
    };
    terminal.print(&format!(
        "{PRODUCT} will request an API token for {} using {by}.\n\n{more}If login is successful, {PRODUCT} will store the \
         token {kept}\n{}\n  Only 'yes' will be accepted to confirm.\n\n  {} ",
        host.name,
        terminal.style.bold("Do you want to proceed?"),
        terminal.style.bold("Enter a value:"),
    ));
    let answer = terminal.read_line();
    terminal.print("\n");
    match answer.as_deref() {
        Some("yes") => Ok(()),
        _ => Err(Diagnostic::error("Login cancelled", "")),
    }
}

/// A line from whoever sits there; an error if nobody does.
fn ask(question: &str, what: &str, secret: bool, terminal: &Terminal) -> Result<String, Diagnostic> {
    terminal.print(&format!("{}\n  {} ", terminal.style.bold(question), terminal.style.bold("Enter a value:")));
    let answer = if secret { terminal.read_secret() } else { terminal.read_line() };
    terminal.print("\n");
    answer.ok_or_else(|| Diagnostic::error(format!("Failed to request {what}: EOF"), ""))
}

/// Opens a page in a browser where there is one, and says which.
fn open(host: &Host, page: &str, url: &str, terminal: &Terminal) {
    let name = &host.name;
    terminal.print(&if browse(url) {
        format!(
            "{PRODUCT} must now open a web browser to the {page} page for {name}.\n\nIf a browser does not open this \
             automatically, open the following URL to proceed:\n    {url}\n\n"
        )
    } else {
        format!("Open the following URL to access the {page} page for {name}:\n    {url}\n\n")
    });
}
