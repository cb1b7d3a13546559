#pragma once

#include <cstddef>

/// How long texts may be to be read well on the television, and files to be sent to it. Widths
/// count a Han character as two and a Latin letter as one. At the extra large size (100 px of 1080
/// lines) a line between the safe margins has 17 Han, at the standard size 36.
namespace linli::content {

/// A title or name: three lines at the extra large size, so that the first page still has room for
/// the text.
inline constexpr std::size_t kTitleWidth = 2 * 40;
/// The line under a title in a list: two lines at the standard size.
inline constexpr std::size_t kSummaryWidth = 2 * 72;
/// Four Han under a tile's symbol are read at one glance, and fit at every text size.
inline constexpr std::size_t kTileLabelWidth = 2 * 4;
/// A category's name stands in one line with the number of its items.
inline constexpr std::size_t kCategoryNameWidth = 2 * 16;
/// An area's name stands in the line above, beside the date.
inline constexpr std::size_t kAreaNameWidth = 2 * 12;
/// What a telephone number is for stands beside the number, the largest thing on its page.
inline constexpr std::size_t kTelephoneLabelWidth = 2 * 12;
/// Four columns share a line; a longer cell becomes a column of single characters.
inline constexpr std::size_t kCellWidth = 2 * 24;

/// A picture crosses a narrow broadcast carousel and is decoded by a slow box.
inline constexpr std::size_t kMostPictureBytes = 4u << 20;
/// An attachment is kept for other channels than the television.
inline constexpr std::size_t kMostAttachmentBytes = 32u << 20;

}  // namespace linli::content
