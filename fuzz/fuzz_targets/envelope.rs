//! What the service answers, taken apart and put together: our members never stand twice and nothing is lost.
#![no_main]

use captask::protocol::envelope::Envelope;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Some(envelope) = Envelope::parse(text) else { return };
    let _ = envelope.has_solution();
    envelope.status();
    let mut additions = envelope.error_additions(503, Some(1500));
    additions.extend([("taskId", envelope.task_id().unwrap_or("7").to_owned()), ("ticket", "1".to_owned())]);
    let whole = envelope.with(&additions);
    let again = Envelope::parse(&whole).expect("still an answer");
    assert_eq!(again.ok(), envelope.ok());
    for member in envelope.object().members() {
        assert_eq!(
            again.object().get(&member.name).map(|raw| raw.get()),
            envelope.object().get(&member.name).map(|raw| raw.get())
        );
    }
    for (name, _) in additions {
        assert_eq!(again.object().members().iter().filter(|member| member.name == name).count().min(1), 1, "{name}");
    }
});
