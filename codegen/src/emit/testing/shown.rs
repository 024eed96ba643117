//! Takes names that lowering decided and gives the examples in the documentation of the testing module; it must never put text of a document into code.

use super::path;
use crate::emit::{crate_name, gate};
use crate::model::{Action, Collection, Crate, Module, Operation, Ready, Resource};

/// Code as a section of documentation.
fn block(kind: &str, lines: &[String]) -> String {
    format!("# Example\n\n```{kind}\n{}\n```", lines.join("\n"))
}

/// The path of a resource's module in `testing`.
fn text_path(module: &Module, resource: &Resource) -> String {
    path(module, resource).to_string().replace(' ', "")
}

fn wanted(model: &Crate) -> Option<()> {
    model.package.example_on_every_item.then_some(())
}

/// What is done with a server that was started; like the others, where every item is to have an example.
pub(super) fn server(model: &Crate, lines: &[&str]) -> Option<String> {
    wanted(model)?;
    let mut all = vec![
        format!("use {}::testing::Server;", crate_name(model)),
        String::new(),
        "let server = Server::start()?;".to_owned(),
    ];
    all.extend(lines.iter().map(|line| (*line).to_owned()));
    all.push("# Ok::<(), Box<dyn std::error::Error>>(())".to_owned());
    Some(block("", &all))
}

/// How a test fills a collection.
pub(super) fn collection(
    model: &Crate,
    module: &Module,
    resource: &Resource,
    collection: &Collection,
) -> Option<String> {
    wanted(model)?;
    let arguments = vec!["1"; collection.parameters.len()].join(", ");
    let call = format!("{}::{}({arguments})", resource.module, collection.function);
    let lines = [
        format!(
            "use {}::testing::{{Server, {}}};",
            crate_name(model),
            text_path(module, resource)
        ),
        String::new(),
        "let server = Server::start()?;".to_owned(),
        format!("let ids = server.seed(&{call}, 3);"),
        "assert_eq!(ids.len(), 3);".to_owned(),
        "# Ok::<(), std::io::Error>(())".to_owned(),
    ];
    Some(block("", &lines))
}

/// How a test gets an example. There are many of them, so it is as short as it can be.
pub(super) fn value(
    model: &Crate,
    module: &Module,
    resource: &Resource,
    ready: &Ready,
) -> Option<String> {
    wanted(model)?;
    let (package, path) = (crate_name(model), text_path(module, resource));
    let function = &ready.function;
    let call = format!("let example = {package}::testing::{path}::{function}()");
    Some(match ready.body {
        Some(_) => format!("```\n{call};\n```"),
        None => format!("```\n{call}?;\n# Ok::<(), {package}::Error>(())\n```"),
    })
}

/// A test as a user would write it, about the first list that needs no arguments.
pub(super) fn test(model: &Crate) -> Option<String> {
    let current = model
        .modules
        .iter()
        .filter(|module| !module.is_deprecated());
    let (module, resource, operation) = current
        .flat_map(|module| {
            module
                .resources
                .iter()
                .map(move |resource| (module, resource))
        })
        .find_map(|(module, resource)| Some((module, resource, list(resource)?)))?;
    let package = crate_name(model);
    let call = call(module, resource, operation);
    let collection = text_path(module, resource);
    // The example uses one version, so it is compiled where that is there.
    let gate = gate::condition(module).map_or_else(String::new, |condition| {
        format!("# #[cfg({})]\n", condition.to_string().replace(" = ", "="))
    });
    let lines = [
        format!("use {package}::testing::{{self, Failure, Server}};"),
        String::new(),
        format!("{gate}# async fn example() -> Result<(), Box<dyn std::error::Error>> {{"),
        "let server = Server::start()?;".to_owned(),
        format!("server.seed(&testing::{collection}::collection(), 3);"),
        String::new(),
        "// Give this client to the code that is to be tested.".to_owned(),
        "let client = server.client()?;".to_owned(),
        format!("let answer = {call}.send().await?;"),
        // Nothing of the document but names may stand in code.
        "assert_eq!(server.requests()[0].method(), \"GET\");".to_owned(),
        String::new(),
        "server.fail_next(Failure::status(403));".to_owned(),
        format!("let refused = {call}.send().await;"),
        "assert_eq!(refused.unwrap_err().status(), Some(403));".to_owned(),
        "# Ok(())".to_owned(),
        "# }".to_owned(),
    ];
    Some(block("no_run", &lines))
}

fn list(resource: &Resource) -> Option<&Operation> {
    let plain = resource.collections.first()?.parameters.is_empty();
    let mut operations = resource.operations.iter();
    operations.find(|operation| {
        let is_list = matches!(operation.role.action, Action::List(_));
        plain && is_list && !operation.deprecated && operation.arguments().is_empty()
    })
}

fn call(module: &Module, resource: &Resource, operation: &Operation) -> String {
    let name = module
        .name
        .as_ref()
        .map_or_else(String::new, |name| format!("{name}()."));
    format!("client.{name}{}().{}()", resource.module, operation.method)
}
