use super::{Proxies, ProxyUrl};
use std::ffi::OsString;

fn environment(variables: &[(&str, &str)]) -> Result<Proxies, String> {
    Proxies::from_environment(|name| {
        variables.iter().find(|(set, _)| *set == name).map(|(_, value)| OsString::from(value))
    })
}

fn shown(proxy: Option<&ProxyUrl>) -> String {
    match proxy {
        None => "straight".to_owned(),
        Some(ProxyUrl { kind, host, port, login }) => {
            let login = login
                .as_ref()
                .map_or(String::new(), |(login, password)| format!("{}:{}@", login.expose(), password.expose()));
            format!("{kind:?} {login}{host} {port}")
        }
    }
}

fn https(proxies: &Proxies) -> String {
    shown(proxies.choose(true, "api.example", 443))
}

fn http(proxies: &Proxies) -> String {
    shown(proxies.choose(false, "api.example", 80))
}

#[test]
fn a_url_is_read_whole() {
    for (url, read) in [
        ("http://10.1.2.3:3128", "Http 10.1.2.3 3128"),
        ("HTTP://proxy.example", "Http proxy.example 80"),
        ("https://proxy.example/", "Https proxy.example 443"),
        ("socks4://u@proxy.example", "Socks4 u:@proxy.example 1080"),
        ("socks4a://proxy.example:1", "Socks4a proxy.example 1"),
        ("socks5://a%40b:p%23%2F%3F%25@[::1]:1081", "Socks5 a@b:p#/?%@::1 1081"),
        ("socks5h://anna:p@ss:word@proxy.example", "Socks5h anna:p@ss:word@proxy.example 1080"),
        ("http://u:50%off@h:1", "Http u:50%off@h 1"),
        ("http://@h:1", "Http h 1"),
        ("http://[fe80::1%25eth0]:3128", "Http fe80::1%eth0 3128"),
        ("http://[fe80::1%2]", "Http fe80::1%2 80"),
    ] {
        let proxies = Proxies::from_url(url).unwrap();
        assert_eq!((https(&proxies), http(&proxies)), (read.to_owned(), read.to_owned()), "{url}");
    }
}

#[test]
fn a_url_that_cannot_be_used_is_refused_without_its_text() {
    for (url, why) in [
        ("", "expected"),
        ("127.0.0.1:8080", "expected"),
        ("ftp://SECRET@h:1", "expected"),
        ("socks://h:1", "expected"),
        ("http://SECRET#1@h:1", "%23 %2F %3F"),
        ("http://SECRET?1@h:1", "%23 %2F %3F"),
        ("http://SECRET/1@h:1", "%23 %2F %3F"),
        ("socks5://SECRET#1@h:1", "%23 %2F %3F"),
        ("http://h:1/path", "%23 %2F %3F"),
        ("http://h:1//", "%23 %2F %3F"),
        ("http://h:1?", "%23 %2F %3F"),
        ("http://h:1#", "%23 %2F %3F"),
        ("http://h:1/@", "%23 %2F %3F"),
        ("http://", "host"),
        ("http://SECRET@", "host"),
        ("http://:8080", "host"),
        ("http://h:", "port"),
        ("http://h:0", "port"),
        ("http://h:65536", "port"),
        ("http://h:80a", "port"),
        ("http://h:+80", "port"),
        ("http://SECRET:pw:8080", "brackets"),
        ("http://::1:8080", "brackets"),
        ("http://[::1", "bracket"),
        ("http://[h]:1", "IPv6"),
        ("http://[fe80::1%25SECRET!]:1", "IPv6"),
        ("http://[::1%25a b]:1", "space"),
        ("http://[::1]1", "can follow the host"),
        ("http://h%41:1", "character"),
        ("http://h h:1", "space"),
        ("http://SECRET:a\nb@h:1", "control"),
        ("http://SECRET:a%0Ab@h:1", "control"),
        ("http://SECRET:a%00b@h:1", "control"),
        ("http://SECRET%3Ax:b@h:1", "colon"),
        ("http://SECRET:%ff@h:1", "UTF-8"),
    ] {
        let refusal = Proxies::from_url(url).unwrap_err();
        assert!(refusal.contains(why) && !refusal.contains("SECRET"), "{url}: {refusal}");
        for name in ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"] {
            if matches!(url, "" | "127.0.0.1:8080" | "socks://h:1") {
                continue;
            }
            let refusal = environment(&[(name, url)]).unwrap_err();
            assert!(refusal.starts_with(&format!("{name}: ")), "{url}: {refusal}");
            assert!(refusal.contains(why) && !refusal.contains("SECRET"), "{url}: {refusal}");
        }
    }
    let long = format!("socks5://{}:p@h:1", "u".repeat(256));
    assert!(Proxies::from_url(&long).unwrap_err().contains("255"));
}

