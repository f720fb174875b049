#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "tracer/picture/diagram.hpp"

/// In which column each node of a diagram stands, and in which order: the first two steps of a
/// layered drawing. (Sugiyama, Tagawa, Toda: Methods for visual understanding of hierarchical
/// system structures, 1981; Gansner and others: A technique for drawing directed graphs, 1993.)
/// Where in the plane that is, layout.hpp says.
namespace chalkgrad {

/// The column of each node, counted from 0: a node stands to the right of all that leads to it; one
/// that nothing leads to stands directly before its first user. An attached node is in the column
/// of its user. Linear.
[[nodiscard]] std::vector<std::size_t> columns_of(const Diagram& diagram);

/// For each column its items, from top to bottom.
using Columns = std::vector<std::vector<std::size_t>>;
/// Pairs of items, each leading from one column to the next.
using Links = std::vector<std::pair<std::size_t, std::size_t>>;

/// How many pairs of links cross.
[[nodiscard]] std::size_t count_crossings(const Columns& columns, const Links& links);

/// Reorders the items within their columns so that fewer links cross. An order without fewer
/// crossings is never taken, so what need not move stays where it was. Quadratic in the links.
[[nodiscard]] Columns with_few_crossings(Columns columns, const Links& links);

}  // namespace chalkgrad
