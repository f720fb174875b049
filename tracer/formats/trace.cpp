#include "tracer/formats/trace.hpp"

#include <array>

#include "engine/expansion.hpp"
#include "tracer/expression/printer.hpp"
#include "tracer/formats/latex.hpp"
#include "tracer/formats/text.hpp"

namespace chalkgrad {

Trace::Trace(Value y, Value x, const SheetOptions& options) : options_(options) {
  if (y.tape() != x.tape()) refuse_mixture(y.tape(), x.tape());
  Expansion expansion = expand(y.graph());
  const std::array outputs = {expansion.places[y.id()], expansion.places[x.id()]};
  graph_ = std::move(expansion.graph);
  quantities_ = std::make_shared<const Quantities>(*graph_, outputs);
  const std::array pairs = {
      std::pair{*quantities_->quantity_at(outputs[0]), *quantities_->quantity_at(outputs[1])}};
  derivation_ = derive(*quantities_, pairs);
}

std::string Trace::formatted(Format format, Detail detail) const {
  SheetOptions options = options_;
  options.detail = detail;
  const Sheet sheet = make_derivation_sheet(*quantities_, derivation_, options);
  std::string text = format == Format::latex
                         ? render_latex(sheet, {.fragment = true})
                         : render_text(sheet, {.ascii = format == Format::ascii});
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

Trace trace(Value y, Value x, const SheetOptions& options) { return Trace(y, x, options); }

std::string to_text(const Expr& e) { return print(e, text_dialect()); }
std::string to_latex(const Expr& e) { return print(e, latex_dialect()); }

}  // namespace chalkgrad