#[test]
fn what_surrounds_a_value_is_dropped() {
    for value in [
        "http://h:1\n",
        " http://h:1",
        "\thttp://h:1\r\n",
        "\"http://h:1\"",
        "'http://h:1'",
        "\u{feff}http://h:1\u{a0}",
        "h:1",
        "\"h:1/\"\n",
    ] {
        assert_eq!(https(&environment(&[("HTTPS_PROXY", value)]).unwrap()), "Http h 1", "{value:?}");
    }
    for empty in ["", " \n", "\"\""] {
        let proxies = environment(&[("https_proxy", empty), ("HTTPS_PROXY", "http://h:1")]).unwrap();
        assert_eq!(https(&proxies), "Http h 1");
    }
}

#[test]
fn the_variable_is_chosen_as_curl_chooses_it() {
    let all = [
        ("https_proxy", "http://a:1"),
        ("HTTPS_PROXY", "http://b:1"),
        ("http_proxy", "http://c:1"),
        ("HTTP_PROXY", "http://d:1"),
        ("all_proxy", "socks5://e:1"),
        ("ALL_PROXY", "socks://f:1"),
    ];
    assert_eq!(
        (https(&environment(&all).unwrap()), http(&environment(&all).unwrap())),
        ("Http a 1".into(), "Http c 1".into())
    );
    let upper = environment(&[all[1], all[3], all[4]]).unwrap();
    assert_eq!((https(&upper), http(&upper)), ("Http b 1".into(), "Http d 1".into()));
    let proxies = environment(&all[4..]).unwrap();
    assert_eq!((https(&proxies), http(&proxies)), ("Socks5 e 1".into(), "Socks5 e 1".into()));
    let proxies = environment(&all[5..]).unwrap();
    assert_eq!((https(&proxies), http(&proxies)), ("Socks4 f 1".into(), "Socks4 f 1".into()));
    let proxies = environment(&[("HTTP_PROXY", "http://d:1")]).unwrap();
    assert_eq!((https(&proxies), http(&proxies)), ("straight".into(), "Http d 1".into()));
    let cgi = ("REQUEST_METHOD", "GET");
    let proxies = environment(&[("HTTP_PROXY", "http://d:1"), ("ALL_PROXY", "http://f:1"), cgi]).unwrap();
    assert_eq!(http(&proxies), "Http f 1");
    let proxies = environment(&[("HTTP_PROXY", "nonsense://d:1"), cgi]).unwrap();
    assert_eq!(http(&proxies), "straight");
    assert_eq!(https(&environment(&[]).unwrap()), "straight");
}

#[test]
fn a_variable_that_is_shadowed_need_not_be_right() {
    let set = [("HTTPS_PROXY", "http://b:1"), ("HTTP_PROXY", "http://d:1"), ("ALL_PROXY", "ftp://f:1")];
    assert_eq!(https(&environment(&set).unwrap()), "Http b 1");
    assert!(environment(&set[1..]).unwrap_err().starts_with("ALL_PROXY: "));
}

#[cfg(unix)]
#[test]
fn a_value_that_is_not_text_is_refused() {
    use std::os::unix::ffi::OsStringExt;
    let refusal = Proxies::from_environment(|name| {
        (name == "HTTPS_PROXY").then(|| OsString::from_vec(b"http://h\xff:1".to_vec()))
    });
    assert_eq!(refusal.unwrap_err(), "HTTPS_PROXY: its value is not UTF-8");
}

