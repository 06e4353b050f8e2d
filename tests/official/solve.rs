//! Solves every type that the service's official Rust client supports, against the stand-in.
//!
//! Usage: solve URL FILE; each task that the client sends is added to the file, as a line of its class and its JSON.

use client::requests::*;
use client::{CapMonsterClient, ClientOptions, GetResultTimeouts, ProxyInfo, ProxyType};
use std::fmt::Write;
use std::time::Duration;

const PAGE: &str = "https://example.com/page";
const KEY: &str = "made-up-site-key";
const AGENT: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) made-up";
const HTML: &str = "PGh0bWw+PC9odG1sPg==";

struct Run {
    service: CapMonsterClient,
    sent: String,
    tasks: usize,
    wrong: Vec<String>,
}

impl Run {
    async fn solve<R: CaptchaRequest>(&mut self, request: R) {
        let whole = std::any::type_name::<R>();
        let name = whole.rsplit("::").next().unwrap_or(whole);
        self.tasks += 1;
        match request.to_task() {
            Ok(task) => writeln!(self.sent, "{name} {task}").expect("a string takes text"),
            Err(error) => self.wrong.push(format!("{name}: {error}")),
        }
        match self.service.solve_captcha(&request).await {
            Ok(solution) if solution.as_object().is_some_and(|members| !members.is_empty()) => {}
            Ok(solution) => self.wrong.push(format!("{name}: no solution: {solution}")),
            Err(error) => self.wrong.push(format!("{name}: {error}")),
        }
    }
}

fn proxy() -> ProxyInfo {
    ProxyInfo::new(ProxyType::Http, "203.0.113.7", 8080).with_auth("login", "word")
}

fn picture() -> String {
    "AAAA".repeat(70)
}

async fn tokens(run: &mut Run) {
    run.solve(RecaptchaV2Request::new(PAGE, KEY)).await;
    run.solve(
        RecaptchaV2Request::new(PAGE, KEY)
            .with_data_s_value("s")
            .with_user_agent(AGENT)
            .with_cookies("a=1; b=2")
            .with_is_invisible(true)
            .with_proxy(proxy()),
    )
    .await;
    run.solve(RecaptchaV2EnterpriseRequest::new(PAGE, KEY)).await;
    run.solve(
        RecaptchaV2EnterpriseRequest::new(PAGE, KEY)
            .with_enterprise_s("s")
            .with_api_domain("www.google.com")
            .with_page_action("login")
            .with_user_agent(AGENT)
            .with_cookies("a=1")
            .with_proxy(proxy()),
    )
    .await;
    run.solve(RecaptchaV3ProxylessRequest::new(PAGE, KEY)).await;
    run.solve(
        RecaptchaV3ProxylessRequest::new(PAGE, KEY)
            .with_min_score(0.3)
            .with_page_action("login")
            .with_is_enterprise(true),
    )
    .await;
    run.solve(RecaptchaV3EnterpriseRequest::new(PAGE, KEY).with_min_score(0.7).with_page_action("login")).await;
    run.solve(FuncaptchaRequest::new(PAGE, "made-up", ProxyInfo::new(ProxyType::Socks5, "203.0.113.7", 1080))).await;
    run.solve(
        FuncaptchaRequest::new(PAGE, "made-up", proxy())
            .with_funcaptcha_api_js_subdomain("api.example.com")
            .with_data("{\"blob\":\"x\"}")
            .with_cookies("a=1")
            .with_user_agent(AGENT),
    )
    .await;
    run.solve(GeetestRequest::new_v3(PAGE, "022397c99c9f646f6477822485f30404", "a66f31a53a404af8d1f271eec5138aa1")).await;
    run.solve(
        GeetestRequest::new_v4_with_init_parameters(
            PAGE,
            "54088bb07d2df3c46b79f80300b0abbe",
            serde_json::json!({"riskType": "slide"}),
        )
        .with_proxy(proxy())
        .with_user_agent(AGENT),
    )
    .await;
    run.solve(TurnstileRequest::standard(PAGE, "0x4AAAAAAA")).await;
    let token = TurnstileChallengeToken::new("managed", AGENT, "x", "y").with_api_js_url("https://example.com/api.js");
    run.solve(TurnstileRequest::new(PAGE, "0x4AAAAAAA", token)).await;
    run.solve(TurnstileRequest::new(PAGE, "xxx", TurnstileChallengeCookie::new(HTML, AGENT, proxy()))).await;
    run.solve(TurnstileRequest::new(PAGE, "xxx", TurnstileWaitRoom::new(HTML, AGENT, proxy()))).await;
    run.solve(AmazonWafRequest::new(PAGE, AmazonVisibleCaptcha::new(KEY, "https://example.com/jsapi.js"))).await;
    let both = AmazonChallengeAndCaptcha::new("https://example.com/challenge.js", KEY, "x", "y");
    run.solve(AmazonWafRequest::new(PAGE, both).with_cookie_solution(true).with_proxy(proxy())).await;
    run.solve(AmazonWafRequest::new(PAGE, AmazonChallengeOnly::new("https://example.com/challenge.js"))).await;
    run.solve(BinanceTaskRequest::new(PAGE, "login", "x").with_user_agent(AGENT).with_proxy(proxy())).await;
    run.solve(ProsopoTaskRequest::new(PAGE, KEY).with_user_agent(AGENT).with_proxy(proxy())).await;
    run.solve(MtCaptchaRequest::new(PAGE, KEY).with_page_action("login").with_is_invisible(true)).await;
    run.solve(YidunRequest::new(PAGE, KEY)).await;
    let yidun = YidunRequest::new(PAGE, KEY).with_challenge("x").with_hcg("y").with_hct(1_751_469_954_806);
    run.solve(yidun.clone()).await;
    run.solve(yidun.with_yidun_get_lib("https://example.com/load.js").with_yidun_api_server_subdomain("c.example.com"))
        .await;
}

