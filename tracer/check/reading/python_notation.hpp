#pragma once

#include <optional>
#include <string_view>

#include "tracer/check/reading/traced_text.hpp"

/// What is particular to Python, NumPy, PyTorch and micrograd: methods that give the value of
/// something, types around a printed value, indices that are counted from 0.
namespace chalkgrad {

/// Whether the line gives a name a value; a comparison does not, nor an argument with a name.
[[nodiscard]] bool has_assignment(std::string_view code);

/// Whether all of it is a call that begins so, print(x), and not print(x) + print(y).
[[nodiscard]] bool is_call_of(std::string_view code, std::string_view call);

/// Where # begins a comment; the length of the code if there is none.
[[nodiscard]] std::size_t begin_of_comment(std::string_view code);

/// A loop or a definition has no value; what it prints speaks for itself.
[[nodiscard]] bool is_compound(std::string_view code);

/// w.data - 0.1*w.grad without the methods that say how the value is wanted; W[0,1] counted from 1.
[[nodiscard]] TracedText python_code(const TracedText& code);

/// loss.item(), round(x, 4), h.detach().numpy(): the name alone, whose value is asked for.
[[nodiscard]] TracedText without_methods(TracedText code);

/// tensor(0.1142, grad_fn=<AddBackward0>) is 0.1142; np.float64(0.5) is 0.5.
[[nodiscard]] TracedText without_type(const TracedText& value);

/// The argument of Value(data=-10.0, grad=0.0) with that name.
[[nodiscard]] std::optional<TracedText> named_argument(const TracedText& value,
                                                       std::string_view name);

}  // namespace chalkgrad
