#include "middleware/graphics/directfb_library.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <thread>

#include "middleware/base/format.h"
#include "middleware/graphics/directfb_handles.h"

#include <directfb_keynames.h>

namespace linli::graphics {
namespace {

std::unexpected<base::Error> fail(const char* what, DFBResult code) {
    return base::fail(base::format("DirectFB cannot {}: {}", what, DirectFBErrorString(code)));
}

/// A screen without letters would come up as if all were well: DirectFB loads the module that reads fonts only when the
/// first one is asked for, and Debian packs that module apart.
base::Result<void> examine_font(IDirectFB* directfb, const text::FontFile& file) {
    DFBFontDescription description{};
    description.flags = flags(DFDESC_HEIGHT, DFDESC_INDEX);
    description.height = 16;
    description.index = static_cast<unsigned>(file.index);
    IDirectFBFont* font = nullptr;
    if (DFBResult code = directfb->CreateFont(directfb, file.path.c_str(), &description, &font); code != DFB_OK)
        return base::fail(base::format("DirectFB cannot draw with the font {}: {} (its FreeType module is in the package "
                                       "libdirectfb-extra)",
                                       file.path, DirectFBErrorString(code)));
    FontHandle released(font);
    return {};
}

/// The primary surface. Double-buffered: a frame is painted behind and its changed parts are copied forward,
/// so a half-painted frame is never seen.
class PrimaryDisplay final : public Display {
  public:
    PrimaryDisplay(IDirectFB* directfb, IDirectFBSurface* surface, const text::FontFiles& fonts)
        : surface_(surface), canvas_(directfb, surface, fonts) {}

    Canvas& canvas() override { return canvas_; }

    void present(std::span<const Rect> areas) override {
        for (const Rect& area : areas) {
            DFBRegion region{area.x, area.y, area.right() - 1, area.bottom() - 1};
            surface_->Flip(surface_, &region, DSFLIP_BLIT);
        }
    }

  private:
    IDirectFBSurface* surface_;  // owned by the canvas
    Canvas canvas_;
};

class VirtualDisplay final : public Display {
  public:
    VirtualDisplay(IDirectFB* directfb, IDirectFBSurface* surface, const text::FontFiles& fonts,
                   std::function<void(std::span<const Rect>)> on_present)
        : canvas_(directfb, surface, fonts), on_present_(std::move(on_present)) {}

    Canvas& canvas() override { return canvas_; }
    void present(std::span<const Rect> areas) override {
        if (on_present_) on_present_(areas);
    }

