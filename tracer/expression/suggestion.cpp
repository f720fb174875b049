#include "tracer/expression/suggestion.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <utility>

namespace chalkgrad {

namespace {

/// How many letters to change, insert, drop or swap with their neighbour.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), previous(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) previous[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min(
          {previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(previous);
    previous.swap(row);
  }
  return previous[b.size()];
}

/// How far apart the letters of two words of one length are: out_h3 is nearer to out_h2 than to
/// out_h1.
std::size_t letter_distance(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return 256 * std::max(a.size(), b.size());
  std::size_t sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += static_cast<std::size_t>(std::abs(a[i] - b[i]));
  return sum;
}

}  // namespace

std::string did_you_mean(std::string_view wrong, const std::vector<std::string_view>& candidates) {
  constexpr std::size_t longest = 64;
  if (wrong.size() > longest) return {};
  const std::size_t most = std::max<std::size_t>(1, wrong.size() / 3);
  auto nearest = std::pair{most + 1, std::size_t{0}};
  std::string_view best;
  for (const std::string_view candidate : candidates) {
    const std::size_t longer = std::max(candidate.size(), wrong.size());
    const std::size_t shorter = std::min(candidate.size(), wrong.size());
    if (longer > longest || longer - shorter > most || candidate == wrong) continue;
    const auto distance =
        std::pair{edit_distance(wrong, candidate), letter_distance(wrong, candidate)};
    if (distance < nearest && distance.first < std::max(wrong.size(), candidate.size())) {
      nearest = distance;
      best = candidate;
    }
  }
  return best.empty() ? std::string{} : "did you mean '" + std::string(best) + "'?";
}

}  // namespace chalkgrad
