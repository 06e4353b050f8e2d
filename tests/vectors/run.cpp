/* The shared vectors through captask.hpp, with exceptions and nlohmann/json (MIT, in every distribution, and the library
 * that captask.hpp's own examples use). README.md beside this file says how a runner works. CAPTASK_VECTORS names the
 * folder with the vectors, CAPTASK_VECTORS_OUT the one that the results are written into. */

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <regex>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

#include <nlohmann/json.hpp>

#include "captask.hpp"

namespace {

using nlohmann::json;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds until_patience(10000), until_pause(5), receive_patience(60000);

[[noreturn]] void fail(const std::string &why) { throw std::runtime_error(why); }

bool of_type(const json &found, const std::string &type) {
    if (type == "integer") return found.is_number() && std::floor(found.get<double>()) == found.get<double>();
    return found.type_name() == type;
}

bool in_range(const json &found, const json &wanted) {
    if (!found.is_number() || !(wanted.contains("min") || wanted.contains("max"))) return false;
    return (!wanted.contains("min") || found >= wanted["min"]) && (!wanted.contains("max") || found <= wanted["max"]);
}

bool holds(const captask::answer &answer, const json &tree, const std::string &pointer, const json &wanted) {
    const json::json_pointer at(pointer);
    if (wanted.contains("absent")) return !tree.contains(at);
    if (!tree.contains(at)) return false;
    const json &found = tree[at];
    if (wanted.contains("equals")) return found == wanted["equals"];
    if (wanted.contains("text")) return found.is_number() && answer.pick(pointer.c_str()) == wanted["text"].get<std::string>();
    if (wanted.contains("type")) return of_type(found, wanted["type"]);
    if (wanted.contains("pattern"))
        return found.is_string() && std::regex_search(found.get<std::string>(), std::regex(wanted["pattern"].get<std::string>()));
    if (wanted.contains("oneOf"))
        return std::any_of(wanted["oneOf"].begin(), wanted["oneOf"].end(), [&](const json &choice) { return found == choice; });
    return in_range(found, wanted);
}

void hold_against(const captask::answer &answer, const json &expect) {
    const json tree = answer.as<json>();
    for (const auto &[pointer, wanted] : expect.items())
        if (!holds(answer, tree, pointer, wanted)) fail(pointer + ": wanted " + wanted.dump() + " in " + std::string(answer.json()));
}

void replace_all(std::string &text, const std::string &from, const std::string &to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) text.replace(at, from.size(), to);
}

/** One vector that runs. */
class run {
public:
    explicit run(const json &vector) : vector_(vector) {}

    void operator()() {
        if (vector_.contains("sandbox")) {
            sandbox_ = captask::sandbox(vector_["sandbox"]);
            const std::string url = sandbox_.url();
            names_["sandbox"] = json(url).dump();
            names_["host"] = json(url.substr(url.find("//") + 2)).dump();
        }
        if (vector_.contains("config")) client_ = captask::client(filled(vector_["config"]));
        int number = 0;
        for (const json &step : vector_["steps"]) {
            number++;
            try {
                perform(step);
            } catch (const std::exception &error) {
                fail("step " + std::to_string(number) + ": " + error.what());
            }
        }
    }

private:
    using asking = std::function<captask::answer()>;

    /** The text of a value with its names filled in. */
    std::string filled(const json &value) const {
        std::string text = value.is_string() ? value.get<std::string>() : value.dump();
        for (const auto &[name, literal] : names_) {
            replace_all(text, "\"${" + name + "}\"", literal);
            replace_all(text, "${" + name + "}", literal[0] == '"' ? literal.substr(1, literal.size() - 2) : literal);
        }
        return text;
    }

    std::string request_of(const json &step) const {
        return filled(step.contains("requestText") ? step["requestText"] : step["request"]);
    }

    captask::answer expected(const json &step, const asking &ask) {
        captask::answer got;
        bool raised = false;
        try {
            got = ask();
        } catch (const captask::error &error) {
            raised = true;
            got = captask::answer(captask_pick(std::string(error.json()).c_str(), ""));
        }
        if (raised != (step["outcome"] == "error")) fail("wrong outcome: " + std::string(got.json()));
        hold_against(got, json::parse(filled(step["expect"])));
        if (step.contains("save"))
            for (const auto &[name, pointer] : step["save"].items()) {
                const std::string bare = got.pick(pointer.get<std::string>().c_str()).value();
                const bool is_text = got.as<json>()[json::json_pointer(pointer.get<std::string>())].is_string();
                names_[name] = is_text ? json(bare).dump() : bare;
            }
        return got;
    }

    /** A ticket, or the error with which it was refused. */
    std::int64_t submitted(const json &step) {
        try {
            return client_.submit(request_of(step));
        } catch (const captask::error &refused) {
            refused_[--last_refused_] = std::make_unique<captask::error>(refused);
            return last_refused_;
        }
    }

    /** Takes one answer; false when none came. */
    bool receive_one() {
        std::int64_t ticket = 0;
        std::optional<captask::answer> answer = client_.receive_for(receive_patience, ticket);
        if (ticket != 0) answers_[ticket] = std::move(*answer);
        return ticket != 0;
    }

