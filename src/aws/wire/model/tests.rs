use super::{Kind, Protocol, Service};

const MODEL: &str = "\
# botocore 0 thing 2020-01-01
service Some_Thing 2020-01-01 rest-json thing
host aws thing.{region}.amazonaws.com - - -
errors Gone
retried Slow/throttling Down

Get POST /things/{Id} GetRequest GetAnswer page=next;next;Things

.GetAnswer Things:[.Thing@item] next:s
.GetRequest Id:s=id!u* At:tu Token:s# Inner:{s,[.Thing]}=inner$Innermost<urn:x
.Thing| Name:s Self:.Thing";

fn read(text: &'static str) -> Result<Vec<String>, String> {
    Service::read("thing", text).map(Service::check)
}

#[test]
fn lines_say_what_they_say() {
    let service = Service::read("thing", MODEL).unwrap();
    assert_eq!(service.check(), Vec::<String>::new());
    assert_eq!((service.id, service.title, service.protocol), ("Some Thing", "something", Protocol::RestJson));
    assert_eq!(service.retried, [("Slow", true), ("Down", false)]);
    let operation = service.operation("Get").unwrap();
    assert_eq!(operation.pages.as_ref().unwrap().results, ["Things"]);
    let member = |name: &str| operation.input.member(name).unwrap();
    assert!(member("Id").is_required && member("Id").is_label && member("Token").is_token);
    assert_eq!((member("Inner").form_name, member("At").form_name), ("Innermost", "At"));
    let Kind::Map(inner) = &member("Inner").kind else { panic!("a map") };
    assert!(matches!(&inner.kind, Kind::List(it) if matches!(it.kind, Kind::Structure("Thing"))));
    assert!(service.structure("Thing").is_union);
    assert!(service.operation("Put").is_none());
}

#[test]
fn what_cannot_be_read_is_told_by_its_line() {
    for (from, to, wrong) in [
        ("[.Thing@item]", "[.Thinng@item]", ".GetAnswer"),
        ("[.Thing@item]", "[.Thing@item", ".GetAnswer"),
        ("At:tu", "At:z", ".GetRequest"),
        ("At:tu", "At:", ".GetRequest"),
        ("=id!u*", "=id!z*", ".GetRequest"),
        ("=inner$", "=$", ".GetRequest"),
        ("GetRequest GetAnswer page", "GetRequest Answer page", "Get POST"),
        ("page=", "pages=", "Get POST"),
        ("POST", "POTS", "Get POTS"),
        ("host aws", "# aws", "thing: its head lacks"),
    ] {
        let text: &'static str = MODEL.replacen(from, to, 1).leak();
        let found = read(text).unwrap();
        assert!(found.len() == 1 && found[0].contains(wrong), "{to}: {found:?}");
    }
    let text: &'static str = MODEL.replace("rest-json", "smoke").leak();
    assert!(read(text).unwrap_err().contains("`service Some_Thing"));
}
