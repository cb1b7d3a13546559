// linli-sim: the box without a television. `serve` shows it in a browser, `play` plays a script, `stream` makes
// something to watch, `headend` sends several channels with their guide. Exit status: 0 done,
// 1 a step of the script failed, 2 wrong command line or script, 3 it could not start or write.

#include <CLI/CLI.hpp>

#include "middleware/base/local_time.h"
#include "middleware/text/catalog.h"
#include "simulator/script/script_run.h"
#include "simulator/serve/browser_command.h"
#include "simulator/serve/simulator_run.h"
#include "simulator/stream/headend/headend_run.h"
#include "simulator/stream/sample_stream.h"

using namespace linli;

namespace {

constexpr int kWrongCommand = 2;
constexpr int kFailed = 3;

const std::map<std::string, app::TextSize> kTextSizes{
    {"standard", app::TextSize::Standard}, {"large", app::TextSize::Large}, {"extra-large", app::TextSize::ExtraLarge}};
const std::map<std::string, text::Language> kLanguages{{"zh_CN", text::Language::Chinese}, {"en", text::Language::English}};

/// An option whose text `parse` turns into a value, or into nothing.
template <typename Value, typename Parse>
void add_parsed(CLI::App& command, const char* name, const char* help, const char* expected, Value& value, Parse parse) {
    command.add_option_function<std::string>(
        name,
        [=, &value](const std::string& text) {
            auto parsed = parse(text);
            if (!parsed) throw CLI::ValidationError(name, std::string("expected ") + expected);
            value = *parsed;
        },
        help);
}

void add_files(CLI::App& command, const char* name, std::vector<std::filesystem::path>& files, const char* help) {
    command.add_option(name, files, help)->check(CLI::ExistingFile);
}

template <typename Run>
void add_box_options(CLI::App& command, Run& run) {
    add_parsed(command, "--screen", "size of the screen, 1280x720 without it", "a size such as 1280x720", run.screen,
               simulator::parse_screen);
    command.add_option("--text-size", run.settings.text_size, "standard, large or extra-large")
        ->transform(CLI::CheckedTransformer(kTextSizes).description(""));
    command.add_option("--language", run.settings.language, "zh_CN or en")
        ->transform(CLI::CheckedTransformer(kLanguages).description(""));
    add_parsed(command, "--area", "where the box stands; the first of the deepest areas of the content without it",
               "a code such as 12/0101/001/002", run.area, content::AreaCode::parse);
    add_files(command, "--households", run.files.households, "households, NAME-households.xml beside the content without it");
    add_files(command, "--schedules", run.files.schedules, "schedules, NAME-schedules.xml without it");
    add_files(command, "--holidays", run.files.holidays, "calendars of holidays, NAME-holidays.json without it");
    add_files(command, "--results", run.files.results, "results of applications, NAME-results.xml without it");
    command.add_option("--live", run.live, "what the television shows: a stream's file, or an address such as udp://127.0.0.1:5501");
    command.add_option("--channels", run.channels, "the operator's file of channels, as the box takes it")->check(CLI::ExistingFile);
    command.add_option("--xmltv", run.xmltv, "a second source of programmes: a file or an address of XMLTV");
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

int send_channels(const simulator::HeadendRun& run, base::Log& log) {
    auto sent = simulator::run_headend(run, log);
    if (sent) return 0;
    log.error(sent.error().message);
    return kFailed;
}

int serve_box(const simulator::SimulatorRun& run, const simulator::ProgramFiles& files, base::Log& log) {
    auto served = simulator::run_simulator(run, files, log);
    if (served) return 0;
    log.error(served.error().message);
    return kFailed;
}

}  // namespace

int main(int argc, char** argv) {
    std::string time_zone = "Asia/Shanghai";
    bool is_talkative = false;
    CLI::App app("The simulator of Linli TV: the application of the box on a screen of its own");
    app.require_subcommand(1);
    app.fallthrough();
    app.add_option("--time-zone", time_zone, "of the box and of its platform")->capture_default_str();
    app.add_flag("--verbose", is_talkative, "say what the box does");

    simulator::ScriptRun run;
    auto* play = app.add_subcommand("play", "Plays a script on a fresh box and a platform of its own");
    play->add_option("script", run.script, "one step a line; docs/simulator.md")->required()->check(CLI::ExistingFile);
    play->add_option("--content", run.content, "an editor's folder")->required()->check(CLI::ExistingDirectory);
    play->add_option("--out", run.out, "where shots and pages go")->required();
    add_box_options(*play, run);

    simulator::SimulatorRun serving;
    auto* serve = app.add_subcommand("serve", "Shows a box in browsers of this machine");
    serve->add_option("--port", serving.port, "port, 0 for any free one")->capture_default_str();
    serve->add_option("--platform", serving.platform_url, "a platform's address, such as http://127.0.0.1:8081");
    serve->add_option("--root", serving.root_file, "the root of its publication's keys, a signed file")->check(CLI::ExistingFile);
    serve->add_option("--content", serving.content, "an editor's folder; without --platform it is published whenever it changes")
        ->check(CLI::ExistingDirectory);
    serve->add_option("--data", serving.data, "where the box keeps its data; nowhere that lasts without it");
    add_parsed(*serve, "--clock", "where the box's clock begins; the machine's time without it",
               "a time such as 2026-11-23T09:00:00+08:00", serving.clock, base::parse_instant);
    add_box_options(*serve, serving);

    std::string stream_file;
    int stream_seconds = 20;
    auto* stream = app.add_subcommand("stream", "Makes the sample television stream");
    stream->add_option("--to", stream_file, "an MPEG transport stream")->required();
    stream->add_option("--seconds", stream_seconds, "its length; it can be played in a loop")->check(CLI::Range(1, 600))->capture_default_str();

    simulator::HeadendRun sending;
    auto* headend = app.add_subcommand("headend", "Sends channels with their programme guide, as a cable network does");
    headend->add_option("--channels", sending.plan, "the network's channels and programmes, such as simulator/samples/city-channels.xml")
        ->required()
        ->check(CLI::ExistingFile);
    headend->add_option("--to", sending.targets, "udp://127.0.0.1:5500, as often as there are receivers; or a file. Without it the pictures are only made");
    headend->add_option("--cache", sending.cache, "where the channels' pictures are kept once they are made")->required();
    headend->add_option("--seconds", sending.seconds, "how much of it goes into a file")->check(CLI::Range(1, 3600))->capture_default_str();
    add_parsed(*headend, "--clock", "what time it is to begin with; the machine's time without it",
               "a time such as 2026-11-23T09:00:00+08:00", sending.clock, base::parse_instant);

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : kWrongCommand;
    }

    base::set_time_zone(time_zone);
    run.time_zone = serving.time_zone = time_zone;
    auto files = simulator::ProgramFiles::find();
    text::Catalog::install(files.catalogs.string());
    auto log = base::make_stderr_log("linli-sim", is_talkative ? base::Log::Level::Info : base::Log::Level::Warning);
    if (stream->parsed()) return make_stream(stream_file, stream_seconds, *log);
    if (headend->parsed()) return send_channels(sending, *log);
    if (serve->parsed()) return serve_box(serving, files, *log);
    return static_cast<int>(simulator::run_script(run, files, *log));
}
