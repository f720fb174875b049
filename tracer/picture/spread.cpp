#include "tracer/picture/spread.hpp"

#include <cstddef>

namespace chalkgrad {

std::vector<double> spread(const std::vector<double>& wanted, const std::vector<double>& apart) {
  struct Pool {
    double sum;
    std::size_t count;
    double mean() const { return sum / static_cast<double>(count); }
  };
  std::vector<Pool> pools;
  double offset = 0;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (i > 0) offset += apart[i - 1];
    pools.push_back({wanted[i] - offset, 1});
    while (pools.size() > 1 && pools[pools.size() - 2].mean() > pools.back().mean()) {
      const Pool last = pools.back();
      pools.pop_back();
      pools.back().sum += last.sum;
      pools.back().count += last.count;
    }
  }
  std::vector<double> result;
  offset = 0;
  for (const Pool& pool : pools) {
    for (std::size_t k = 0; k < pool.count; ++k) {
      if (!result.empty()) offset += apart[result.size() - 1];
      result.push_back(pool.mean() + offset);
    }
  }
  return result;
}

}  // namespace chalkgrad
