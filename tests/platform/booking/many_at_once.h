#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <thread>

#include "tests/platform/booking/store_test.h"

namespace linli::tests {

/// Several instances of the platform, each with connections of its own.
struct Instances {
    explicit Instances(StoreTest& test, int count = 4) {
        for (int i = 0; i < count; ++i) stores.push_back(test.open());
    }
    platform::BookingStore& operator[](std::size_t client) { return *stores[client % stores.size()]; }
    std::vector<std::unique_ptr<platform::BookingStore>> stores;
};

inline void together(std::size_t clients, const std::function<void(std::size_t)>& act) {
    std::vector<std::jthread> threads;
    for (std::size_t client = 0; client < clients; ++client) threads.emplace_back([&act, client] { act(client); });
}

/// What threads saw, to be checked when they are done: CppUTest's checks are for its own thread.
class Notes {
  public:
    void add(const std::string& what) {
        std::lock_guard lock(mutex_);
        ++counts_[what];
    }
    std::int64_t operator[](const std::string& what) {
        std::lock_guard lock(mutex_);
        return counts_[what];
    }
    std::string all() {
        std::lock_guard lock(mutex_);
        std::string text;
        for (const auto& [what, count] : counts_) text += what + " " + std::to_string(count) + ", ";
        return text;
    }
    std::int64_t sum() {
        std::lock_guard lock(mutex_);
        std::int64_t all = 0;
        for (const auto& [what, count] : counts_) all += count;
        return all;
    }
    std::size_t size() {
        std::lock_guard lock(mutex_);
        return counts_.size();
    }

  private:
    std::mutex mutex_;
    std::map<std::string, std::int64_t> counts_;  // guarded by mutex_
};

template <typename T>
std::string result_of(const platform::BookingStore::Answer<T>& answer) {
    std::string refusal = refusal_of(answer);
    return refusal.empty() ? "good" : refusal;
}

}  // namespace linli::tests
