// captask.hpp against sandboxes: with and without exceptions, with and without nlohmann/json, under sanitizers.

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#ifdef WITH_NLOHMANN
#include <nlohmann/json.hpp>
using nlohmann::json;
#else
using json = int;
#endif

// After the usual name of a JSON library's type, which nothing in it may shadow.
#include <captask.hpp>

using namespace std::chrono_literals;

namespace {

int checks = 0;

#define CHECK(condition)                                                                                \
    do {                                                                                                \
        ++checks;                                                                                       \
        if (!(condition)) {                                                                             \
            std::fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);                \
            std::exit(1);                                                                               \
        }                                                                                               \
    } while (0)

const char *const SANDBOX = R"({"endpoint":"sandbox:","poll":{"firstMs":5,"intervalMs":5}})";
const char *const TASK = R"({"task":{"type":"TurnstileTask","websiteURL":"https://example.com","websiteKey":"KEY"}})";
const char *const LATE = R"({"task":{"type":"TurnstileTask","websiteURL":"https://example.com","websiteKey":"KEY"},
                             "options":{"firstPollMs":600000,"timeoutMs":900000}})";
const char *const UNKNOWN = R"({"task":{"type":"NoSuchTask"}})";

static_assert(!std::is_copy_constructible_v<captask::client> && std::is_nothrow_move_constructible_v<captask::client>);
static_assert(!std::is_copy_assignable_v<captask::sandbox> && std::is_nothrow_move_assignable_v<captask::sandbox>);
static_assert(!std::is_copy_constructible_v<captask::answer> && std::is_nothrow_move_assignable_v<captask::text>);

void solves() {
    captask::client client(SANDBOX);
    CHECK(client && client.number() > 0);
    captask::answer answer = client.solve(TASK);
    CHECK(answer.ok() && answer.code().empty() && answer.description().empty());
    CHECK(answer.pick("/status") == "ready");
    CHECK(!answer.pick("/solution/token")->empty());
    CHECK(!answer.pick("/nothing/here"));
    CHECK(!answer.task_id().empty());
    CHECK(client.get_balance().pick("/balance"));
    CHECK(client.get_user_agent().pick("/userAgent"));
    CHECK(client.call("getBalance", "{}").ok());
    CHECK(client.inspect().pick("/created") == "1");
}

void takes_strings_of_every_kind() {
    captask::client client{std::string_view(SANDBOX)};
    const std::string whole = std::string(TASK) + " and more";
    CHECK(client.solve(std::string_view(whole).substr(0, std::string_view(TASK).size())).ok());
    CHECK(client.solve(std::string(TASK)).ok());
    CHECK(captask::check(TASK).ok());
    CHECK(!captask::check("{").ok());
    CHECK(captask::check("{").code() == "CAPTASK_INVALID_JSON");
}

// Texts with a NUL byte are refused, whatever holds them, and never cut.
struct dumps {
    std::string text;
    std::string dump() const { return text; }
};

void refuses_texts_with_a_nul_byte() {
    using namespace std::string_literals;
    const std::string cut = TASK + "\0 and more"s;
    const std::string::size_type at = cut.find('\0');
    for (const captask::answer &answer : {captask::check(cut), captask::check(std::string_view(cut)),
                                          captask::check(dumps{cut}), captask::check(cut + "\0"s)}) {
        CHECK(answer.code() == "CAPTASK_INVALID_ARGUMENT");
        CHECK(answer.description() == "request is not UTF-8: byte " + std::to_string(at) + " is wrong");
    }
    CHECK(!captask::quote("a\0b"s) && captask::quote("ab"s) == "\"ab\"");
    const captask::client client(SANDBOX);
    CHECK(client.call("getBalance\0x"s, "{}", std::nothrow).code() == "CAPTASK_INVALID_ARGUMENT");
    CHECK(client.solve(cut, std::nothrow).code() == "CAPTASK_INVALID_ARGUMENT");
    captask::client none("{}\0"s, std::nothrow);
    CHECK(!none && none.failure().code() == "CAPTASK_INVALID_ARGUMENT");
}

void moves_and_closes() {
    captask::client one(SANDBOX);
    const std::int32_t number = one.number();
    captask::client two(std::move(one));
    CHECK(!one && two.number() == number);
    captask::client three;
    three = std::move(two);
    CHECK(three.number() == number);
    captask::client &same = three;
    three = std::move(same);
    CHECK(three.number() == number);
    three = captask::client(SANDBOX);
    CHECK(captask::answer(captask_inspect(number)).code() == "CAPTASK_UNKNOWN_HANDLE");
    three.close();
    three.close();
    CHECK(!three && three.get_balance(std::nothrow).code() == "CAPTASK_UNKNOWN_HANDLE");
    captask::text text(captask_quote("x"));
    captask::text other = std::move(text);
    CHECK(!text && other.view() == "\"x\"");
    captask_free(other.release());
    CHECK(other.view().empty());
}

