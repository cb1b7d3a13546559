// What feeds really say, each line with its test in
// tests/platform/importers/feed_importer_test.cpp:
//   dates that are none, or in another form: AnUnreadableDateFallsBackToTheUpdate,
//   DatesInOtherForms a guid that is only unique in its feed: TheSameGuidInTwoFeedsGivesTwoIds HTML
//   in a text that says it is plain: MarkupInPlainTextIsRead no title:
//   WithoutATitleTheFirstLineIsIt

#include <algorithm>

#include "content/item_check.h"
#include "content/screen_limits.h"
#include "middleware/base/file.h"
#include "platform/importers/collector.h"
#include "platform/importers/date_text.h"
#include "platform/importers/feed_reader.h"
#include "platform/importers/html_body.h"
#include "platform/importers/import.h"
#include "platform/importers/plain_text.h"

namespace linli::platform {
namespace {

using content::Body;
using content::Message;
using content::Notice;
using content::Paragraph;

/// What became of one entry.
class EntryReader {
  public:
    EntryReader(const Feed& feed, const FeedEntry& entry, const ImportOptions& options)
        : feed_(feed), entry_(entry), options_(options) {}

    std::vector<Message> left_out;

    std::chrono::sys_seconds published() {
        for (std::string_view name : {"published", "updated", "pubDate", "dc:date"})
            if (auto date = read_date(entry_, name)) return *date;
        for (std::string_view name : {"updated", "pubDate", "lastBuildDate", "dc:date"})
            if (auto date = read_date(feed_.channel, name)) return *date;
        left_out.push_back(
            {N_("the date when it was published; that of the file stands for it"), {}});
        return options_.undated;
    }

    /// What names the entry in all feeds.
    std::string source_id() const {
        std::string_view link = entry_.text("link");
        for (std::string_view name : {"id", "guid", "rdf:about"}) {
            std::string_view id = entry_.text(name);
            bool is_global = id.find(':') != id.npos;
            if (is_global) return std::string(id);
            if (!id.empty()) return std::string(feed_.channel.text("link")) + " " + std::string(id);
        }
        if (!link.empty()) return std::string(link);
        return std::string(feed_.channel.text("link")) + " " + std::string(entry_.text("title")) +
               " " + std::string(entry_.text("pubDate"));
    }

    std::string issuer() const {
        if (!options_.issuer.empty()) return options_.issuer;
        if (std::string title = one_line(feed_.channel, "title"); !title.empty()) return title;
        if (const FeedText* author = entry_.find("author"); author && !author->name.empty())
            return author->name;
        return one_line(entry_, "dc:creator");
    }

    base::Result<Notice> read() {
        Notice notice;
        notice.title = one_line(entry_, "title");
        notice.issuer = issuer();
        std::string_view body = name_of_body();
        if (!body.empty()) {
            LINLI_TRY(blocks, read_body(*entry_.find(body)));
            notice.body = std::move(blocks);
        }
        std::string_view summary = feed_.format == Feed::Format::Atom ? "summary" : "description";
        if (body != summary) notice.summary = one_line(entry_, summary);
        if (!notice.body.empty() && begins_with(notice.body, notice.summary))
            notice.summary.clear();
        fill_gaps(notice);
        return notice;
    }

  private:
    std::optional<std::chrono::sys_seconds> read_date(const FeedEntry& from,
                                                      std::string_view name) {
        std::string_view text = from.text(name);
        if (text.empty()) return std::nullopt;
        auto date = read_date_text(text);
        if (!date) left_out.push_back({N_("the date \"{}\", which is none"), {std::string(text)}});
        return date;
    }

    bool is_html(const FeedText& text) const {
        if (text.is_markup || text.type == "html" || text.type == "text/html" ||
            text.type.ends_with("xhtml") || text.type.ends_with("xhtml+xml"))
            return true;
        return looks_like_html(text.text);
    }

    std::string one_line(const FeedEntry& from, std::string_view name) const {
        const FeedText* field = from.find(name);
        if (field == nullptr) return {};
        return is_html(*field) ? html_to_text(field->text) : clean_text(field->text);
    }

    /// Content that is text and is here; or else the summary.
    std::string_view name_of_body() {
        for (std::string_view name : {"content:encoded", "content", "description", "summary"}) {
            const FeedText* field = entry_.find(name);
            if (field == nullptr) continue;
            bool is_text = field->type.empty() || field->type == "text" || field->type == "html" ||
                           field->type == "xhtml" || field->type.starts_with("text/") ||
                           field->type == "application/xhtml+xml";
            if (!field->src.empty())
                left_out.push_back({N_("content that is elsewhere: {}"), {field->src}});
            else if (!is_text)
                left_out.push_back({N_("content of the type {}"), {field->type}});
            else if (!trim(field->text).empty())
                return name;
        }
        return {};
    }

    base::Result<Body> read_body(const FeedText& text) {
        if (!is_html(text)) return read_plain_text(text.text);
        LINLI_TRY(html, read_html(text.text));
        left_out.insert(left_out.end(), html.left_out.begin(), html.left_out.end());
        return std::move(html.body);
    }

    /// Whether the summary is only the beginning of the text.
    static bool begins_with(const Body& body, std::string_view summary) {
        for (std::string_view end : {"...", "…", "[…]", "[...]"})
            if (summary.ends_with(end)) summary.remove_suffix(end.size());
        const auto* first = std::get_if<Paragraph>(&body.front());
        return first != nullptr && !summary.empty() && first->text.starts_with(trim(summary));
    }

    /// Without a title the first line is it; without a text the summary or the title is it.
    void fill_gaps(Notice& notice) {
        const auto* first =
            notice.body.empty() ? nullptr : std::get_if<Paragraph>(&notice.body.front());
        if (notice.title.empty() && first != nullptr &&
            content::screen_width(first->text) <= content::kTitleWidth)
            notice.title = first->text;
        if (!notice.body.empty()) return;
        std::string& text = notice.summary.empty() ? notice.title : notice.summary;
        if (!text.empty()) notice.body.emplace_back(Paragraph{text});
        notice.summary.clear();
    }

    const Feed& feed_;
    const FeedEntry& entry_;
    const ImportOptions& options_;
};

}  // namespace

base::Result<Imported> import_feed(const std::filesystem::path& file,
                                   const ImportOptions& options) {
    LINLI_TRY(bytes, base::read_file(file, kMostImportBytes));
    auto feed = read_feed(std::move(bytes));
    if (!feed) return base::fail(file.string() + ":" + feed.error().message);
    Collector collector(file, options);
    for (const FeedEntry& entry : feed->entries) {
        EntryReader reader(*feed, entry, options);
        std::chrono::sys_seconds published = reader.published();
        if (!collector.is_asked_for(published, published)) continue;
        auto notice = reader.read();
        if (!notice) {
            collector.drop(std::string(entry.text("title")), entry.place,
                           {N_("it cannot be read: {}"), {notice.error().message}});
            continue;
        }
        collector.accept(
            {to_item_id(reader.source_id()), options.category, published, std::move(*notice), {}},
            entry.place, std::move(reader.left_out));
    }
    return collector.finish();
}

}  // namespace linli::platform
