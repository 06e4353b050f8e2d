// Solves one task. Without an account: "sandbox:" is a stand-in for the service inside the library.
//
//     c++ -std=c++17 solve.cpp $(pkg-config --cflags --libs captask) && ./a.out

#include <iostream>

#include <captask.hpp>

int main() {
    try {
        captask::client client(R"({"endpoint":"sandbox:"})");
        captask::answer answer = client.solve(
            R"({"task":{"type":"TurnstileTask","websiteURL":"https://example.com","websiteKey":"KEY"}})");
        std::cout << "token: " << answer.pick("/solution/token").value_or("none") << '\n';
        client.solve(R"({"task":{"type":"NoSuchTask"}})");
    } catch (const captask::error &error) {
        // The last task is there to be refused.
        std::cout << error.what() << '\n';
        return error.code() == "ERROR_TASK_NOT_SUPPORTED" ? 0 : 1;
    }
    return 1;
}