  private:
    Canvas canvas_;
    std::function<void(std::span<const Rect>)> on_present_;
};

/// The thread that hands DirectFB's messages on; 0 where none runs.
pid_t find_dispatcher() {
    std::error_code error;
    for (const auto& thread : std::filesystem::directory_iterator("/proc/self/task", error)) {
        std::ifstream comm(thread.path() / "comm");
        std::string name, number = thread.path().filename();
        pid_t id = 0;
        if (std::getline(comm, name) && name == "Fusion Dispatch") std::from_chars(number.data(), number.data() + number.size(), id);
        if (id != 0) return id;
    }
    return 0;
}

/// DirectFB 1.7 frees what its dispatcher is about to look at once more, and does not wait for its end. As long as
/// nobody takes that memory the thread finds its way out: until then nothing is allocated here.
void wait_for_end_of(pid_t thread) {
    constexpr std::chrono::milliseconds kStep{1};
    constexpr int kMostSteps = 2000;
    pid_t process = ::getpid();
    for (int i = 0; i < kMostSteps && ::syscall(SYS_tgkill, process, thread, 0) == 0; ++i) std::this_thread::sleep_for(kStep);
}

/// DirectFB's names of key symbols, by their number.
std::map<int, std::string> make_key_names() {
    static const DirectFBKeySymbolNames(names);
    std::map<int, std::string> by_symbol;
    for (const auto& entry : names) by_symbol.emplace(entry.symbol, entry.name);
    return by_symbol;
}

}  // namespace

class DirectFbLibrary::Impl {
  public:
    DirectFbHandle directfb;
    EventBufferHandle events;
    int events_fd = -1;
    std::map<int, std::string> key_names;
};

DirectFbLibrary::DirectFbLibrary(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

DirectFbLibrary::~DirectFbLibrary() {
    pid_t dispatcher = find_dispatcher();
    impl_.reset();
    if (dispatcher != 0) wait_for_end_of(dispatcher);
}

base::Result<std::unique_ptr<DirectFbLibrary>> DirectFbLibrary::start(std::vector<std::string>& arguments,
                                                                      const std::vector<std::string>& defaults) {
    // The options of the command line come last and win: first the defaults, handed over in the same form.
    std::string program = "linli";
    std::string joined = "--dfb:no-sighandler,no-banner,quiet";
    for (const std::string& option : defaults) joined += "," + option;
    std::vector<char*> with_defaults{program.data(), joined.data()};
    int defaults_count = 2;
    char** defaults_rest = with_defaults.data();
    if (DFBResult code = DirectFBInit(&defaults_count, &defaults_rest); code != DFB_OK) return fail("start", code);
    for (const std::string& argument : arguments) {
        if (!argument.starts_with("--dfb:")) continue;
        for (std::size_t begin = 6; begin < argument.size();) {
            std::size_t end = std::min(argument.find(',', begin), argument.size());
            std::string option = argument.substr(begin, end - begin);
            std::size_t equals = option.find('=');
            const char* value = equals == std::string::npos ? nullptr : option.c_str() + equals + 1;
            if (DirectFBSetOption(option.substr(0, equals).c_str(), value) != DFB_OK)
                return base::fail(base::format("DirectFB does not know the option {}", option));
            begin = end + 1;
        }
    }
    std::erase_if(arguments, [](const std::string& argument) { return argument.starts_with("--dfb:"); });

    auto impl = std::make_unique<Impl>();
    IDirectFB* directfb = nullptr;
    if (DFBResult code = DirectFBCreate(&directfb); code != DFB_OK) return fail("start", code);
    impl->directfb.reset(directfb);
    return std::unique_ptr<DirectFbLibrary>(new DirectFbLibrary(std::move(impl)));
}

base::Result<std::unique_ptr<Display>> DirectFbLibrary::open_display(const text::FontFiles& fonts) {
    IDirectFB* directfb = impl_->directfb.get();
    LINLI_CHECK(examine_font(directfb, fonts.regular));
    // A system without full-screen mode stays in a window of its own; nothing else differs.
    (void)directfb->SetCooperativeLevel(directfb, DFSCL_FULLSCREEN);
    DFBSurfaceDescription description{};
    description.flags = flags(DSDESC_CAPS, DSDESC_PIXELFORMAT);
    description.caps = flags(DSCAPS_PRIMARY, DSCAPS_DOUBLE);
    description.pixelformat = DSPF_RGB32;
    IDirectFBSurface* surface = nullptr;
    if (DFBResult code = directfb->CreateSurface(directfb, &description, &surface); code != DFB_OK)
        return fail("open the screen", code);
    return std::make_unique<PrimaryDisplay>(directfb, surface, fonts);
}

base::Result<std::unique_ptr<Display>> DirectFbLibrary::open_virtual_display(
    Size size, const text::FontFiles& fonts, std::function<void(std::span<const Rect>)> on_present) {
    IDirectFB* directfb = impl_->directfb.get();
    LINLI_CHECK(examine_font(directfb, fonts.regular));
    DFBSurfaceDescription description{};
    description.flags = flags(DSDESC_CAPS, DSDESC_WIDTH, DSDESC_HEIGHT, DSDESC_PIXELFORMAT);
    description.caps = DSCAPS_SYSTEMONLY;
    description.width = size.width;
    description.height = size.height;
    description.pixelformat = DSPF_RGB32;
    IDirectFBSurface* surface = nullptr;
    if (DFBResult code = directfb->CreateSurface(directfb, &description, &surface); code != DFB_OK)
        return fail("make a virtual screen", code);
    return std::make_unique<VirtualDisplay>(directfb, surface, fonts, std::move(on_present));
}

base::Result<int> DirectFbLibrary::open_remote() {
    IDirectFB* directfb = impl_->directfb.get();
    IDirectFBEventBuffer* events = nullptr;
    if (DFBResult code = directfb->CreateInputEventBuffer(directfb, DICAPS_KEYS, DFB_FALSE, &events); code != DFB_OK)
        return fail("open the remote control", code);
    impl_->events.reset(events);
    if (DFBResult code = events->CreateFileDescriptor(events, &impl_->events_fd); code != DFB_OK)
        return fail("open the remote control", code);
    impl_->key_names = make_key_names();
    return impl_->events_fd;
}

std::optional<RawKey> DirectFbLibrary::take_key() {
    // DirectFB writes whole events to the descriptor.
    DFBEvent event{};
    if (::read(impl_->events_fd, &event, sizeof event) != static_cast<ssize_t>(sizeof event)) return std::nullopt;
    if (event.clazz != DFEC_INPUT) return std::nullopt;
    const DFBInputEvent& input = event.input;
    if (input.type != DIET_KEYPRESS && input.type != DIET_KEYRELEASE) return std::nullopt;
    RawKey key;
    key.action = input.type == DIET_KEYRELEASE              ? RawKey::Action::Release
                 : (input.flags & DIEF_REPEAT) != 0 ? RawKey::Action::Repeat
                                                            : RawKey::Action::Press;
    auto name = impl_->key_names.find(input.key_symbol);
    key.name = name == impl_->key_names.end() ? base::format("0x{:04X}", static_cast<int>(input.key_symbol))
                                              : name->second;
    return key;
}

}  // namespace linli::graphics
