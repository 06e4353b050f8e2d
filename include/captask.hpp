/*
 * captask for C++17: captask.h with types that own handles and texts, answers with methods, and exceptions.
 *
 *     captask::client client(R"({"endpoint":"sandbox:"})");
 *     captask::answer answer = client.solve(R"({"task":{"type":"TurnstileTask", …}})");
 *     std::string token = answer.pick("/solution/token").value();
 *
 * Header-only; link with captask. You need no JSON library, and can use any that has dump() and parse():
 *
 *     nlohmann::json answer = client.solve(nlohmann::json{{"task", …}}).as<nlohmann::json>();
 *
 * Errors: a call whose answer has an errorId other than 0 throws captask::error, which has that answer. Each such call
 * has an overload with std::nothrow that returns the answer instead; test it with ok(). Without exceptions
 * (-fno-exceptions, or CAPTASK_NO_EXCEPTIONS defined) every call returns the answer, and a client or sandbox that could
 * not be opened is false and has the answer in failure().
 *
 * Clients, sandboxes and answers are moved, not copied. A client may be used from every thread at once; moving and
 * destroying it may not overlap with that. A text with a NUL byte is not cut there, as it would be in C, but
 * refused with CAPTASK_INVALID_ARGUMENT, as text that is not UTF-8.
 */

#ifndef CAPTASK_HPP
#define CAPTASK_HPP

#if !(__cplusplus >= 201703L || (defined(_MSVC_LANG) && _MSVC_LANG >= 201703L))
#error "captask.hpp needs C++17"
#endif

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "captask.h"

#if !defined(CAPTASK_NO_EXCEPTIONS) && !defined(__cpp_exceptions) && !defined(_CPPUNWIND)
#define CAPTASK_NO_EXCEPTIONS 1
#endif

#ifndef CAPTASK_NO_EXCEPTIONS
#include <stdexcept>
#endif

