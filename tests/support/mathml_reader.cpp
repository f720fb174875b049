#include "tests/support/mathml_reader.hpp"

#include <array>
#include <map>
#include <stdexcept>
#include <vector>

namespace chalkgrad::testing {

namespace {

struct Element {
  std::string name{}, attributes{}, text{};
  std::vector<Element> children{};
};

/// Elements and character data; no comments, no declarations.
class XmlReader {
 public:
  explicit XmlReader(std::string_view text) : text_(text) {}

  std::vector<Element> content(const std::string& closing, std::string& characters) {
    std::vector<Element> elements;
    while (at_ < text_.size()) {
      if (text_[at_] != '<') {
        characters += text_[at_++];
        continue;
      }
      const auto end = text_.find('>', at_);
      if (end == std::string_view::npos) throw std::runtime_error("an open tag");
      std::string tag(text_.substr(at_ + 1, end - at_ - 1));
      at_ = end + 1;
      if (tag[0] == '/') {
        if (tag.substr(1) != closing) throw std::runtime_error("</" + closing + "> is missing");
        return elements;
      }
      Element element;
      const auto blank = tag.find(' ');
      element.name = tag.substr(0, blank);
      if (blank != std::string::npos) element.attributes = tag.substr(blank);
      element.children = content(element.name, element.text);
      elements.push_back(std::move(element));
    }
    if (!closing.empty()) throw std::runtime_error("</" + closing + "> is missing");
    return elements;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

std::string without_entities(std::string text) {
  static const std::vector<std::pair<std::string, std::string>> entities = {
      {"&lt;", "<"}, {"&gt;", ">"}, {"&#xA0;", " "}, {"&#x2061;", ""}, {"&amp;", "&"}};
  for (const auto& [entity, character] : entities)
    for (auto at = text.find(entity); at != std::string::npos; at = text.find(entity, at))
      text.replace(at, entity.size(), character);
  return text;
}

bool is_number(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

std::string read_all(const std::vector<Element>& elements);

/// The name of a quantity that is one letter and a number has no underscore.
std::string joined(const std::string& base, const std::string& below) {
  return base + (base.size() == 1 && is_number(below) ? "" : "_") + below;
}

std::string read(const Element& e) {
  const auto child = [&](std::size_t i) { return read(e.children.at(i)); };
  const std::string text = without_entities(e.text);
  if (e.name == "mn" || e.name == "mtext") return text;
  if (e.name == "mi") {
    static const std::map<std::string, std::string> names = {{"arcsin", "asin"}, {"arccos", "acos"},
                                                             {"arctan", "atan"}, {"ReLU", "relu"},
                                                             {"GELU", "gelu"},   {"ELU", "elu"}};
    const auto found = names.find(text);
    return found == names.end() ? text : found->second;
  }
  if (e.name == "mo")
    return text == "⋅" ? "*" : text == "−" ? "-" : text == "≥" ? ">=" : text == "≤" ? "<=" : text;
  if (e.name == "mfrac") {
    const std::string above = child(0), below = child(1);
    const std::vector<Element>& first = e.children[0].children;
    if (!first.empty() && first[0].text == "∂") return "(" + above + "/" + below + ")";
    return "((" + above + ")/(" + below + "))";
  }
  if (e.name == "msqrt") return "sqrt(" + read_all(e.children) + ")";
  if (e.name == "msub") {
    const std::string below = child(1);
    if (below != "direct") return joined(child(0), below);
    // (∂y/∂x)| as it was read, and the bar goes inside.
    std::string derivative = child(0);
    derivative.erase(derivative.find(')'), 1);
    return derivative + "direct)";
  }
  if (e.name == "msubsup") return joined(child(0), child(1)) + (child(2) == "+" ? "⁺" : child(2));
  if (e.name == "msup") {
    const std::string base = child(0), exponent = child(1);
    if (e.children[0].attributes.find("normal") != std::string::npos)
      return "exp(" + exponent + ")";
    if (exponent == "+") return base + "⁺";
    return "(" + base + ")^(" + exponent + ")";
  }
  if (e.name == "mtable") {
    std::string cases;
    for (const Element& row : e.children) {
      const std::string value = read(row.children.at(0)), when = read(row.children.at(1));
      cases += cases.empty() ? "" : ", ";
      cases += when == "otherwise" ? "else " + value : value + " " + when;
    }
    return cases;
  }
  if (e.name == "mrow" || e.name == "mtd" || e.name == "math") {
    const std::string inside = read_all(e.children);
    if (!e.children.empty() && e.children[0].text == "{") return "(" + inside.substr(1) + ")";
    return inside;
  }
  throw std::runtime_error("<" + e.name + ">");
}

std::string read_all(const std::vector<Element>& elements) {
  std::string text;
  for (const Element& element : elements) text += read(element);
  return text;
}

}  // namespace

std::string text_of_mathml(std::string_view mathml) {
  std::string characters;
  return read_all(XmlReader(mathml).content("", characters));
}

}  // namespace chalkgrad::testing
