// Writes a text into a file, so that tests can see what faults do to it: careful|careless|in-place FILE TEXT.

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "middleware/base/file.h"

namespace {

bool write_without_sync(const std::string& file, const std::string& text) {
    int fd = ::open(file.c_str(), O_WRONLY | O_CREAT, 0600);
    return fd >= 0 && ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 4) return 2;
    std::string how = arguments[1], file = arguments[2], text = arguments[3];
    bool is_done = false;
    if (how == "careful") is_done = linli::base::write_file_atomically(file, text).has_value();
    if (how == "in-place") is_done = write_without_sync(file, text);
    if (how == "careless")
        is_done = write_without_sync(file + ".new", text) && std::rename((file + ".new").c_str(), file.c_str()) == 0;
    // A further change, so that there is a moment after the last one.
    return is_done && linli::base::write_file_atomically(file + ".done", "yes") ? 0 : 1;
}
