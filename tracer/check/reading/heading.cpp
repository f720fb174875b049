#include "tracer/check/reading/heading.hpp"

#include <algorithm>

#include "tracer/check/reading/notation.hpp"
#include "tracer/check/reading/words.hpp"
#include "tracer/expression/name.hpp"

namespace chalkgrad {

namespace {

class HeadingReader {
 public:
  HeadingReader(std::vector<Token> tokens, const KnownNames& known)
      : tokens_(std::move(tokens)), known_(known) {}

  Heading run() {
    take_separator();
    take_plus();
    note_step();
    take_bracket();
    take_word_behind();
    take_words_before();
    return {std::move(tokens_), std::move(qualifier_)};
  }

 private:
  bool is_known_name(std::size_t at) const {
    return at < tokens_.size() && tokens_[at].kind == Token::Kind::name &&
           known_.is_name(tokens_[at].text);
  }

  void mark_updated(Token& name) {
    if (!name.text.ends_with(updated_mark)) name.text += updated_mark;
  }

  /// "w(1) = 0.4; v(1) = 0.5": the sign between two statements is part of none.
  void take_separator() {
    const auto name = std::find_if(tokens_.begin(), tokens_.end(), [](const Token& one) {
      return !one.is(";") && !one.is(",") && !one.is(notation::cell);
    });
    if (name == tokens_.begin() || name == tokens_.end()) return;
    tokens_.erase(tokens_.begin(), name);
    // What was behind another formula has been read already, v(1) as a product.
    if (tokens_.size() == 5 && tokens_[1].is("*") && tokens_[2].is("(") &&
        tokens_[2].span.begin == tokens_[0].span.end)
      tokens_.erase(tokens_.begin() + 1);
  }

  /// "Iteration 2: dE/dw = …": where a problem trains, that is of the parameters after a step.
  void note_step() {
    if (!known_.vocabulary->has_training()) return;
    for (std::size_t at = 0; at + 2 < tokens_.size(); ++at) {
      const bool counts = tokens_[at].kind == Token::Kind::name && counts_steps(tokens_[at].text) &&
                          tokens_[at + 1].kind == Token::Kind::number &&
                          tokens_[at + 1].text != "0" && tokens_[at + 1].text != "1";
      if (counts) qualifier_ = tokens_[at].text + " " + tokens_[at + 1].text;
    }
  }

  /// w5+ = …, w5* = …
  void take_plus() {
    if (tokens_.size() < 2 || !(tokens_.back().is("+") || tokens_.back().is("*"))) return;
    Token& name = tokens_[tokens_.size() - 2];
    if (name.kind != Token::Kind::name || (tokens_.back().is("*") && tokens_.size() > 2)) return;
    name.text += updated_mark;
    name.span.end = tokens_.back().span.end;
    tokens_.pop_back();
  }

  /// w5 (new), w5(old), L(w5), z2(in): brackets behind the only name.
  void take_bracket() {
    if (tokens_.size() < 4 || !tokens_.back().is(")")) return;
    std::size_t open = tokens_.size() - 1;
    while (open > 0 && !tokens_[open].is("(")) --open;
    if (open == 0 || !is_known_name(open - 1)) return;
    if (take_step(open)) return;
    // dE/dw5(…) and w5·(…) are no names with something in brackets.
    if (open >= 2 && tokens_[open - 2].kind == Token::Kind::sign &&
        !tokens_[open - 2].is(notation::cell) && !tokens_[open - 2].is(":"))
      return;
    std::string words;
    bool all_names = true, any_known = false;
    for (std::size_t i = open + 1; i + 1 < tokens_.size(); ++i) {
      const Token& token = tokens_[i];
      if (token.is(",")) continue;
      if (token.kind != Token::Kind::name) return;
      any_known = any_known || known_.is_name(token.text);
      all_names = all_names && known_.is_name(token.text);
      words += (words.empty() ? "" : " ") + token.text;
    }
    if (words.empty() || (any_known && !all_names)) return;
    const auto kind = kind_of_word(words);
    Token& name = tokens_[open - 1];
    const auto meaning = known_.vocabulary->meaning(name.text);
    if (all_names) {
      // E(w5), as a function of w5; x1(w5) is a product.
      if (!meaning || !meaning->is(Expr::Kind::symbol) ||
          known_.vocabulary->is_given(meaning->text()) || tokens_[open].span.begin > name.span.end)
        return;
    } else if (kind == Word::updated) {
      mark_updated(name);
    } else if (kind != Word::former) {
      qualifier_ = words;
    }
    tokens_.resize(open);
  }

