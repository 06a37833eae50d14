/** Numerical methods; knows no economics. */
export {
  type Cholesky,
  cholesky,
  choleskyInverse,
  choleskySolve,
  DEPENDENT_PIVOT,
} from "./cholesky.ts";
export { type Anderson, anderson } from "./anderson.ts";
export { type DirichletSampler, dirichletSampler } from "./dirichlet.ts";
export { type Lu, lu, luSolve, luSolveTransposed, squareOrder } from "./lu.ts";
export { minimise, type MinimiseOptions, type Minimum } from "./minimise.ts";
export { multiply } from "./multiply.ts";
export { type RandomStream, randomStream } from "./random_stream.ts";
export { leftMultiply, sparseFromDense, type SparseMatrix } from "./sparse.ts";
export { type Sobol, SOBOL_DIMENSIONS, sobolSequence } from "./sobol.ts";
export { solveInPlace } from "./solve_in_place.ts";
export { columnSums, rowSums, total } from "./sums.ts";
export { type SymmetricEigen, symmetricEigen, symmetricFunction } from "./symmetric_eigen.ts";
export {
  chisquarePvalue,
  chisquareQuantile,
  fPvalue,
  logGamma,
  noncentralChisquareCdf,
  noncentralChisquareQuantile,
  normalProbability,
  normalQuantile,
  studentPvalue,
  studentQuantile,
} from "./distributions.ts";
