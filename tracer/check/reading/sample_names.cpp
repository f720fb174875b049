#include "tracer/check/reading/sample_names.hpp"

#include <set>
#include <string>

#include "tracer/expression/name.hpp"
#include "tracer/numerals/ascii.hpp"

namespace chalkgrad {

namespace {

constexpr std::string_view words_for_sample =
    " sample example beispiel muestra ejemplo amostra exemplo exemple échantillon sampel contoh "
    "datapoint point row pattern muster observation ";

bool is_word_for_sample(const Token& token) {
  return token.kind == Token::Kind::name &&
         words_for_sample.find(" " + in_lower_case(token.text) + " ") != std::string_view::npos;
}

class SampleNames {
 public:
  explicit SampleNames(const KnownNames& known) : known_(known) {}

  void read(AnswerRow& row) {
    for (AnswerCell& cell : row) {
      predictions(cell.tokens);
      for (std::size_t at = 0; at < cell.tokens.size(); ++at) {
        Token& token = cell.tokens[at];
        const bool counted =
            at + 1 < cell.tokens.size() && cell.tokens[at + 1].kind == Token::Kind::number;
        if (is_word_for_sample(token) && counted) begin(cell.tokens[at + 1].text);
        if (!is_without_sample(token)) continue;
        const bool is_head = at == 0 && cell.tokens.size() > 1 && is_relation(cell.tokens[1]);
        if (is_head && !worked_out_.insert(token.text).second) {
          // A training begins the table again.
          const bool ends = known_.vocabulary->has_training() &&
                            !known_.is_name(name_in_sample(token.text, sample_ + 1));
          begin(std::to_string(ends ? 1 : sample_ + 1));
          worked_out_.insert(token.text);
        }
        token.text = name_in_sample(token.text, sample_);
      }
    }
  }

 private:
  /// h(x1) = 1.5 and ŷ(x_2) = 2 are the h and ŷ of these samples.
  void predictions(std::vector<Token>& tokens) const {
    for (std::size_t at = 0; at + 4 < tokens.size(); ++at) {
      const Token &name = tokens[at], &x = tokens[at + 2];
      const bool pattern = name.kind == Token::Kind::name && tokens[at + 1].is("(") &&
                           x.kind == Token::Kind::name && tokens[at + 3].is(")") &&
                           is_relation(tokens[at + 4]) &&
                           name.span.end == tokens[at + 1].span.begin;
      if (!pattern || known_.vocabulary->function(name.text)) continue;
      const auto digit = x.text.find_first_of("_0123456789");
      if (digit == 0 || digit == std::string::npos) continue;
      std::string number = x.text.substr(digit);
      std::erase_if(number, [](char c) { return !is_digit(c); });
      const std::string in_sample = x.text.substr(0, digit) + "[" + number + "]";
      if (number.empty() || !known_.vocabulary->exact_quantity(in_sample)) continue;
      Token whole = name;
      whole.text += "[" + number + "]";
      whole.span.end = tokens[at + 3].span.end;
      tokens.erase(tokens.begin() + static_cast<std::ptrdiff_t>(at),
                   tokens.begin() + static_cast<std::ptrdiff_t>(at) + 4);
      tokens.insert(tokens.begin() + static_cast<std::ptrdiff_t>(at), std::move(whole));
    }
  }

  void begin(const std::string& number) {
    if (number.empty() || number.size() > 6 ||
        number.find_first_not_of("0123456789") != std::string::npos)
      return;
    sample_ = std::stoul(number);
    worked_out_.clear();
  }

  bool is_without_sample(const Token& token) const {
    return token.kind == Token::Kind::name && token.text.find('[') == std::string::npos &&
           !known_.is_name(token.text) && known_.is_name(name_in_sample(token.text, sample_)) &&
           known_.vocabulary->exact_quantity(name_in_sample(token.text, sample_));
  }

  const KnownNames& known_;
  std::size_t sample_ = 1;
  std::set<std::string> worked_out_;  // in this sample
};

}  // namespace

void number_samples(std::vector<AnswerRow>& rows, const KnownNames& known) {
  SampleNames names(known);
  for (AnswerRow& row : rows) names.read(row);
}

}  // namespace chalkgrad