namespace captask {

/* Programs may mix objects compiled with and without exceptions: their functions have different names. */
#ifdef CAPTASK_NO_EXCEPTIONS
inline namespace quiet {
#else
inline namespace throwing {
#endif

/** Owns a text that the library returned. */
class text {
public:
    text() noexcept = default;
    /** Takes ownership of a text that a function of captask.h returned; NULL is allowed. */
    explicit text(char *owned) noexcept : owned_(owned) {}

    /** Whether there is a text. */
    explicit operator bool() const noexcept { return owned_ != nullptr; }
    /** The text, empty if there is none. Valid as long as this object. */
    std::string_view view() const noexcept { return owned_ ? std::string_view(owned_.get()) : std::string_view(); }
    /** The text, NULL if there is none. Valid as long as this object. */
    const char *c_str() const noexcept { return owned_.get(); }
    /** Releases ownership: the caller calls captask_free. */
    char *release() noexcept { return owned_.release(); }

private:
    struct releaser {
        void operator()(char *owned) const noexcept { captask_free(owned); }
    };
    std::unique_ptr<char, releaser> owned_;
};

/** A JSON text as an argument: any string, or an object of a JSON library with dump(). */
class json_in {
public:
    /** NULL: all defaults. */
    json_in(std::nullptr_t = nullptr) noexcept {}
    json_in(const char *borrowed) noexcept : borrowed_(borrowed) {}
    json_in(const std::string &borrowed) : borrowed_(borrowed.c_str()) {
        if (borrowed.find('\0') != std::string::npos) keep(borrowed);
    }
    json_in(std::string_view copied) { keep(std::string(copied)); }
    template <class Json, class = decltype(std::string(std::declval<const Json &>().dump()))>
    json_in(const Json &object) { keep(object.dump()); }

    /** NUL-terminated, or NULL. Valid as long as this object and what it was made from. */
    const char *c_str() const noexcept { return owns_ ? own_.c_str() : borrowed_; }

private:
    /* C would end the text at a NUL byte. Two bytes that UTF-8 never has replace it, so that the library refuses
     * the text and says where. */
    void keep(std::string own) {
        const std::size_t nul = own.find('\0');
        if (nul != std::string::npos) own.replace(nul, 1, "\xC0\x80");
        own_ = std::move(own);
        owns_ = true;
    }
    const char *borrowed_ = nullptr;
    std::string own_;
    bool owns_ = false;
};

/** An answer: one JSON object with the service's envelope. */
class answer {
public:
    answer() noexcept = default;
    explicit answer(char *owned) noexcept : json_(owned) {}

    /** Whether errorId is 0. */
    bool ok() const { return pick("/errorId") == "0"; }
    /** The whole object; empty if there is none. */
    std::string_view json() const noexcept { return json_.view(); }
    /** One value by its RFC 6901 pointer: a string without quotes, anything else as JSON. */
    std::optional<std::string> pick(const char *pointer) const {
        text found(captask_pick(json_.c_str(), pointer));
        return found ? std::optional<std::string>(found.view()) : std::nullopt;
    }
    /** The same into a buffer, as captask_pick_into: returns the length of the whole value, nothing if it is absent. */
    std::optional<std::size_t> pick_into(const char *pointer, char *buffer, std::size_t size) const noexcept {
        const std::int64_t length = captask_pick_into(json_.c_str(), pointer, buffer, size);
        return length < 0 ? std::nullopt : std::optional<std::size_t>(static_cast<std::size_t>(length));
    }
    /** The object as parsed by another library's parse(): as<nlohmann::json>(). */
    template <class Json> Json as() const { return Json::parse(std::string(json())); }

    /** errorCode, empty on success. */
    std::string code() const { return of_error("/errorCode"); }
    /** errorDescription, empty on success. */
    std::string description() const { return of_error("/errorDescription"); }
    /** The taskId: the digits of a number or the text of a string; empty if no task is known. */
    std::string task_id() const {
        std::string id = pick("/taskId").value_or(std::string());
        return id == "null" || id == "0" ? std::string() : id;
    }
    /** Whether a repetition may help; "/retryScope" says what to repeat. */
    bool retryable() const { return pick("/retryable") == "true"; }

private:
    std::string of_error(const char *pointer) const {
        return ok() ? std::string() : pick(pointer).value_or(std::string());
    }
    text json_;
};

#ifndef CAPTASK_NO_EXCEPTIONS
/** An answer whose errorId is not 0. */
class error : public std::runtime_error {
public:
    explicit error(captask::answer &&failed)
        : std::runtime_error(failed.code() + ": " + failed.description()),
          answer_(std::make_shared<captask::answer>(std::move(failed))) {}
    /* Copied, never moved: the one that stays behind can still be asked. */
    error(const error &) noexcept = default;
    error &operator=(const error &) noexcept = default;
    ~error() override = default;

    /** The service's errorCode, or one of the library's own, which begin with CAPTASK_. */
    std::string code() const { return answer_->code(); }
    /** The taskId of the task that was bought, empty if none is known. {"taskId":…} adopts the task. */
    std::string task_id() const { return answer_->task_id(); }
    /** Whether a repetition may help. */
    bool retryable() const { return answer_->retryable(); }
    /** The JSON object. */
    std::string_view json() const noexcept { return answer_->json(); }
    /** The answer. */
    const captask::answer &answer() const noexcept { return *answer_; }

private:
    /* Shared, since exceptions are copied. */
    std::shared_ptr<const captask::answer> answer_;
};
#endif

namespace detail {

/** The answer; if it is an error and exceptions are on, throws it. */
inline answer checked(answer &&got) {
#ifndef CAPTASK_NO_EXCEPTIONS
    if (!got.ok()) throw error(std::move(got));
#endif
    return std::move(got);
}

inline std::int32_t millis(std::chrono::milliseconds wait) noexcept {
    constexpr auto most = std::numeric_limits<std::int32_t>::max();
    return wait.count() < 0 ? 0 : wait.count() > most ? most : static_cast<std::int32_t>(wait.count());
}

inline std::optional<answer> maybe(char *owned) {
    return owned ? std::optional<answer>(answer(owned)) : std::nullopt;
}

/** Owns the handle of a client or of a sandbox. */
class handle {
public:
    handle() noexcept = default;
    handle(handle &&other) noexcept
        : number_(std::exchange(other.number_, 0)), failure_(std::move(other.failure_)) {}
    handle &operator=(handle &&other) noexcept {
        if (this != &other) {
            close();
            number_ = std::exchange(other.number_, 0);
            failure_ = std::move(other.failure_);
        }
        return *this;
    }
    ~handle() { close(); }

    /** Whether it is open. */
    explicit operator bool() const noexcept { return number_ != 0; }
    /** The handle, for the functions of captask.h; 0 if it is closed. */
    std::int32_t number() const noexcept { return number_; }
    /** Why it could not be opened. */
    const captask::answer &failure() const noexcept { return failure_; }
    /** Closes it; closing twice does nothing. */
    void close() noexcept {
        if (number_ != 0) captask_close(std::exchange(number_, 0));
    }
    /** Counters and state. */
    answer inspect() const { return answer(captask_inspect(number_)); }

protected:
    using opener = std::int32_t (*)(const char *, char **);
    bool open(opener function, const json_in &config) {
        char *why = nullptr;
        number_ = function(config.c_str(), &why);
        failure_ = captask::answer(why);
        return number_ != 0;
    }
    void open_or_throw(opener function, const json_in &config) {
        open(function, config);
#ifndef CAPTASK_NO_EXCEPTIONS
        if (number_ == 0) throw error(std::move(failure_));
#endif
    }

private:
    std::int32_t number_ = 0;
    captask::answer failure_;
};

}  // namespace detail

/** A client; the destructor closes it. */
class client : public detail::handle {
public:
    /** A closed client. */
    client() noexcept = default;
    /** Opens one; NULL, all defaults. */
    explicit client(const json_in &config) { open_or_throw(captask_open, config); }
    /** Opens one; false when it could not be, and failure() says why. */
    client(const json_in &config, std::nothrow_t) { open(captask_open, config); }

    /** Stops the client: it takes no new work, and what is in flight ends with CAPTASK_CLOSED, which can still be read. */
    bool stop() const noexcept { return captask_stop(number()) == 1; }

    /** Buys a task, or adopts one, and waits for its answer. */
    answer solve(const json_in &request) const { return detail::checked(solve(request, std::nothrow)); }
    answer solve(const json_in &request, std::nothrow_t) const {
        return answer(captask_solve(number(), request.c_str()));
    }

    /** Takes a request and returns a ticket at once; without exceptions, 0 if the request was refused. */
    std::int64_t submit(const json_in &request) const {
        answer why;
        std::int64_t ticket = submit(request, why);
#ifndef CAPTASK_NO_EXCEPTIONS
        if (ticket == 0) throw error(std::move(why));
#endif
        return ticket;
    }
    /** The same; 0 if the request was refused, and `why` says why. */
    std::int64_t submit(const json_in &request, answer &why) const {
        char *refused = nullptr;
        std::int64_t ticket = captask_submit(number(), request.c_str(), &refused);
        why = answer(refused);
        return ticket;
    }

    /** Waits for the answer of that ticket. */
    answer wait(std::int64_t ticket) const { return detail::checked(wait(ticket, std::nothrow)); }
    answer wait(std::int64_t ticket, std::nothrow_t) const { return answer(captask_wait(number(), ticket, -1)); }
    /** Waits at most that long; nothing if there is no answer yet. Never throws an error of the task. */
    std::optional<answer> wait_for(std::int64_t ticket, std::chrono::milliseconds timeout) const {
        return detail::maybe(captask_wait(number(), ticket, detail::millis(timeout)));
    }
    /** Waits for the answer of any ticket. Never throws: test it with ok(). Empty if wake() ended the wait. */
    answer receive() const { return answer(captask_receive(number(), -1)); }
    /** The same, with the answer's ticket: 0 for an error of the call itself, and if wake() ended the wait. */
    answer receive(std::int64_t &ticket) const { return answer(captask_receive_ticket(number(), -1, &ticket)); }
    /** Waits at most that long; nothing if there is no answer yet. */
    std::optional<answer> receive_for(std::chrono::milliseconds timeout) const {
        return detail::maybe(captask_receive(number(), detail::millis(timeout)));
    }
    /** The same, with the answer's ticket. */
    std::optional<answer> receive_for(std::chrono::milliseconds timeout, std::int64_t &ticket) const {
        return detail::maybe(captask_receive_ticket(number(), detail::millis(timeout), &ticket));
    }
    /** Ends one wait in receive, or the next one. False if the client is closed. */
    bool wake() const noexcept { return captask_wake(number()) == 1; }
    /** A descriptor (Windows: a SOCKET) that is readable while there is an answer to receive: see captask_fd. */
    std::int64_t fd() const {
        answer why;
        std::int64_t found = fd(why);
#ifndef CAPTASK_NO_EXCEPTIONS
        if (found == 0) throw error(std::move(why));
#endif
        return found;
    }
    /** The same; 0 if there is no descriptor, and `why` says why. */
    std::int64_t fd(answer &why) const {
        char *refused = nullptr;
        std::int64_t found = captask_fd(number(), &refused);
        why = answer(refused);
        return found;
    }
    /** Cancels a ticket; its answer, CAPTASK_CANCELLED, must still be read. False if the ticket is not in flight. */
    bool cancel(std::int64_t ticket) const noexcept { return captask_cancel(number(), ticket) == 1; }

    /* One method of the service each; the request is the documented body. */

    answer create_task(const json_in &request) const { return detail::checked(create_task(request, std::nothrow)); }
    answer create_task(const json_in &request, std::nothrow_t) const {
        return answer(captask_create_task(number(), request.c_str()));
    }
    answer get_task_result(const json_in &request) const {
        return detail::checked(get_task_result(request, std::nothrow));
    }
    answer get_task_result(const json_in &request, std::nothrow_t) const {
        return answer(captask_get_task_result(number(), request.c_str()));
    }
    answer get_balance() const { return detail::checked(get_balance(std::nothrow)); }
    answer get_balance(std::nothrow_t) const { return answer(captask_get_balance(number())); }
    answer get_user_agent() const { return detail::checked(get_user_agent(std::nothrow)); }
    answer get_user_agent(std::nothrow_t) const { return answer(captask_get_user_agent(number())); }
    answer report_incorrect(const json_in &request) const {
        return detail::checked(report_incorrect(request, std::nothrow));
    }
    answer report_incorrect(const json_in &request, std::nothrow_t) const {
        return answer(captask_report_incorrect(number(), request.c_str()));
    }
    /** Any method, also one that this version does not know. */
    answer call(const json_in &method, const json_in &request) const {
        return detail::checked(call(method, request, std::nothrow));
    }
    answer call(const json_in &method, const json_in &request, std::nothrow_t) const {
        return answer(captask_call(number(), method.c_str(), request.c_str()));
    }
};

/** A stand-in for the service in this process; the destructor stops it. */
class sandbox : public detail::handle {
public:
    /** A closed sandbox. */
    sandbox() noexcept = default;
    /** Starts one; NULL, all defaults. */
    explicit sandbox(const json_in &config) { open_or_throw(captask_sandbox_open, config); }
    /** Starts one; false when it could not be, and failure() says why. */
    sandbox(const json_in &config, std::nothrow_t) { open(captask_sandbox_open, config); }

    /** The "endpoint" for clients. */
    std::string url() const { return inspect().pick("/url").value_or(std::string()); }
};

/** Passes the library's log lines to a function until it is destroyed; a process can have one. */
class log_sink {
public:
    using function = std::function<void(std::int32_t level, std::string_view line)>;
    /** `level` is the most detailed level to log. The library's threads call the function too; what it throws is
     *  ignored. */
    log_sink(function sink, std::int32_t level) : sink_(std::make_unique<function>(std::move(sink))) {
        captask_set_log(&log_sink::call, sink_.get(), level);
    }
    log_sink(const log_sink &) = delete;
    log_sink &operator=(const log_sink &) = delete;
    ~log_sink() { captask_set_log(nullptr, nullptr, CAPTASK_LOG_OFF); }

private:
    static void call(std::int32_t level, const char *line, void *user) noexcept {
#ifdef CAPTASK_NO_EXCEPTIONS
        (*static_cast<function *>(user))(level, line);
#else
        /* The caller is the library, which no exception may pass. */
        try {
            (*static_cast<function *>(user))(level, line);
        } catch (...) {
        }
#endif
    }
    std::unique_ptr<function> sink_;
};

/** Appends log lines to a file: "-" is standard error, NULL ends it. False if that fails, and `why` says why. */
inline bool log_to(const json_in &path, std::int32_t level, answer &why) {
    char *refused = nullptr;
    const bool taken = captask_log_to(path.c_str(), level, &refused) == 1;
    why = answer(refused);
    return taken;
}
/** The same; throws if that fails. */
inline void log_to(const json_in &path, std::int32_t level) {
    answer why;
    const bool taken = log_to(path, level, why);
#ifndef CAPTASK_NO_EXCEPTIONS
    if (!taken) throw error(std::move(why));
#else
    static_cast<void>(taken);
#endif
}

/** The version of the library that is loaded. */
inline std::string_view version() noexcept { return captask_version(); }
/** Whether the loaded library fits this header: the same major and minor version, or a newer one within 1.x. */
inline bool fits() noexcept {
    const std::uint32_t loaded = captask_version_num();
    return CAPTASK_VERSION_MAJOR == 0 ? loaded >> 8 == CAPTASK_VERSION_NUM >> 8
                                      : loaded >> 16 == CAPTASK_VERSION_MAJOR && loaded >= CAPTASK_VERSION_NUM;
}
/** Whether a request is valid; "/problems" of the answer lists what is wrong. Never throws the answer. */
inline answer check(const json_in &request) { return answer(captask_check(request.c_str())); }
/** Describes a topic; NULL returns the table of contents. */
inline answer describe(const json_in &topic = nullptr) {
    return detail::checked(answer(captask_describe(topic.c_str())));
}
/** A text as a JSON string literal; nothing for invalid UTF-8 or a NUL byte. */
inline std::optional<std::string> quote(const json_in &plain) {
    text quoted(captask_quote(plain.c_str()));
    return quoted ? std::optional<std::string>(quoted.view()) : std::nullopt;
}
/** Bytes in base64. */
inline std::string base64(const void *data, std::size_t length) {
    return std::string(text(captask_base64(data, length)).view());
}
inline std::string base64(std::string_view bytes) { return base64(bytes.data(), bytes.size()); }

}  // inline namespace
}  // namespace captask

#endif  /* CAPTASK_HPP */
