#pragma once

#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

/// pdflatex as a function from the text of a document to the bytes of a PDF. It runs in a directory
/// of its own, which goes when it ends, and is told to run no other program and to ask nothing.
/// What would end this program, as an interrupt does, ends pdflatex first.
namespace chalkgrad::cli {

/// There is no pdflatex, or it could not set the document; says what to do.
class TypesettingError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Throws TypesettingError.
[[nodiscard]] std::string pdf_of(const std::string& latex);

/// Several at a time, as many as there are cores; `progress`, if there is one, is told how many are
/// done. Throws TypesettingError at the first that cannot be set.
[[nodiscard]] std::vector<std::string> pdfs_of(
    const std::vector<std::string>& documents,
    const std::function<void(std::size_t done)>& progress);

}  // namespace chalkgrad::cli
