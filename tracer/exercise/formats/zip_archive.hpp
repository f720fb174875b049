#pragma once

#include <string>
#include <vector>

/// A zip archive of some files, stored as they are: what content packages come in. (PKWARE:
/// APPNOTE.TXT, .ZIP File Format Specification, 6.3.) Less than 4 GiB; not compressed, because no
/// reader asks for it and the project needs no other archive.
namespace chalkgrad {

struct ArchivedFile {
  std::string name{};  ///< with / between folders; ASCII
  std::string bytes{};
};

/// The same bytes for the same files: every file is of the first day that the format knows.
[[nodiscard]] std::string zip_archive(const std::vector<ArchivedFile>& files);

}  // namespace chalkgrad
