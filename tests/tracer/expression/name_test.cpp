#include "tracer/expression/name.hpp"

#include <gtest/gtest.h>

#include "tracer/expression/dialect.hpp"

namespace chalkgrad {
namespace {

TEST(Name, IsTypesetByItsParts) {
  struct Case {
    const char *name, *latex;
  };
  for (const auto& [name, latex] : {
           Case{"w", "w"},
           Case{"w5", "w_{5}"},
           Case{"w_5", "w_{5}"},
           Case{"net_h1", "\\mathrm{net}_{h1}"},
           Case{"E_total", "E_{\\mathrm{total}}"},
           Case{"E_o1", "E_{o1}"},
           Case{"Loss", "\\mathrm{Loss}"},
           Case{"eta", "\\eta"},
           Case{"η", "\\eta"},
           Case{"delta_o1", "\\delta_{o1}"},
           Case{"metal", "\\mathrm{metal}"},
           Case{"beta_hat", "\\hat{\\beta}"},
           Case{"y_hat_1", "\\hat{y}_{1}"},
           Case{"y_hat2", "\\hat{y}_{2}"},
           Case{"ŷ", "\\hat{y}"},
           Case{"ŷ_o1", "\\hat{y}_{o1}"},
           Case{"m̂_w", "\\hat{m}_{w}"},
           Case{"x_bar", "\\bar{x}"},
           Case{"x̃", "\\tilde{x}"},
           Case{"w_hatch", "w_{\\mathrm{hatch}}"},
           Case{"w_alpha", "w_{\\alpha}"},
           Case{"a_b_c", "a_{b,c}"},
           Case{"w12", "w_{12}"},
           Case{"out_o1_t2", "\\mathrm{out}_{o1,t2}"},
           Case{"_x", "\\mathrm{\\_x}"},
           Case{"x_", "\\mathrm{x\\_}"},
           Case{"_", "\\mathrm{\\_}"},
           Case{"größe", "\\text{größe}"},
           // From C++ a name may be anything; it cannot become a command.
           Case{"x^2}$", "\\mathrm{x\\text{[94]}2\\}\\$}"},
           Case{"\\input{x}%", "\\mathrm{\\text{[92]}input\\{x\\}\\%}"},
           Case{"&", "\\mathrm{\\&}"},
           Case{"Ωmega_é", "\\text{$\\Omega$mega}_{\\text{é}}"},
           Case{"w5⁺", "w_{5}^{+}"},
           Case{"E_total⁺", "E_{\\mathrm{total}}^{+}"},
           Case{"Delta", "\\Delta"},
           Case{"Α", "\\mathrm{A}"},
       })
    EXPECT_EQ(latex_dialect().symbol(name), latex) << name;
}

TEST(Name, AsciiSpellsGreekOut) {
  EXPECT_EQ(ascii_dialect().symbol("η"), "eta");
  EXPECT_EQ(ascii_dialect().symbol("Δ_1"), "Delta_1");
  EXPECT_EQ(ascii_dialect().symbol("größe"), "grosse");
  EXPECT_EQ(ascii_dialect().symbol("Łódź"), "Lodz");
  EXPECT_EQ(ascii_dialect().symbol("水⁺"), "?+");
  EXPECT_EQ(text_dialect().symbol("beta_1"), "beta_1");
}

TEST(Name, Characters) {
  for (const char32_t letter : {U'a', U'Z', U'_', U'é', U'Ω', U'η'})
    EXPECT_TRUE(is_name_start(letter));
  for (const char32_t sign : {U'1', U'+', U'×', U'÷', U'水', U'∂', U'ħ', U'ή'})
    EXPECT_FALSE(is_name_start(sign));
  EXPECT_TRUE(is_name_part(U'1'));
}

}  // namespace
}  // namespace chalkgrad