async fn custom(run: &mut Run) {
    let dome = || DataDomeMetadata::new("https://geo.captcha-delivery.com/captcha/?x=1", "datadome=x");
    run.solve(DataDomeCustomTaskRequest::new(PAGE, dome(), proxy())).await;
    let new = dome().with_datadome_version(DataDomeVersion::New);
    run.solve(DataDomeCustomTaskRequest::new(PAGE, new, proxy()).with_user_agent(AGENT)).await;
    run.solve(TenDiCustomTaskRequest::new(PAGE, KEY)).await;
    let tendi = TenDiMetadata::new().with_captcha_url("https://example.com/TCaptcha.js").with_aid_encrypted("x");
    run.solve(TenDiCustomTaskRequest::new(PAGE, KEY).with_metadata(tendi).with_proxy(proxy())).await;
    run.solve(BasiliskCustomTaskRequest::new(PAGE, KEY).with_user_agent(AGENT).with_proxy(proxy())).await;
    let imperva = ImpervaMetadata::new("_Incapsula_Resource?x=1", "a=1").with_reese84_url_endpoint("Built-with");
    run.solve(ImpervaCustomTaskRequest::new(PAGE, imperva, proxy())).await;
    let altcha = AltchaMetadata {
        challenge: "c".into(),
        iterations: "5000".into(),
        salt: "s".into(),
        signature: "g".into(),
    };
    run.solve(AltchaCustomTaskRequest::new(PAGE, "", altcha)).await;
    run.solve(TspdCustomTaskRequest::new(PAGE, TspdMetadata::new("TS=1", HTML), proxy()).with_user_agent(AGENT)).await;
    let library = "https://example.com/hd.js";
    run.solve(HuntCustomTaskRequest::new(PAGE, HuntMetadata::fingerprint(library), proxy())).await;
    run.solve(HuntCustomTaskRequest::new(PAGE, HuntMetadata::with_token(library, "x"), proxy())).await;
    let widget = HuntMetadata::with_widget_url(library, "https://example.com/widget");
    run.solve(HuntCustomTaskRequest::new(PAGE, widget, proxy())).await;
    run.solve(AlibabaCustomTaskRequest::new(PAGE, AlibabaMetadata::new("x", "y"))).await;
    let punish = AlibabaMetadata::new("x", "y")
        .with_user_id("u")
        .with_user_user_id("v")
        .with_verify_type("1.0")
        .with_region("sgp")
        .with_user_certify_id("z")
        .with_api_get_lib("https://example.com/AliyunCaptcha.js")
        .with_punish_url("https://example.com/punish?x5secdata=1")
        .with_cookie_required(true);
    run.solve(AlibabaCustomTaskRequest::new(PAGE, punish).with_user_agent(AGENT).with_proxy(proxy())).await;
    let friendly = FriendlyMetadata::new("https://example.com/widget.js");
    run.solve(FriendlyCustomTaskRequest::new(PAGE, KEY, friendly).with_user_agent(AGENT).with_proxy(proxy())).await;
}

async fn pictures(run: &mut Run) {
    run.solve(ImageToTextRequest::new(vec![0; 208])).await;
    run.solve(
        ImageToTextRequest::new(vec![0; 208])
            .with_module_name(TextModule::Yandex)
            .with_threshold(80)
            .with_case(true)
            .with_numeric(true)
            .with_math(false),
    )
    .await;
    let lights = RecaptchaMetadata::from_task(RecaptchaGrid::ThreeByThree, "Click on traffic lights");
    run.solve(RecaptchaComplexImageTaskRequest::from_base64(picture(), lights)).await;
    let code = RecaptchaMetadata::from_task_definition(RecaptchaGrid::FourByFour, "/m/015qff");
    run.solve(
        RecaptchaComplexImageTaskRequest::from_url("https://example.com/1.png", code)
            .with_user_agent(AGENT)
            .with_website_url(PAGE),
    )
    .await;
    let shein = RecognitionMetadata::new("shein");
    run.solve(RecognitionComplexImageTaskRequest::single(picture(), shein).with_user_agent(AGENT)).await;
    let sound = RecognitionMetadata::new("bills_audio").with_payload_type(PayloadType::Audio);
    run.solve(RecognitionComplexImageTaskRequest::single(picture(), sound)).await;
}

async fn all(url: String, path: String) -> usize {
    let ms = Duration::from_millis;
    let options = ClientOptions::new("0123456789abcdef0123456789abcdef")
        .with_service_url(url)
        .with_timeouts_override(GetResultTimeouts::new(ms(50), ms(50), ms(50), ms(20_000)));
    let service = CapMonsterClient::new(options).expect("the client opens");
    let mut run = Run { service, sent: String::new(), tasks: 0, wrong: Vec::new() };
    match run.service.get_balance().await {
        Ok(balance) if balance > 0.0 => {}
        other => run.wrong.push(format!("no balance: {other:?}")),
    }
    tokens(&mut run).await;
    custom(&mut run).await;
    pictures(&mut run).await;
    std::fs::write(path, &run.sent).expect("the file can be written");
    for text in &run.wrong {
        println!("rust: {text}");
    }
    println!("rust: {} tasks, {} wrong", run.tasks, run.wrong.len());
    run.wrong.len()
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (Some(url), Some(path)) = (arguments.next(), arguments.next()) else { panic!("usage: solve URL FILE") };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    std::process::exit(i32::from(runtime.block_on(all(url, path)) > 0));
}
