#pragma once

#include "epg/guide/guide.h"

namespace linli::tests {

/// Channel numbers of the sample guide; 1 is the community's own.
inline constexpr int kCommunityChannel = 1, kNewsChannel = 2, kOperaChannel = 5, kLongNamedChannel = 7, kScrambledChannel = 12;

epg::ServiceId sample_service(int number);

/// Eight channels, one of them scrambled, with programmes of an hour each from the beginning of kMonday's day for three
/// days; the channel 8 has none, and those of the channel 7 have the longest titles and texts.
void fill_sample_guide(epg::Guide& guide);

}  // namespace linli::tests