#[test]
fn no_proxy_lists_what_is_reached_directly() {
    let rows: &[(&str, &[&str], &[&str])] = &[
        ("*", &["a.example:1", "10.0.0.1:1", "[::1]:1"], &[]),
        ("a.example, *", &["b.example:1"], &[]),
        ("example.com", &["example.com:1", "EXAMPLE.com.:1", "www.example.com:1"], &["notexample.com:1", "com:1"]),
        (".example.com", &["example.com:1", "www.example.com:1"], &["notexample.com:1"]),
        ("*.example.com", &["www.example.com:1"], &["notexample.com:1"]),
        (" a.example  b.example\t,c.example,, ", &["a.example:1", "b.example:1", "c.example:1"], &["d.example:1"]),
        ("\"a.example,b.example\"", &["a.example:1", "b.example:1"], &["c.example:1"]),
        ("a.example:8080", &["a.example:8080", "x.a.example:8080"], &["a.example:443"]),
        ("*:8080", &["a.example:8080"], &["a.example:443"]),
        (
            "10.0.0.0/8,192.168.1.7",
            &["10.200.3.4:1", "192.168.1.7:1"],
            &["11.0.0.1:1", "192.168.1.70:1", "10.example:1"],
        ),
        ("10.0.0.0/33,10.0.0.0/x,/8", &[], &["10.0.0.1:1", "a.example:1"]),
        ("0.0.0.0/0", &["1.2.3.4:1", "[::ffff:1.2.3.4]:1"], &["a.example:1", "[::1]:1"]),
        ("10.0.0.1:81,[::1]:81", &["10.0.0.1:81", "[::1]:81"], &["10.0.0.1:80", "[::1]:80"]),
        ("localhost", &["localhost:1", "LOCALHOST:1", "a.localhost:1"], &["127.0.0.1:1", "notlocalhost:1"]),
        ("127.0.0.1,::1", &["127.0.0.1:1", "[::1]:1", "[0:0:0:0:0:0:0:1]:1"], &["localhost:1"]),
        ("[::1],fe80::/10", &["[::1]:1", "[fe80::7]:1", "[febf::7]:1"], &["[fec0::7]:1", "[::2]:1"]),
        ("fe80::/10", &["[fe80::7%eth0]:1"], &["[fec0::7%eth0]:1"]),
        ("::ffff:10.0.0.0/104", &["10.1.1.1:1"], &["11.1.1.1:1"]),
        ("0.1", &[], &["10.0.0.1:1"]),
        ("", &[], &["a.example:1"]),
    ];
    for (list, direct, through) in rows {
        for name in ["no_proxy", "NO_PROXY"] {
            let proxies = environment(&[("ALL_PROXY", "http://p:1"), (name, list)]).unwrap();
            let straight = |place: &str, https| {
                let (host, port) = place.rsplit_once(':').unwrap();
                proxies.choose(https, host, port.parse().unwrap()).is_none()
            };
            for https in [true, false] {
                assert!(direct.iter().all(|place| straight(place, https)), "{list:?}: {direct:?}");
                assert!(!through.iter().any(|place| straight(place, https)), "{list:?}: {through:?}");
            }
        }
    }
    let lower_first =
        environment(&[("ALL_PROXY", "http://p:1"), ("no_proxy", "a.example"), ("NO_PROXY", "*")]).unwrap();
    assert_eq!(https(&lower_first), "Http p 1");
    let fixed = Proxies::from_url("http://p:1").unwrap();
    assert_eq!(shown(fixed.choose(false, "localhost", 80)), "Http p 1");
}

#[test]
fn debug_output_shows_no_login() {
    let proxies = Proxies::from_url("socks5://anna:planted@proxy.example:9").unwrap();
    let said = format!("{proxies:?}");
    assert!(said.contains("proxy.example") && !said.contains("anna") && !said.contains("planted"), "{said}");
}