void submits_and_waits() {
    captask::client client(SANDBOX);
    const std::int64_t ticket = client.submit(TASK);
    CHECK(ticket > 0 && client.wait(ticket).ok());
    CHECK(client.wait(ticket, std::nothrow).code() == "CAPTASK_UNKNOWN_TICKET");
    const std::int64_t late = client.submit(LATE);
    CHECK(!client.wait_for(late, 0ms) && !client.receive_for(-5ms));
    CHECK(client.fd() > 2 && client.fd() == client.fd());
    CHECK(client.wake() && client.receive().json().empty());
    std::int64_t whose_turn = -1;
    CHECK(client.wake() && !client.receive_for(1h, whose_turn) && whose_turn == 0);
    const std::int64_t given_up = client.submit(LATE);
    CHECK(client.cancel(given_up) && client.receive(whose_turn).code() == "CAPTASK_CANCELLED" && whose_turn == given_up);
    CHECK(client.cancel(late) && !client.cancel(late));
    CHECK(client.wait(late, std::nothrow).code() == "CAPTASK_CANCELLED");
    std::set<std::int64_t> tickets;
    for (int n = 0; n < 10; ++n) tickets.insert(client.submit(TASK));
    while (!tickets.empty()) {
        const std::optional<captask::answer> answer = client.receive_for(std::chrono::hours(2000));
        CHECK(answer && answer->ok());
        CHECK(tickets.erase(std::stoll(answer->pick("/ticket").value())) == 1);
    }
    captask::answer why;
    CHECK(client.submit("[]", why) == 0 && why.code() == "CAPTASK_INVALID_REQUEST");
    CHECK(client.stop());
    std::int64_t whose = -1;
    CHECK(client.receive(whose).code() == "CAPTASK_CLOSED" && whose == 0);
    CHECK(client.receive().code() == "CAPTASK_CLOSED");
}

void threads_share_a_client() {
    const captask::client client(SANDBOX);
    std::atomic<int> good{0};
    std::vector<std::thread> threads;
    for (int n = 0; n < 8; ++n)
        threads.emplace_back([&] { good += client.solve(TASK, std::nothrow).ok() ? 1 : 0; });
    for (std::thread &thread : threads) thread.join();
    CHECK(good == 8);
}

void tells_errors_without_throwing() {
    captask::client none(R"({"pollen":1})", std::nothrow);
    CHECK(!none && none.failure().code() == "CAPTASK_INVALID_CONFIG");
    captask::client client(SANDBOX, std::nothrow);
    CHECK(client && client.failure().json().empty());
    const captask::answer answer = client.solve(UNKNOWN, std::nothrow);
    CHECK(!answer.ok() && answer.code() == "ERROR_TASK_NOT_SUPPORTED" && !answer.description().empty());
    CHECK(!answer.retryable() && answer.task_id().empty());
    captask::sandbox wrong(R"({"listen":"nowhere"})", std::nothrow);
    CHECK(!wrong && wrong.failure().code() == "CAPTASK_INVALID_CONFIG");
}

void a_sandbox_serves_clients() {
    captask::sandbox sandbox(R"({"solveMs":0})");
    const std::string config = R"({"clientKey":"any","poll":{"firstMs":5,"intervalMs":5},"endpoint":)" +
                               captask::quote(sandbox.url()).value() + "}";
    captask::client client(config);
    const std::string id = client.create_task(TASK).task_id();
    CHECK(client.get_task_result("{\"taskId\":" + id + "}").ok());
    CHECK(client.report_incorrect("{\"taskId\":" + id + R"(,"type":"TurnstileTask"})").ok());
    CHECK(sandbox.inspect().pick("/requests/createTask") == "1");
}

void logs() {
    std::atomic<int> lines{0};
    {
        captask::log_sink sink([&](std::int32_t level, std::string_view line) {
            lines += level >= CAPTASK_LOG_ERROR && level <= CAPTASK_LOG_TRACE && !line.empty() ? 1 : 1000000;
        }, CAPTASK_LOG_TRACE);
        captask::client(SANDBOX).solve(TASK);
    }
    const int heard = lines;
    CHECK(heard > 0 && heard < 1000000);
    captask::client(SANDBOX).solve(TASK);
    CHECK(lines == heard);
}

#ifndef CAPTASK_NO_EXCEPTIONS
void lines_go_to_a_file() {
    const std::string path = "captask-cpp-" + std::to_string(reinterpret_cast<std::uintptr_t>(&checks)) + ".log";
    captask::answer why;
    CHECK(captask::log_to(path, CAPTASK_LOG_INFO, why) && why.json().empty());
    captask::client(SANDBOX).close();
    captask::log_to(nullptr, CAPTASK_LOG_OFF);
    std::FILE *file = std::fopen(path.c_str(), "r");
    CHECK(file != nullptr && std::fgetc(file) == '2');
    std::fclose(file);
    std::remove(path.c_str());
    CHECK(!captask::log_to("/no/such/folder/file", CAPTASK_LOG_INFO, why) && why.code() == "CAPTASK_INVALID_ARGUMENT");
}

