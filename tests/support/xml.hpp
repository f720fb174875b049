#pragma once

#include <string>
#include <vector>

namespace chalkgrad::testing {

/// What is wrong with the nesting and the characters of an XML document; empty if nothing is.
/// Elements, attributes in double quotes, character data, entities; nothing else is expected.
inline std::string xml_errors(const std::string& xml) {
  std::vector<std::string> open;
  for (std::size_t at = 0; at < xml.size();) {
    if (xml[at] == '&') {
      const auto end = xml.find(';', at);
      if (end == std::string::npos || end - at > 8) return "a bare & at " + xml.substr(at, 20);
      at = end + 1;
    } else if (xml.compare(at, 3, "]]>") == 0) {
      return "the end of a section outside of one";
    } else if (xml[at] != '<') {
      if (static_cast<unsigned char>(xml[at]) < 0x20 && xml[at] != '\n')
        return "a control character";
      ++at;
    } else if (xml.compare(at, 9, "<![CDATA[") == 0) {
      const auto end = xml.find("]]>", at);
      if (end == std::string::npos) return "a section that does not end";
      at = end + 3;
    } else if (xml.compare(at, 2, "<?") == 0) {
      at = xml.find("?>", at) + 2;
    } else if (xml.compare(at, 7, "<style>") == 0) {
      at = xml.find("</style>", at) + 8;
    } else {
      bool quoted = false;
      std::size_t end = at + 1;
      for (; end < xml.size() && (quoted || xml[end] != '>'); ++end) {
        if (xml[end] == '"') quoted = !quoted;
        if (xml[end] == '<') return "a < within " + xml.substr(at, 40);
      }
      if (end >= xml.size()) return "an open tag " + xml.substr(at, 40);
      const std::string tag = xml.substr(at + 1, end - at - 1);
      const std::string name = tag.substr(0, tag.find_first_of(" /", 1));
      if (tag[0] == '/') {
        if (open.empty() || "/" + open.back() != name) return "<" + tag + "> closes nothing";
        open.pop_back();
      } else if (tag.back() != '/') {
        open.push_back(name);
      }
      at = end + 1;
    }
  }
  return open.empty() ? "" : "<" + open.back() + "> stays open";
}

}  // namespace chalkgrad::testing