    captask::answer finish(std::int64_t ticket) {
        if (refused_.count(ticket) != 0) throw captask::error(*refused_[ticket]);
        while (answers_.count(ticket) == 0)
            if (!receive_one()) fail("the ticket has no answer");
        captask::answer answer = std::move(answers_[ticket]);
        answers_.erase(ticket);
        return captask::detail::checked(std::move(answer));
    }

    void batch(const json &step) {
        const int count = step["count"];
        std::vector<std::int64_t> tickets;
        for (int index = 0; index < count; index++) {
            names_["index"] = std::to_string(index);
            tickets.push_back(submitted(step));
        }
        std::map<std::string, std::set<std::string>> seen;
        for (int index = 0; index < count; index++) {
            names_["index"] = std::to_string(index);
            const captask::answer answer = expected(step, [&] { return finish(tickets[static_cast<std::size_t>(index)]); });
            for (const json &pointer : step.value("distinct", json::array()))
                seen[pointer].insert(answer.pick(pointer.get<std::string>().c_str()).value());
        }
        for (const auto &[pointer, values] : seen)
            if (values.size() != static_cast<std::size_t>(count)) fail("not distinct: " + pointer);
    }

    void inspect(const json &step) const {
        hold_against(step["of"] == "client" ? client_.inspect() : sandbox_.inspect(), step["expect"]);
    }

    void until(const json &step) const {
        for (const auto end = steady_clock::now() + until_patience;;) {
            try {
                return inspect(step);
            } catch (const std::runtime_error &) {
                if (steady_clock::now() > end) throw;
            }
            std::this_thread::sleep_for(until_pause);
        }
    }

    void close() {
        if (client_.stop())
            while (receive_one()) {
            }
        client_.close();
    }

    void perform(const json &step) {
        const std::string op = step["op"];
        const bool asks = step.contains("request") || step.contains("requestText");
        const std::string request = asks ? request_of(step) : std::string();
        const std::map<std::string, asking> calls = {
            {"solve", [&] { return client_.solve(request); }},
            {"adopt", [&] { return client_.solve(request); }},
            {"create_task", [&] { return client_.create_task(request); }},
            {"get_task_result", [&] { return client_.get_task_result(request); }},
            {"get_balance", [&] { return client_.get_balance(); }},
            {"get_user_agent", [&] { return client_.get_user_agent(); }},
            {"report_incorrect", [&] { return client_.report_incorrect(request); }},
            {"call", [&] { return client_.call(step["method"].get<std::string>(), request); }},
            {"check", [&] { return captask::detail::checked(captask::check(request)); }},
            {"describe", [&] { return captask::describe(step["topic"].get<std::string>()); }},
            {"receive", [&] { return finish(tickets_.at(step["of"])); }},
            {"open", [&] { return captask::client(filled(step["config"])).inspect(); }},
            {"open_sandbox", [&] { return captask::sandbox(filled(step["config"])).inspect(); }},
        };
        if (const auto call = calls.find(op); call != calls.end()) expected(step, call->second);
        else if (op == "submit") tickets_[step["as"]] = submitted(step);
        else if (op == "batch") batch(step);
        else if (op == "inspect") inspect(step);
        else if (op == "until") until(step);
        else if (op == "close") close();
        else if (op != "cancel") fail("unknown: " + op);
        else if (!client_.cancel(tickets_.at(step["of"]))) fail("nothing to cancel");
    }

    const json &vector_;
    captask::sandbox sandbox_;
    captask::client client_;
    std::map<std::string, std::string> names_;
    std::map<std::string, std::int64_t> tickets_;
    std::map<std::int64_t, captask::answer> answers_;
    std::map<std::int64_t, std::unique_ptr<captask::error>> refused_;
    std::int64_t last_refused_ = 0;
};

std::string result_of(const json &vector) {
    try {
        run{vector}();
        return "ok";
    } catch (const std::exception &error) {
        return error.what();
    }
}

}  // namespace

int main() {
    const char *folder = std::getenv("CAPTASK_VECTORS");
    json results = json::object();
    bool failed = false;
    for (const auto &file : std::filesystem::directory_iterator(folder != nullptr ? folder : "tests/vectors")) {
        if (file.path().extension() != ".json" || file.path().filename() == "schema.json") continue;
        std::ifstream text(file.path());
        const json group = json::parse(text);
        for (const json &vector : group["vectors"]) {
            const std::string name = vector["name"], result = result_of(vector);
            if (result == "ok") std::cout << "ok vectors cpp: " << name << std::endl;
            else std::cout << "FAILED vectors cpp: " << name << ": " << result << std::endl;
            failed = failed || result != "ok";
            results[name] = result;
        }
    }
    if (const char *out = std::getenv("CAPTASK_VECTORS_OUT")) {
        std::ofstream report(std::filesystem::path(out) / "cpp.json");
        report << json{{"language", "C++"}, {"results", results}}.dump(1) << '\n';
        if (!report.flush()) fail("cpp.json cannot be written");
    }
    return failed ? 1 : 0;
}
