#include "tests/serving/raw_request.h"

#include <curl/curl.h>

#include <algorithm>
#include <cctype>
#include <memory>

namespace linli::tests {
namespace {

std::size_t take_body(char* bytes, std::size_t, std::size_t length, void* answer) {
    static_cast<RawAnswer*>(answer)->body.append(bytes, length);
    return length;
}

std::size_t take_header(char* bytes, std::size_t, std::size_t length, void* to) {
    auto& answer = *static_cast<RawAnswer*>(to);
    std::string line(bytes, length);
    line.erase(line.find_last_not_of("\r\n") + 1);
    if (line.starts_with("HTTP/")) answer.protocol = line.substr(0, line.find(' '));
    if (auto colon = line.find(": "); colon != line.npos) {
        std::string name = line.substr(0, colon);
        std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
        answer.headers[name] = line.substr(colon + 2);
    }
    return length;
}

}  // namespace

RawAnswer ask(const RawRequest& request) {
    RawAnswer answer;
    std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy(curl_easy_init(), &curl_easy_cleanup);
    curl_slist* lines = nullptr;
    for (const std::string& line : request.headers) lines = curl_slist_append(lines, line.c_str());
    std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers(lines, &curl_slist_free_all);
    curl_easy_setopt(easy.get(), CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(easy.get(), CURLOPT_PROXY, "");
    curl_easy_setopt(easy.get(), CURLOPT_CAINFO, request.ca_file.c_str());
    curl_easy_setopt(easy.get(), CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    curl_easy_setopt(easy.get(), CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(easy.get(), CURLOPT_CUSTOMREQUEST, request.method.c_str());
    curl_easy_setopt(easy.get(), CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(easy.get(), CURLOPT_WRITEDATA, &answer);
    curl_easy_setopt(easy.get(), CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(easy.get(), CURLOPT_HEADERDATA, &answer);
    if (curl_easy_perform(easy.get()) != CURLE_OK) return answer;
    curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &answer.status);
    return answer;
}

}  // namespace linli::tests