void values_go_into_a_buffer() {
    char buffer[4];
    captask::answer topics = captask::describe();
    CHECK(topics.pick_into("/errorId", buffer, sizeof buffer) == 1u && std::string(buffer) == "0");
    CHECK(!topics.pick_into("/no/such", buffer, sizeof buffer) && buffer[0] == '\0');
    CHECK(topics.pick_into("", nullptr, 0) == topics.json().size());
}

void a_log_sink_may_throw() {
    std::atomic<int> lines{0};
    captask::log_sink sink([&](std::int32_t, std::string_view) {
        ++lines;
        throw 1;
    }, CAPTASK_LOG_TRACE);
    CHECK(captask::client(SANDBOX).solve(TASK).ok());
    CHECK(lines > 0);
}
#endif

void tells_of_itself() {
    CHECK(captask::version() == CAPTASK_VERSION && captask::fits());
    CHECK(captask::base64("hi") == "aGk=" && captask::base64(std::string_view()).empty());
    CHECK(captask::quote("a\"b") == "\"a\\\"b\"");
    CHECK(!captask::quote("\xff"));
    CHECK(captask::describe().ok());
    CHECK(captask::describe("task/turnstile").pick("/type") == "TurnstileTask");
}

#ifndef CAPTASK_NO_EXCEPTIONS
static_assert(std::is_nothrow_copy_constructible_v<captask::error> && std::is_nothrow_copy_assignable_v<captask::error>);

template <class Body> std::string thrown(Body body) {
    try {
        body();
    } catch (captask::error &caught) {
        const captask::error copy = std::move(caught);
        CHECK(caught.code() == copy.code() && caught.json() == copy.json() && caught.task_id() == copy.task_id());
        CHECK(std::string(copy.what()).find(copy.code()) == 0);
        CHECK(copy.json() == copy.answer().json() && !copy.json().empty());
        return copy.code();
    }
    return "nothing";
}

void throws_errors() {
    CHECK(thrown([] { captask::client bad(R"({"pollen":1})"); }) == "CAPTASK_INVALID_CONFIG");
    CHECK(thrown([] { captask::sandbox bad(R"({"listen":"nowhere"})"); }) == "CAPTASK_INVALID_CONFIG");
    CHECK(thrown([] { captask::describe("nonsense"); }) == "CAPTASK_UNKNOWN_TOPIC");
    captask::client client(SANDBOX);
    CHECK(thrown([&] { client.solve(UNKNOWN); }) == "ERROR_TASK_NOT_SUPPORTED");
    CHECK(thrown([&] { client.submit("[]"); }) == "CAPTASK_INVALID_REQUEST");
    CHECK(thrown([&] { client.wait(99); }) == "CAPTASK_UNKNOWN_TICKET");
    try {
        client.solve(R"({"taskId":12345678901234567890})");
    } catch (const captask::error &caught) {
        CHECK(caught.task_id() == "12345678901234567890");
        return;
    }
    CHECK(false);
}
#else
void throws_errors() {
    captask::client none(R"({"pollen":1})");
    CHECK(!none && none.failure().code() == "CAPTASK_INVALID_CONFIG");
    captask::client client(SANDBOX);
    CHECK(client.solve(UNKNOWN).code() == "ERROR_TASK_NOT_SUPPORTED");
    CHECK(client.submit("[]") == 0);
    CHECK(captask::describe("nonsense").code() == "CAPTASK_UNKNOWN_TOPIC");
}
#endif

void goes_with_nlohmann_json() {
#ifdef WITH_NLOHMANN
    captask::client client(json{{"endpoint", "sandbox:"}, {"poll", {{"firstMs", 5}, {"intervalMs", 5}}}});
    const json request = {{"task", json::parse(TASK)["task"]}, {"extra", {1, "two"}}};
    const json answer = client.solve(request).as<json>();
    CHECK(answer["errorId"] == 0 && answer["solution"]["token"].is_string());
    CHECK(answer["extra"] == json({1, "two"}));
#endif
}

}  // namespace

int main() {
    solves();
    takes_strings_of_every_kind();
    refuses_texts_with_a_nul_byte();
    moves_and_closes();
    submits_and_waits();
    threads_share_a_client();
    tells_errors_without_throwing();
    a_sandbox_serves_clients();
    logs();
#ifndef CAPTASK_NO_EXCEPTIONS
    lines_go_to_a_file();
    values_go_into_a_buffer();
    a_log_sink_may_throw();
#endif
    tells_of_itself();
    throws_errors();
    goes_with_nlohmann_json();
    std::printf("%d checks hold\n", checks);
}
