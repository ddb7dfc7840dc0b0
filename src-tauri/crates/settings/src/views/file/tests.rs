use super::*;

fn own(name: &str, query: &str) -> View {
    View {
        id: String::new(),
        name: name.to_owned(),
        query: query.to_owned(),
        shipped: false,
        ..shipped_views()[0].clone()
    }
}

fn names(file: &ViewFile) -> Vec<String> {
    file.views().into_iter().map(|view| view.name).collect()
}

fn refused(result: Result<impl std::fmt::Debug, ViewsError>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn views_are_kept_as_they_were_arranged() {
    let folder = tempfile::tempdir().unwrap();
    let mut file = ViewFile::load(folder.path());
    assert_eq!(
        names(&file),
        ["All", "Front desk", "Bookings", "Billing", "Problems", "Access"]
    );
    let mut views = file.views();
    views.swap(0, 1);
    views[2].hidden = true;
    views[3].query = "category:billing amount:>100".to_owned();
    views.push(own("  أحمد's rooms 🪴 ", "person:أحمد"));
    file.set(views, 0).unwrap();

    let mut again = ViewFile::load(folder.path());
    assert_eq!((again.revision(), again.trouble()), (1, None));
    assert_eq!(again.views(), file.views());
    let kept = again.views();
    assert_eq!(kept[0].name, "Front desk");
    assert!(kept[2].hidden && kept[3].shipped && kept[3].query.ends_with(">100"));
    assert_eq!(
        (kept[6].id.as_str(), kept[6].name.as_str()),
        ("own-1", "أحمد's rooms 🪴")
    );

    // An id is never used again, so that what was seen of a view that is gone is not taken for another's.
    again.look("own-1", 7);
    let mut views = again.views();
    views.pop();
    again.set(views, 1).unwrap();
    assert_eq!(again.seen("own-1"), None);
    let mut views = again.views();
    views.push(own("Another", ""));
    again.set(views, 2).unwrap();
    assert_eq!(again.views()[6].id, "own-2");
}

#[test]
fn a_view_that_was_not_changed_stays_as_the_program_has_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut file = ViewFile::load(folder.path());
    let mut views = file.views();
    views[1].badge = false;
    file.set(views, 0).unwrap();
    let text = fs::read_to_string(path(folder.path())).unwrap();
    assert!(
        text.contains("VisitorCheckedin") && !text.contains("category:billing"),
        "{text}"
    );
    // A version that has more of them lists them at the end; one that was written by a version with others is none here.
    let less = text.replacen("\"billing\"", "\"of-another-version\"", 1);
    fs::write(path(folder.path()), less).unwrap();
    let file = ViewFile::load(folder.path());
    assert_eq!(
        names(&file),
        ["All", "Front desk", "Bookings", "Problems", "Access", "Billing"]
    );
}

#[test]
fn what_cannot_be_kept_is_refused_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut file = ViewFile::load(folder.path());
    let with = |change: &dyn Fn(&mut Vec<View>)| {
        let mut views = shipped_views();
        change(&mut views);
        views
    };
    let long = "x".repeat(61);
    let cases: Vec<(Vec<View>, &str)> = vec![
        (with(&|views| views.push(own(" ", ""))), "needs a name"),
        (with(&|views| views.push(own(&long, ""))), "60 characters"),
        (
            with(&|views| views.push(own("billing ", ""))),
            "called “billing” already",
        ),
        (with(&|views| views.push(views[1].clone())), "listed twice"),
        (
            with(&|views| views[2].colour = "pink".to_owned()),
            "one of none, blue",
        ),
        (
            with(&|views| views[2].query = "a".repeat(5000)),
            "4000 characters",
        ),
        (with(&|views| drop(views.remove(3))), "hidden, not removed"),
        (
            with(&|views| {
                views.push(View {
                    id: "own-9".to_owned(),
                    ..own("Gone", "")
                })
            }),
            "not among",
        ),
        (
            with(&|views| {
                views[0].columns = vec![super::super::ViewColumn {
                    name: "person".to_owned(),
                    width: Some(3),
                }];
            }),
            "20 to 2,000",
        ),
        (
            with(&|views| views.extend((0..MOST_VIEWS).map(|n| own(&format!("n{n}"), "")))),
            "may be 200 views",
        ),
    ];
    for (views, why) in cases {
        let said = refused(file.set(views, 0));
        assert!(said.contains(why), "{said} / {why}");
    }
    assert!(matches!(file.set(shipped_views(), 5), Err(ViewsError::Changed)));
    assert_eq!((file.revision(), file.views()), (0, shipped_views()));
    assert!(!path(folder.path()).exists());
}

#[test]
fn views_go_from_one_computer_to_another() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut file = ViewFile::load(here.path());
    let mut views = file.views();
    views.push(own("Rooms", "resource:\"Blue\""));
    views[4].query = "amount:>1000".to_owned();
    file.set(views, 0).unwrap();
    let ids: Vec<String> = file.views().into_iter().map(|view| view.id).collect();
    let text = file.export(&ids[2..]).unwrap();
    assert!(refused(file.export(&["nothing".to_owned()])).contains("Choose"));

    let mut other = ViewFile::load(there.path());
    let taken = other.import(&format!("\u{feff}{text}")).unwrap();
    assert_eq!(taken.added, ["Problems 2", "Rooms"]);
    assert_eq!(taken.known, ["Bookings", "Billing", "Access"]);
    assert_eq!(names(&ViewFile::load(there.path()))[6..], ["Problems 2", "Rooms"]);
    assert!(
        other.views()[6..]
            .iter()
            .all(|view| !view.shipped && view.id.starts_with("own-"))
    );
    // Once more: nothing is there twice; the renamed one is another by its name.
    assert_eq!(other.import(&text).unwrap().added, ["Problems 3"]);
    for (text, why) in [
        ("{", "not JSON"),
        ("[1]", "no file of views"),
        ("{\"nexwatch_views\":9,\"views\":[]}", "newer Nexwatch"),
        ("{\"nexwatch_views\":1,\"views\":[]}", "no view in"),
        ("{\"nexwatch_views\":1,\"views\":[{\"name\":7}]}", "not right"),
        (
            "{\"nexwatch_views\":1,\"views\":[{\"name\":\"\",\"query\":\"\"}]}",
            "needs a name",
        ),
    ] {
        let said = refused(other.import(text));
        assert!(said.contains(why), "{said} / {why}");
    }
    assert!(refused(other.import(&" ".repeat(LARGEST + 1))).contains("too large"));
}

#[test]
fn a_file_that_cannot_be_read_is_left_as_it_is() {
    for broken in ["{", "{\"version\":2,\"revision\":0,\"next\":1,\"views\":[]}"] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(path(folder.path()), broken).unwrap();
        let mut file = ViewFile::load(folder.path());
        assert_eq!(file.views(), shipped_views());
        assert!(file.trouble().is_some());
        file.look("all", 5);
        file.flush().unwrap();
        assert!(file.set(shipped_views(), 0).is_err());
        assert_eq!(fs::read_to_string(path(folder.path())).unwrap(), broken);
    }
}

#[test]
fn what_was_looked_at_is_remembered() {
    let folder = tempfile::tempdir().unwrap();
    let mut file = ViewFile::load(folder.path());
    file.look("billing", 12);
    file.look("billing", 9);
    assert_eq!(ViewFile::load(folder.path()).seen("billing"), None);
    file.flush().unwrap();
    assert_eq!(ViewFile::load(folder.path()).seen("billing"), Some(12));
}
