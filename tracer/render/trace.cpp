#include "tracer/render/trace.hpp"

#include <array>

#include "tracer/expression/printer.hpp"
#include "tracer/render/latex.hpp"
#include "tracer/render/text.hpp"

namespace chalkgrad {

Trace::Trace(Value y, Value x, const SheetOptions& options) : options_(options) {
  if (&y.graph() != &x.graph()) throw GraphError("values of two graphs cannot be combined");
  const std::array outputs = {y.id(), x.id()};
  quantities_ = std::make_shared<const Quantities>(y.graph(), outputs);
  const std::array pairs = {
      std::pair{*quantities_->quantity_at(y.id()), *quantities_->quantity_at(x.id())}};
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
