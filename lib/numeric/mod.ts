/** Numerical methods; knows no economics. */
export { type Anderson, anderson } from "./anderson.ts";
export { type DirichletSampler, dirichletSampler } from "./dirichlet.ts";
export { type Lu, lu, luSolve, luSolveTransposed, squareOrder } from "./lu.ts";
export { multiply } from "./multiply.ts";
export { leftMultiply, sparseFromDense, type SparseMatrix } from "./sparse.ts";
export { solveInPlace } from "./solve_in_place.ts";
export { columnSums, rowSums, total } from "./sums.ts";
