#include "platform/publisher/passphrase.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <fstream>
#include <optional>

#include "middleware/base/format.h"
#include "middleware/base/secret.h"

namespace linli::platform {

using base::Result;
using content::Message;
using content::Translate;

namespace {

constexpr char kInterrupt = 3;

/// The terminal that the program was started from, with its echo off while this lives.
class SilentTerminal {
  public:
    SilentTerminal() : fd_(::open("/dev/tty", O_RDWR | O_CLOEXEC)) {
        if (fd_ < 0 || ::tcgetattr(fd_, &before_) != 0) return;
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO | ISIG);  // Ctrl+C comes as a character
        is_silent_ = ::tcsetattr(fd_, TCSAFLUSH, &silent) == 0;
    }
    ~SilentTerminal() {
        if (is_silent_) ::tcsetattr(fd_, TCSAFLUSH, &before_);
        if (fd_ >= 0) ::close(fd_);
    }
    SilentTerminal(const SilentTerminal&) = delete;
    SilentTerminal& operator=(const SilentTerminal&) = delete;

    std::optional<std::string> ask(const std::string& question) {
        if (!is_silent_) return std::nullopt;
        write(question + " ");
        std::string line;
        char c = 0;
        while (::read(fd_, &c, 1) == 1 && c != '\n') {
            if (c == kInterrupt) return std::nullopt;
            line += c;
        }
        write("\n");
        return line;
    }

  private:
    void write(std::string_view text) {
        [[maybe_unused]] auto written = ::write(fd_, text.data(), text.size());
    }
    int fd_;
    termios before_{};
    bool is_silent_ = false;
};

std::string first_line_of(const std::string& file) {
    std::ifstream stream(file);
    std::string line;
    std::getline(stream, line);
    if (line.ends_with('\r')) line.pop_back();
    return line;
}

}  // namespace

KeyRing::AskPassphrase passphrase_from(const std::string& file, const Translate& translate) {
    // A pipe can be read once, and may have to open several keys.
    return [file, translate,
            line = std::optional<std::string>()](const std::filesystem::path& key_file) mutable {
        if (!file.empty() && !line) line = first_line_of(file);
        if (line) return *line;
        Message question{N_("Passphrase of {}:"), {key_file.string()}};
        return SilentTerminal().ask(question.text(translate)).value_or("");
    };
}

Result<std::string> new_passphrase(const std::string& file, const Translate& translate) {
    if (!file.empty()) {
        std::string line = first_line_of(file);
        if (line.empty())
            return base::fail(base::format("{} has no passphrase in its first line", file));
        return line;
    }
    SilentTerminal terminal;
    auto first = terminal.ask(Message{N_("New passphrase:"), {}}.text(translate));
    if (!first)
        return base::fail(
            "no passphrase came from a terminal; --passphrase-file names a file with it");
    std::string second =
        terminal.ask(Message{N_("The same once more:"), {}}.text(translate)).value_or("");
    bool is_same = *first == second;
    base::wipe(second);
    if (first->empty() || !is_same) {
        base::wipe(*first);
        return base::fail(is_same ? "an empty passphrase seals nothing"
                                  : "the two are not the same");
    }
    return std::move(*first);
}

}  // namespace linli::platform
