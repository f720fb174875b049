#include "tracer/exercise/formats/zip_archive.hpp"

#include <array>
#include <cstdint>

namespace chalkgrad {

namespace {

/// The cyclic redundancy check of ISO 3309, bit by bit through a table.
std::uint32_t checksum(const std::string& bytes) {
  static const std::array<std::uint32_t, 256> table = [] {
    std::array<std::uint32_t, 256> made{};
    for (std::uint32_t i = 0; i < made.size(); ++i) {
      std::uint32_t remainder = i;
      for (int bit = 0; bit < 8; ++bit)
        remainder = (remainder & 1) != 0 ? (remainder >> 1) ^ 0xEDB88320U : remainder >> 1;
      made[i] = remainder;
    }
    return made;
  }();
  std::uint32_t sum = 0xFFFFFFFFU;
  for (const char c : bytes)
    sum = table[(sum ^ static_cast<unsigned char>(c)) & 0xFFU] ^ (sum >> 8);
  return ~sum;
}

/// The lowest bytes of a number, the lowest first.
void put(std::string& out, std::uint32_t number, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>((number >> (8 * i)) & 0xFFU);
}

/// What the header of a file and its entry in the directory have in common.
void put_description(std::string& out, const ArchivedFile& file) {
  constexpr std::uint32_t version = 20, first_day = 0x21;  // 1980-01-01
  put(out, version, 2);
  put(out, 0, 2);  // flags
  put(out, 0, 2);  // stored
  put(out, 0, 2);  // time
  put(out, first_day, 2);
  put(out, checksum(file.bytes), 4);
  put(out, static_cast<std::uint32_t>(file.bytes.size()), 4);
  put(out, static_cast<std::uint32_t>(file.bytes.size()), 4);
  put(out, static_cast<std::uint32_t>(file.name.size()), 2);
  put(out, 0, 2);  // extra field
}

}  // namespace

std::string zip_archive(const std::vector<ArchivedFile>& files) {
  std::string archive, directory;
  for (const ArchivedFile& file : files) {
    const auto offset = static_cast<std::uint32_t>(archive.size());
    archive += "PK\x03\x04";
    put_description(archive, file);
    archive += file.name + file.bytes;
    directory += "PK\x01\x02";
    put(directory, 20, 2);  // made by
    put_description(directory, file);
    put(directory, 0, 2);  // comment
    put(directory, 0, 2);  // disk
    put(directory, 0, 2);  // internal attributes
    put(directory, 0, 4);  // external attributes
    put(directory, offset, 4);
    directory += file.name;
  }
  const auto begin = static_cast<std::uint32_t>(archive.size());
  archive += directory;
  archive += "PK\x05\x06";
  put(archive, 0, 4);  // disks
  put(archive, static_cast<std::uint32_t>(files.size()), 2);
  put(archive, static_cast<std::uint32_t>(files.size()), 2);
  put(archive, static_cast<std::uint32_t>(directory.size()), 4);
  put(archive, begin, 4);
  put(archive, 0, 2);  // comment
  return archive;
}

}  // namespace chalkgrad
