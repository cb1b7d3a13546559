#include "stb-app/arguments.h"

#include <CLI/CLI.hpp>

namespace linli::app {

namespace {

void describe_network(CLI::App& cli, Arguments& arguments) {
    CLI::Range seconds(0, 86400);
    cli.add_option("--platform", arguments.platform, "base URL of the community information platform");
    cli.add_option("--publication", arguments.publications, "base URL of its publication, when it is not PLATFORM/publication; more than one are tried in turn");
    cli.add_option("--root", arguments.root, "the root of the publication's keys, a signed file");
    cli.add_option("--box-token-file", arguments.token_file, "what proves this box to the platform (mode 0600)");
    cli.add_option("--box-id", arguments.box_id, "any text that is another one for each box: spreads the boxes over time");
    cli.add_option("--start-spread", arguments.start_spread, "the first sync begins within so many seconds")->check(seconds);
    cli.add_option("--sync-interval", arguments.sync_seconds, "seconds between two syncs, at least")->check(CLI::Range(5, 86400));
    cli.add_option("--most-sync-interval", arguments.most_sync_seconds, "seconds between two syncs, at most")->check(seconds);
    cli.add_option("--alerts-interval", arguments.alerts_seconds, "seconds between two looks for alerts, at least")->check(seconds);
    cli.add_option("--object-quota", arguments.object_quota, "room for pictures and attachments, in bytes or as 64MB")->transform(CLI::AsSizeValue(false));
    cli.add_option("--bandwidth", arguments.bandwidth, "most bytes a second of a transfer, or as 100KB; 0: no limit")->transform(CLI::AsSizeValue(false));
    cli.add_option("--proxy", arguments.proxy, "the proxy for all requests; without it as the environment says");
    cli.add_option("--ca", arguments.ca, "certificates that vouch for servers, in place of the system's (PEM)")->check(CLI::ExistingFile);
    auto* certificate = cli.add_option("--client-certificate", arguments.client_certificate, "what this box shows to servers (PEM)")->check(CLI::ExistingFile);
    auto* key = cli.add_option("--client-key", arguments.client_key, "its key (PEM)")->check(CLI::ExistingFile);
    certificate->needs(key);
    key->needs(certificate);
}

}  // namespace

void describe(CLI::App& cli, Arguments& arguments) {
    cli.set_config("--config", "", "a file of these options, a line each: area = \"12/0101/001/002\"");
    cli.add_option("--area", arguments.area, "the community of this box, for example 12/0101/001/002")->required();
    cli.add_option("--data", arguments.data, "where the content and the household's settings are kept");
    cli.add_option("--live", arguments.live, "what the television shows: a URI such as udp://239.1.1.1:5500");
    cli.add_option("--channels", arguments.channels, "the operator's file of channels: numbers, the community's own channel, text encodings")
        ->check(CLI::ExistingFile);
    cli.add_option("--xmltv", arguments.xmltv, "a second source of programmes: a file or an address (http, https) of XMLTV, plain or packed with gzip");
    cli.add_option("--xmltv-interval", arguments.xmltv_seconds, "seconds between two readings of it")->check(CLI::Range(60, 7 * 86400));
    cli.add_option("--xmltv-offset", arguments.xmltv_offset, "minutes east of UTC, of its times that name no zone")->check(CLI::Range(-12 * 60, 14 * 60));
    cli.add_option("--video-sink", arguments.video_sink, "of a box with a video plane: a piece of a GStreamer pipeline that shows pictures");
    cli.add_option("--audio-sink", arguments.audio_sink, "the same for sound; empty: none")->capture_default_str();
    cli.add_option("--start", arguments.start, "live or home")->check(CLI::IsMember({"live", "home"}));
    cli.add_option("--key-map", arguments.key_map, "the key map of the remote control");
    cli.add_option("--time-zone", arguments.time_zone, "a name of the tz database");
    cli.add_option("--share", arguments.share, "where catalogs, key maps and the player module are installed");
    cli.add_option("--control", arguments.control, "a socket to work the box through, for engineers");
    cli.add_option("--font", arguments.fonts.regular.path, "the font of the interface");
    cli.add_option("--font-bold", arguments.fonts.bold.path, "its bold weight");
    cli.add_option("--font-index", arguments.fonts.regular.index, "the face of both in a collection");
    cli.add_flag("--verbose", arguments.is_verbose, "log more");
    describe_network(cli, arguments);
    cli.footer("DirectFB's own options (--dfb:system=x11,mode=1280x720) are handed on to it.");
}

BoxOptions box_options_of(const Arguments& arguments, const content::AreaCode& area, std::string token) {
    using std::chrono::seconds;
    return {.area = area,
            .data = arguments.data,
            .platform_url = arguments.platform,
            .publication_urls = arguments.publications,
            .root_file = arguments.root,
            .box_token = std::move(token),
            .live_uri = arguments.live,
            .player = {.video_sink = arguments.video_sink, .audio_sink = arguments.audio_sink},
            .channel_file = arguments.channels,
            .xmltv = arguments.xmltv,
            .xmltv_interval = seconds(arguments.xmltv_seconds),
            .xmltv_offset = std::chrono::minutes(arguments.xmltv_offset),
            .modules = arguments.share + "/lib",
            .box_id = arguments.box_id,
            .sync_bounds = {.least = seconds(arguments.sync_seconds),
                            .most = seconds(arguments.most_sync_seconds),
                            .least_alerts = seconds(arguments.alerts_seconds),
                            .start_spread = seconds(arguments.start_spread)},
            .object_quota = arguments.object_quota,
            .http = {.proxy = arguments.proxy,
                     .ca_file = arguments.ca,
                     .client_certificate = arguments.client_certificate,
                     .client_key = arguments.client_key,
                     .bytes_per_second = arguments.bandwidth},
            .start = arguments.start == "home" ? StartScreen::Home : StartScreen::Live,
            .fonts = arguments.fonts};
}

}  // namespace linli::app
