#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "middleware/base/event_loop.h"
#include "middleware/base/result.h"

namespace linli::app {

/// A socket through which an engineer, or a test of an operator, works a box without a remote control: one command a
/// line, each answered by lines that end with a line ".". Off unless it is asked for; only the same user can open it
/// (mode 0600). UI thread only.
class ControlSocket {
  public:
    /// Answers one command, without its new line.
    using OnCommand = std::function<std::string(std::string_view command)>;

    static base::Result<std::unique_ptr<ControlSocket>> open(const std::filesystem::path& path, base::EventLoop& loop,
                                                             OnCommand on_command);
    ~ControlSocket();
    ControlSocket(const ControlSocket&) = delete;
    ControlSocket& operator=(const ControlSocket&) = delete;

  private:
    ControlSocket(int fd, std::filesystem::path path, base::EventLoop& loop, OnCommand on_command);
    void accept();
    void read(int client);
    void close(int client);

    int fd_;
    std::filesystem::path path_;
    base::EventLoop& loop_;
    OnCommand on_command_;
    /// What each client has sent of its next command.
    std::map<int, std::string> clients_;
};

}  // namespace linli::app
