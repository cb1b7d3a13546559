// linli-sim: the box without a television. `play` plays a script, `stream` makes something to show. Exit status: 0 done,
// 1 a step of the script failed, 2 wrong command line or script, 3 it could not start or write.

#include <CLI/CLI.hpp>

#include "middleware/base/local_time.h"
#include "middleware/text/catalog.h"
#include "simulator/script/script_run.h"
#include "simulator/stream/sample_stream.h"

using namespace linli;

namespace {

constexpr int kWrongCommand = 2;
constexpr int kFailed = 3;

const std::map<std::string, app::TextSize> kTextSizes{
    {"standard", app::TextSize::Standard}, {"large", app::TextSize::Large}, {"extra-large", app::TextSize::ExtraLarge}};
const std::map<std::string, text::Language> kLanguages{{"zh_CN", text::Language::Chinese}, {"en", text::Language::English}};

/// "1280x720".
std::string set_screen(graphics::Size& screen, const std::string& text) {
    graphics::Size size;
    char rest = 0;
    bool is_size = std::sscanf(text.c_str(), "%4dx%4d%c", &size.width, &size.height, &rest) == 2;
    if (!is_size || size.width < 320 || size.height < 240 || size.width > 3840 || size.height > 2160)
        return "expected a size from 320x240 to 3840x2160, such as 1280x720";
    screen = size;
    return {};
}

template <typename Run>
void add_box_options(CLI::App& command, Run& run) {
    command.add_option_function<std::string>(
        "--screen", [&run](const std::string& text) { if (auto wrong = set_screen(run.screen, text); !wrong.empty()) throw CLI::ValidationError("--screen", wrong); },
        "size of the screen, 1280x720 without it");
    command.add_option("--text-size", run.settings.text_size, "standard, large or extra-large")
        ->transform(CLI::CheckedTransformer(kTextSizes).description(""));
    command.add_option("--language", run.settings.language, "zh_CN or en")
        ->transform(CLI::CheckedTransformer(kLanguages).description(""));
    command.add_option_function<std::string>(
        "--area",
        [&run](const std::string& text) {
            run.area = content::AreaCode::parse(text);
            if (!run.area) throw CLI::ValidationError("--area", "expected a code such as 12/0101/001/002");
        },
        "where the box stands; the first of the deepest areas of the content without it");
    command.add_option("--households", run.households, "file of households; NAME-households.xml beside the content without it")
        ->check(CLI::ExistingFile);
    command.add_option("--live", run.live, "a stream that the television shows")->check(CLI::ExistingFile);
    command.add_option("--box-token", run.box_token, "what the box proves itself to the platform with")->capture_default_str();
}

int make_stream(const std::string& file, int seconds, base::Log& log) {
    std::vector<std::string> no_arguments;
    auto directfb = graphics::DirectFbLibrary::start(no_arguments, {"system=dummy"});
    auto made = directfb ? simulator::make_sample_stream(file, seconds, **directfb) : std::unexpected(directfb.error());
    if (made) return 0;
    log.error(made.error().message);
    return kFailed;
}

}  // namespace

int main(int argc, char** argv) {
    std::string time_zone = "Asia/Shanghai";
    bool is_talkative = false;
    CLI::App app("The simulator of Linli TV: the application of the box on a screen of its own");
    app.require_subcommand(1);
    app.fallthrough();
    app.add_option("--time-zone", time_zone, "of the box")->capture_default_str();
    app.add_flag("--verbose", is_talkative, "say what the box does");

    simulator::ScriptRun run;
    auto* play = app.add_subcommand("play", "Plays a script on a fresh box and a platform of its own");
    play->add_option("script", run.script, "one step a line; docs/simulator.md")->required()->check(CLI::ExistingFile);
    play->add_option("--content", run.content, "an editor's folder")->required()->check(CLI::ExistingDirectory);
    play->add_option("--out", run.out, "where shots and pages go")->required();
    add_box_options(*play, run);

    std::string stream_file;
    int stream_seconds = 20;
    auto* stream = app.add_subcommand("stream", "Makes the sample television stream");
    stream->add_option("--to", stream_file, "an MPEG transport stream")->required();
    stream->add_option("--seconds", stream_seconds, "its length; it can be played in a loop")->check(CLI::Range(1, 600))->capture_default_str();

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : kWrongCommand;
    }

    base::set_time_zone(time_zone);
    auto files = simulator::ProgramFiles::find();
    text::Catalog::install(files.catalogs.string());
    auto log = base::make_stderr_log("linli-sim", is_talkative ? base::Log::Level::Info : base::Log::Level::Warning);
    if (stream->parsed()) return make_stream(stream_file, stream_seconds, *log);
    return static_cast<int>(simulator::run_script(run, files, *log));
}