  /// w(t+1), w(1) after the first step, w(2) after the second; w(t), w(0) before it.
  bool take_step(std::size_t open) {
    if (open + 2 >= tokens_.size() || open != 1) return false;
    const auto meaning = known_.vocabulary->meaning(tokens_[0].text + std::string(updated_mark));
    if (!meaning) return false;
    const Token& first = tokens_[open + 1];
    const std::size_t inside = tokens_.size() - open - 2;
    const bool letter = first.is_word("t") || first.is_word("n") || first.is_word("k");
    if (letter && (known_.is_name(first.text) || (inside != 1 && inside != 3))) return false;
    const bool number = first.kind == Token::Kind::number && inside == 1;
    const bool next =
        (letter && inside == 3 && tokens_[open + 2].is("+")) || (number && first.text == "1");
    const bool here = (letter && inside == 1) || (number && first.text == "0");
    const std::string later = tokens_[0].text + std::string(after_steps) + first.text;
    const bool trained = number && !next && !here && known_.vocabulary->meaning(later).has_value();
    if (!next && !here && !trained) return false;
    tokens_.resize(open);
    if (trained) tokens_[0].text = later;
    if (next) mark_updated(tokens_[0]);
    return true;
  }

  /// w5 neu = …
  void take_word_behind() {
    if (tokens_.size() < 2 || tokens_.back().kind != Token::Kind::name) return;
    const auto kind = kind_of_word(tokens_.back().text);
    if (known_.is_name(tokens_.back().text) || !is_known_name(tokens_.size() - 2)) return;
    if (kind != Word::updated && kind != Word::former) return;
    tokens_.pop_back();
    if (kind == Word::updated) mark_updated(tokens_.back());
  }

  /// The words directly before a name that stands alone.
  void take_words_before() {
    if (tokens_.size() < 2 || !is_known_name(tokens_.size() - 1)) return;
    const std::size_t name = tokens_.size() - 1;
    std::size_t first = name;
    while (first > 0 && is_word(first - 1, name)) --first;
    if (first == name) return;
    const std::size_t last = name - 1;
    const auto nearest = kind_of_word(tokens_[last].text);
    if (nearest == Word::updated) return take_words(first, name), mark_updated(tokens_.back());
    if (nearest == Word::gradient) return become_gradient(first, name);
    if (nearest == Word::change) return become_change(first, name);
    if (nearest != Word::relating) return take_error_name(first, name);
    for (std::size_t i = last + 1; i-- > first;) {
      const auto kind = kind_of_word(tokens_[i].text);
      if (kind == Word::gradient) return become_gradient(first, name);
      if (kind == Word::updated) return take_words(first, name), mark_updated(tokens_.back());
      if (kind == Word::value || kind == Word::former) return take_words(first, name);
      if (kind == Word::change) return become_change(first, name);
    }
    take_words(first, name);
  }

  /// A word, and no name of the problem but those of the error, as in "Total Error E".
  bool is_word(std::size_t at, std::size_t name) const {
    const Token& token = tokens_[at];
    if (token.kind != Token::Kind::name || tokens_[at + 1].span.begin == token.span.end ||
        token.text == "Delta" || token.text == "Δ")
      return false;
    if (kind_of_word(token.text) && !known_.vocabulary->quantity(token.text)) return true;
    // The derivative of E by w5.
    const auto related = [&](std::size_t i) {
      return tokens_[i].kind == Token::Kind::name &&
             kind_of_word(tokens_[i].text) == Word::relating;
    };
    const auto meaning = known_.vocabulary->meaning(token.text);
    if (at > 0 && related(at - 1) && related(at + 1) && meaning &&
        *meaning == Expr::symbol(known_.vocabulary->output()))
      return true;
    if (!looks_like_prose(token.text)) return false;
    if (!known_.is_name(token.text)) return true;
    const auto one = known_.vocabulary->meaning(token.text);
    const auto other = known_.vocabulary->meaning(tokens_[name].text);
    return one && other && *one == *other;
  }

  void take_words(std::size_t first, std::size_t name) {
    tokens_.erase(tokens_.begin() + static_cast<std::ptrdiff_t>(first),
                  tokens_.begin() + static_cast<std::ptrdiff_t>(name));
  }

  void become_gradient(std::size_t first, std::size_t name) {
    take_words(first, name);
    if (known_.vocabulary->quantity(tokens_.back().text))
      tokens_.back().text = "grad " + tokens_.back().text;
  }

  /// The error itself is no change of anything: "error E".
  void become_change(std::size_t first, std::size_t name) {
    const auto meaning = known_.vocabulary->meaning(tokens_[name].text);
    const bool is_error = meaning && meaning->is(Expr::Kind::symbol) &&
                          meaning->text() == known_.vocabulary->output();
    if (!is_error)
      for (std::size_t i = first; i < name; ++i)
        qualifier_ += (qualifier_.empty() ? "" : " ") + tokens_[i].text;
    take_words(first, name);
  }

  /// "Loss L" is one name twice, and no product.
  void take_error_name(std::size_t first, std::size_t name) {
    if (known_.is_name(tokens_[name - 1].text)) take_words(first, name);
  }

  std::vector<Token> tokens_;
  const KnownNames& known_;
  std::string qualifier_;
};

}  // namespace

Heading read_heading(std::vector<Token> tokens, const KnownNames& known) {
  return HeadingReader(std::move(tokens), known).run();
}

}  // namespace chalkgrad
